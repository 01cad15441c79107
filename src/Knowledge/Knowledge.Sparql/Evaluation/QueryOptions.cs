using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Limits, times and surroundings of one evaluation.</summary>
public sealed record QueryOptions
{
    /// <summary>The options that hold where none are given.</summary>
    public static QueryOptions Default { get; } = new();

    /// <summary>Longest time that an evaluation takes, its results' reading included.</summary>
    /// <value>The default is no limit.</value>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>Most solutions or triples in the result.</summary>
    /// <value>The default is no limit.</value>
    public long? MaxRows { get; init; }

    /// <summary>Most bytes that the tables of joins, groups, orders and distinct solutions take together.</summary>
    /// <value>The default is 4 GiB.</value>
    public long MaxMemoryBytes { get; init; } = 1L << 32;

    /// <summary>Which times are asked about.</summary>
    /// <value>The default is what is held now about now.</value>
    public AsOf AsOf { get; init; }

    /// <summary>Graphs that together are the default graph, in place of what the query says.</summary>
    /// <value>The default is none: the query decides.</value>
    public IReadOnlyList<Iri>? DefaultGraphs { get; init; }

    /// <summary>Graphs that GRAPH sees, in place of what the query says.</summary>
    /// <value>The default is none: the query decides.</value>
    public IReadOnlyList<Iri>? NamedGraphs { get; init; }

    /// <summary>Who answers SERVICE.</summary>
    /// <value>The default refuses.</value>
    public IFederation Federation { get; init; } = NoFederation.Instance;

    /// <summary>Functions named by IRIs, beside the casts of XML Schema. Null is an error value, as an argument and as a result.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, Func<IReadOnlyList<Term?>, Term?>> Functions { get; init; } = new Dictionary<string, Func<IReadOnlyList<Term?>, Term?>>();

    /// <summary>Predicates whose triples are computed, such as a <see cref="TextIndex"/> and a <see cref="VectorIndex"/>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<IPropertyFunction> PropertyFunctions { get; init; } = [];

    /// <summary>How cyclic patterns are joined; tests and benchmarks compare the ways.</summary>
    internal CyclicJoins Joins { get; init; }

    /// <summary>The clock of NOW and of <see cref="MaxTime"/>.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seed of RAND, UUID, STRUUID and BNODE; null takes one from the system.</summary>
    /// <value>The default is null.</value>
    public int? Seed { get; init; }

    /// <summary>Ends the evaluation.</summary>
    /// <value>The default never does.</value>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Limits of an evaluation.</summary>
public enum QueryLimit
{
    /// <summary><see cref="QueryOptions.MaxTime"/>.</summary>
    Time,

    /// <summary><see cref="QueryOptions.MaxRows"/>.</summary>
    Rows,

    /// <summary><see cref="QueryOptions.MaxMemoryBytes"/>.</summary>
    Memory,
}

/// <summary>An evaluation reached one of its limits; there is no result.</summary>
public sealed class QueryLimitException : Exception
{
    /// <summary>A limit was reached.</summary>
    /// <param name="limit">Which.</param>
    /// <param name="message">What it was, and which option says so.</param>
    public QueryLimitException(QueryLimit limit, string message)
        : base(message) => Limit = limit;

    /// <summary>Which limit it was.</summary>
    public QueryLimit Limit { get; }
}

/// <summary>Answers SERVICE. Who implements it decides which addresses may be asked.</summary>
public interface IFederation
{
    /// <summary>Sends a query elsewhere.</summary>
    /// <param name="endpoint">IRI of the endpoint.</param>
    /// <param name="query">A SELECT query.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FederationException">The endpoint may not be asked, or gave no answer.</exception>
    SolutionTable Select(string endpoint, string query, CancellationToken cancellationToken);
}

/// <summary>An endpoint named by SERVICE could not be asked.</summary>
public sealed class FederationException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="endpoint">Who was to be asked.</param>
    /// <param name="problem">Why not; one sentence.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public FederationException(string endpoint, string problem, Exception? inner = null)
        : base($"SERVICE <{endpoint}>: {problem}", inner) => Endpoint = endpoint;

    /// <summary>Who was to be asked.</summary>
    public string Endpoint { get; }
}

/// <summary>Refuses every SERVICE.</summary>
internal sealed class NoFederation : IFederation
{
    public static NoFederation Instance { get; } = new();

    public SolutionTable Select(string endpoint, string query, CancellationToken cancellationToken) =>
        throw new FederationException(endpoint, $"no endpoint may be asked; give {nameof(QueryOptions)}.{nameof(QueryOptions.Federation)} to allow some.");
}
