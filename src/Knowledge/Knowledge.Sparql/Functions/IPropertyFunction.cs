using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A predicate whose triples are computed: <c>(?literal ?score) text:search ("oslo" 10)</c>. The list on the right is what it is asked with, the list on the left what it gives.</summary>
/// <remarks>It takes part in the order of joins like a triple pattern: it is asked once what it needs is bound, and what it gives is joined with the rest.</remarks>
public interface IPropertyFunction
{
    /// <summary>The predicate.</summary>
    string Iri { get; }

    /// <summary>How many terms each answer has at most; patterns may leave out the last ones.</summary>
    int Width { get; }

    /// <summary>Answers expected of one call, for the order of joins.</summary>
    double ExpectedRows { get; }

    /// <summary>Computes the answers.</summary>
    /// <param name="call">What is asked.</param>
    /// <returns>Answers of <see cref="Width"/> terms each.</returns>
    /// <exception cref="PropertyFunctionException">The arguments are not what the function needs.</exception>
    IEnumerable<Term[]> Evaluate(PropertyFunctionCall call);
}

/// <summary>One question to a property function.</summary>
/// <param name="Arguments">Terms on the right of the predicate.</param>
/// <param name="Snapshot">The quads that the query sees.</param>
/// <param name="IsNow">Whether the snapshot is of what holds now, not of what held at another time.</param>
/// <param name="CancellationToken">Ends the work.</param>
public sealed record PropertyFunctionCall(IReadOnlyList<Term> Arguments, IQuadSnapshot Snapshot, bool IsNow, CancellationToken CancellationToken);

/// <summary>A property function was called with what it does not take.</summary>
public sealed class PropertyFunctionException : Exception
{
    /// <summary>A wrong call.</summary>
    /// <param name="function">IRI of the function.</param>
    /// <param name="problem">What was found and what is needed.</param>
    public PropertyFunctionException(string function, string problem)
        : base($"<{function}>: {problem}") => Function = function;

    /// <summary>IRI of the function.</summary>
    public string Function { get; }
}
