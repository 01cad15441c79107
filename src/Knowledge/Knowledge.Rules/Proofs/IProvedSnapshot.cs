namespace Knowledge.Rules;

/// <summary>A snapshot of a source that infers: it can tell why its triples hold, so that proofs of a graph that lies on that source go on in it.</summary>
internal interface IProvedSnapshot : IQuadSnapshot
{
    /// <summary>Why triples hold.</summary>
    /// <remarks>Cost: a search for each fact of the proofs; in a version that the source has left, everything is inferred once more.</remarks>
    /// <param name="triples">Triples of the default graph, those that answers leave out among them.</param>
    /// <returns>Their proofs, in the same order, which share what they have in common; null for one that does not hold.</returns>
    /// <exception cref="InvalidOperationException">No derivations are kept: <see cref="ForwardOptions.KeepDerivations"/> is off.</exception>
    IReadOnlyList<Proof?> Explain(IReadOnlyList<TripleIds> triples);
}
