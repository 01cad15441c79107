using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>Which data is validated, and what that may take.</summary>
public sealed record ValidationOptions
{
    /// <summary>The graph that is validated.</summary>
    /// <value>Null, the default: the default graph.</value>
    public Iri? DataGraph { get; init; }

    /// <summary>Graph in which the source itself holds the shapes, for SPARQL constraints that use <c>$shapesGraph</c>.</summary>
    /// <value>Null, the default: it holds none, and such constraints have no value for the variable.</value>
    public Iri? ShapesGraph { get; init; }

    /// <summary>Results after which the validation ends with an error, and at least one.</summary>
    /// <value>The default is 1,000,000.</value>
    public int MaxResults { get; init; } = 1_000_000;

    /// <summary>How deep shapes may refer to shapes, through the data and back: shapes that refer to themselves have no defined meaning in SHACL.</summary>
    /// <value>The default is 64.</value>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Longest time of one SPARQL constraint on one node.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan MaxQueryTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends the validation.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>A validation reached one of its limits; there is no report.</summary>
public sealed class ValidationLimitException : Exception
{
    /// <summary>A limit that was reached.</summary>
    /// <param name="limit">Name of the limit, a member of <see cref="ValidationOptions"/>.</param>
    /// <param name="message">What it was, and where.</param>
    public ValidationLimitException(string limit, string message)
        : base(message) => Limit = limit;

    /// <summary>Name of the limit.</summary>
    public string Limit { get; }
}
