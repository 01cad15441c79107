using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>What a query asks for.</summary>
public enum QueryForm
{
    /// <summary>Solutions.</summary>
    Select,

    /// <summary>Whether there is a solution.</summary>
    Ask,

    /// <summary>Triples made from solutions.</summary>
    Construct,

    /// <summary>Triples about resources.</summary>
    Describe,
}

/// <summary>A query as it was written.</summary>
internal sealed record QuerySyntax
{
    /// <summary>What it asks for.</summary>
    public required QueryForm Form { get; init; }

    /// <summary>WHERE, solution modifiers, and what a SELECT selects.</summary>
    public required SelectClause Select { get; init; }

    /// <summary>Template of CONSTRUCT.</summary>
    public IReadOnlyList<TriplePattern> Template { get; init; } = [];

    /// <summary>Resources of DESCRIBE; null for <c>*</c>.</summary>
    public IReadOnlyList<PatternTerm>? Described { get; init; }

    /// <summary>Graphs that together are the default graph; empty where the query names none.</summary>
    public IReadOnlyList<Iri> From { get; init; } = [];

    /// <summary>Graphs that GRAPH sees; empty where the query names none.</summary>
    public IReadOnlyList<Iri> FromNamed { get; init; } = [];

    /// <summary>Base IRI after the prologue; null where there is none.</summary>
    public string? BaseIri { get; init; }

    /// <summary>The prologue as text, for queries sent elsewhere.</summary>
    public string Prologue { get; init; } = "";
}

/// <summary>One operation of an update request.</summary>
internal abstract record UpdateOperation;

/// <summary>A pattern of quads.</summary>
/// <param name="Graph">Graph that GRAPH names, or null.</param>
/// <param name="Triple">The triple.</param>
internal sealed record QuadPattern(PatternTerm? Graph, TriplePattern Triple);

/// <summary>INSERT DATA and DELETE DATA.</summary>
internal sealed record DataOperation(IReadOnlyList<QuadPattern> Quads, bool IsDeletion) : UpdateOperation;

/// <summary>DELETE and INSERT with WHERE.</summary>
internal sealed record ModifyOperation(IReadOnlyList<QuadPattern> Delete, IReadOnlyList<QuadPattern> Insert, GroupPattern Where) : UpdateOperation
{
    /// <summary>WITH, or null.</summary>
    public Iri? With { get; init; }

    /// <summary>Graphs that are the default graph of WHERE; empty where none are named.</summary>
    public IReadOnlyList<Iri> Using { get; init; } = [];

    /// <summary>Graphs that GRAPH sees within WHERE; empty where none are named.</summary>
    public IReadOnlyList<Iri> UsingNamed { get; init; } = [];
}

/// <summary>Fetches a document and adds its triples.</summary>
internal sealed record LoadOperation(Iri Source, Iri? Into, bool IsSilent) : UpdateOperation;

/// <summary>Which graphs an operation means.</summary>
internal enum GraphTarget
{
    Default,
    One,
    Named,
    All,
}

/// <summary>CLEAR and DROP.</summary>
internal sealed record ClearOperation(GraphTarget Target, Iri? Graph, bool IsSilent) : UpdateOperation;

/// <summary>Makes an empty graph, which a store without empty graphs only checks for.</summary>
internal sealed record CreateOperation(Iri Graph, bool IsSilent) : UpdateOperation;

/// <summary>ADD, MOVE and COPY; null is the default graph.</summary>
internal sealed record TransferOperation(string Verb, Iri? From, Iri? To, bool IsSilent) : UpdateOperation;
