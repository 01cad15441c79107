namespace Knowledge.Rdf;

/// <summary>A triple of terms.</summary>
/// <param name="Subject">An IRI or a blank node.</param>
/// <param name="Predicate">An IRI.</param>
/// <param name="Object">Any term.</param>
public readonly record struct Triple(Term Subject, Term Predicate, Term Object)
{
    /// <summary>The triple as a line of N-Triples without its end.</summary>
    public override string ToString() => $"{Subject} {Predicate} {Object} .";
}

/// <summary>A triple in a graph.</summary>
/// <param name="Subject">An IRI or a blank node.</param>
/// <param name="Predicate">An IRI.</param>
/// <param name="Object">Any term.</param>
/// <param name="Graph">Name of the graph, an IRI or a blank node; null for the default graph.</param>
public readonly record struct Quad(Term Subject, Term Predicate, Term Object, Term? Graph = null)
{
    /// <summary>The quad as a line of N-Quads without its end.</summary>
    public override string ToString() => Graph is null ? $"{Subject} {Predicate} {Object} ." : $"{Subject} {Predicate} {Object} {Graph} .";
}
