namespace Backends.Serving.Engine;

/// <summary>Limits of a <see cref="GenerationEngine"/>; copied when the engine is created.</summary>
public sealed class EngineOptions
{
    /// <summary>Requests that may wait; one more gets an <see cref="EngineBusyException"/>. At least 1.</summary>
    /// <value>The default is 256.</value>
    public int MaxQueuedRequests { get; set; } = 256;

    /// <summary>Sequences that are decoded together. At least 1.</summary>
    /// <value>The default is 16.</value>
    public int MaxActiveSequences { get; set; } = 16;

    /// <summary>Finished sequences whose cache is kept, so that a prompt that begins with one continues from it; 0 keeps none.</summary>
    /// <value>The default is 4.</value>
    public int MaxKeptSequences { get; set; } = 4;

    internal EngineOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedRequests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxActiveSequences, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxKeptSequences);
        return (EngineOptions)MemberwiseClone();
    }
}
