namespace Knowledge.Sparql;

/// <summary>What a parser takes from outside a text, and how much text it takes.</summary>
public sealed record SparqlSyntaxOptions
{
    /// <summary>Absolute IRI against which relative ones are resolved until BASE says otherwise.</summary>
    /// <value>The default is none: relative IRIs are errors.</value>
    public string? BaseIri { get; init; }

    /// <summary>Prefixes that need no declaration, without their colons.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, string> Prefixes { get; init; } = new Dictionary<string, string>();

    /// <summary>Longest text, in characters.</summary>
    /// <value>The default is 16,777,216.</value>
    public int MaxLength { get; init; } = 1 << 24;

    /// <summary>How deep groups, lists, paths, triple terms and expressions may stand inside each other.</summary>
    /// <value>The default is 200.</value>
    public int MaxDepth { get; init; } = 200;

    /// <summary>Most elements other than triples in a group, and most operands in a chain of operators.</summary>
    /// <value>The default is 1,000.</value>
    public int MaxElements { get; init; } = 1000;
}
