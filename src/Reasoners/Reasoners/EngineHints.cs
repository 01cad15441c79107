namespace Reasoners;

/// <summary>Keys under which a reasoner tells an engine of ours what it is about to parse, in <c>ChatOptions.AdditionalProperties</c>.</summary>
/// <remarks>An engine that does not know a key ignores it; nothing here changes what a reasoner accepts.</remarks>
public static class EngineHints
{
    /// <summary>
    /// The tools that the reply may name, an <c>IReadOnlyList&lt;AIFunctionDeclaration&gt;</c>: a decoder may then rule out
    /// tool and argument names that are not listed.
    /// </summary>
    public const string ActionTools = "hub.action_tools";
}
