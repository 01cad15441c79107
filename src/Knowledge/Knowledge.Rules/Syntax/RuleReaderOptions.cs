namespace Knowledge.Rules;

/// <summary>A text of rules.</summary>
/// <param name="Text">The text.</param>
/// <param name="Source">File or name, for messages; null where it has none.</param>
public sealed record RuleDocument(string Text, string? Source);

/// <summary>How rules are read.</summary>
public sealed record RuleReaderOptions
{
    /// <summary>File or name of the text, for messages.</summary>
    /// <value>The default is null.</value>
    public string? Source { get; init; }

    /// <summary>Prefixes that a file need not declare, as those of a store.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, string>? Prefixes { get; init; }

    /// <summary>Finds what <c>@include &lt;NAME&gt;</c> names: a name as <c>RDFS</c>, or an IRI. It answers null for what it does not know.</summary>
    /// <value>The default knows the rule sets that come with this library: those of <see cref="RuleSet.Named"/>.</value>
    public Func<string, RuleDocument?>? Include { get; init; } = NamedRuleSets.Document;

    /// <summary>How deep included texts may include others.</summary>
    /// <value>The default is 16.</value>
    public int MaxIncludeDepth { get; init; } = 16;

    /// <summary>How deep rules, functors and groups may stand inside each other.</summary>
    /// <value>The default is 32.</value>
    public int MaxDepth { get; init; } = 32;
}
