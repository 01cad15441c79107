namespace Backends.Serving.Constraints;

/// <summary>Everything the mask remembers of a reply; a value, so that a token can be tried without harm.</summary>
/// <remarks>Texts are UTF-8 bytes, one per character, because tokens may end inside a character.</remarks>
internal readonly record struct MaskState
{
    public MaskState()
    {
    }

    public MaskMode Mode { get; init; } = MaskMode.Free;

    /// <summary>The name or key so far; in free text the end of the text that may begin <c>"tool":</c> or <c>"tool_input":</c>.</summary>
    public string Tail { get; init; } = "";

    /// <summary>The line so far while it may still become <c>Action:</c>, null when it cannot.</summary>
    public string? Line { get; init; } = "";

    /// <summary>Index of the tool that was named last; -1 for none.</summary>
    public int Tool { get; init; } = -1;

    /// <summary>Keys used in this input, by index; arguments beyond the 64th are not counted.</summary>
    public ulong UsedKeys { get; init; }

    /// <summary>Open braces and brackets inside the value.</summary>
    public int Depth { get; init; }

    public bool IsInString { get; init; }

    public bool IsEscaped { get; init; }

    /// <summary>White space in a row where only white space and fixed texts may stand.</summary>
    public int Spaces { get; init; }

    /// <summary>True for the input of a native call, which nothing may follow.</summary>
    public bool IsCall { get; init; }

    /// <summary>True once an action was named: what follows is no plan.</summary>
    public bool HasAction { get; init; }
}
