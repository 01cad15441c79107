namespace Backends.Serving.Chat;

/// <summary>Keys of <c>ChatOptions.AdditionalProperties</c> that the engine reads.</summary>
public static class EngineOptionKeys
{
    /// <summary>
    /// Tools that an agent calls in its text: an <c>IReadOnlyList&lt;AIFunctionDeclaration&gt;</c>; their names and argument names are the only ones
    /// it can write.
    /// </summary>
    public const string ActionTools = "hub.action_tools";

    /// <summary>Minimal probability relative to the likeliest token, a number from 0 to 1.</summary>
    public const string MinP = "min_p";
}
