namespace Backends.Serving.Engine;

/// <summary>Something that waits for the engine's thread.</summary>
internal interface IEngineWork
{
    /// <summary>Tells whoever waits that it came to nothing.</summary>
    void Fail(Exception error);
}
