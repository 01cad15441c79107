using Microsoft.CodeAnalysis;

namespace Hub.Analyzers;

/// <summary>The rules for code that is run again on resume. Identifiers are never reused.</summary>
internal static class RunDiagnostics
{
    private const string Help = "docs/diagnostics.md";

    /// <summary>HUB001: a clock.</summary>
    public static readonly DiagnosticDescriptor Clock = Past("HUB001", "Clock read past the run",
        "'{0}' gives another time when the run is resumed; use run.Now, the time of the last logged effect");

    /// <summary>HUB002: chance.</summary>
    public static readonly DiagnosticDescriptor Chance = Past("HUB002", "Chance drawn past the run",
        "'{0}' draws something else when the run is resumed; use run.Random, which is seeded by the run");

    /// <summary>HUB003: files.</summary>
    public static readonly DiagnosticDescriptor Files = Past("HUB003", "Files touched past the run",
        "'{0}' touches files again when the run is resumed; do it inside run.OnceAsync or in a tool");

    /// <summary>HUB004: the network.</summary>
    public static readonly DiagnosticDescriptor Network = Past("HUB004", "Network used past the run",
        "'{0}' is sent again when the run is resumed; do it inside run.OnceAsync, in a tool or through run.Model");

    /// <summary>HUB005: waiting.</summary>
    public static readonly DiagnosticDescriptor Waiting = Past("HUB005", "Waiting past the run",
        "'{0}' waits again from the start when the run is resumed; use run.DelayAsync");

    /// <summary>HUB006: work side by side.</summary>
    public static readonly DiagnosticDescriptor SideBySide = Past("HUB006", "Side-by-side work past the run",
        "'{0}' leaves the order of effects to chance; use run.AllAsync or run.AnyAsync, or run.OnceAsync for long local work");

    /// <summary>HUB007: the process environment.</summary>
    public static readonly DiagnosticDescriptor Environment = Past("HUB007", "Process environment read past the run",
        "'{0}' may differ where the run is resumed; take it as an option of the reasoner or from run.Header");

    /// <summary>HUB008: hash order.</summary>
    public static readonly DiagnosticDescriptor HashOrder = Past("HUB008", "Enumeration in hash order",
        "'{0}' is enumerated in hash order, which may differ when the run is resumed; sort it (OrderBy, SortedDictionary, SortedSet) or keep a list");

    private static DiagnosticDescriptor Past(string id, string title, string message)
        => new(id, title, message, "Replay", DiagnosticSeverity.Warning, isEnabledByDefault: true,
            description: "A resumed run executes its code again and takes finished effects from its log, so code between effects must be repeatable.",
            helpLinkUri: Help);
}
