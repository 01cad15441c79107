using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Proofs as one graph finds them, step by step: they end at what is given to that graph, and become whole with the proofs of the snapshot that gave it.</summary>
/// <remarks>Ids mean the same in a graph and in the graphs that lie on it, so a step is known by its triple.</remarks>
/// <param name="triple">Terms of a triple's ids.</param>
internal sealed class ProofSteps(Func<TripleIds, Triple> triple)
{
    private readonly List<(TripleIds Conclusion, Rule Rule, ImmutableSortedDictionary<string, Term> Bindings, IReadOnlyList<TripleIds> Premises)> _steps = [];
    private readonly List<TripleIds> _given = [];
    private readonly HashSet<TripleIds> _known = [];

    /// <summary>Whether there is a step for a triple.</summary>
    public bool Contains(TripleIds conclusion) => _known.Contains(conclusion);

    /// <summary>Adds a triple that is given to the graph.</summary>
    public void AddGiven(TripleIds conclusion)
    {
        if (_known.Add(conclusion))
            _given.Add(conclusion);
    }

    /// <summary>Adds what a rule concludes; its premises must be there.</summary>
    public void Add(TripleIds conclusion, Rule rule, ImmutableSortedDictionary<string, Term> bindings, IReadOnlyList<TripleIds> premises)
    {
        if (_known.Add(conclusion))
            _steps.Add((conclusion, rule, bindings, premises));
    }

    /// <summary>The proofs of some triples; null for one that has no step.</summary>
    /// <param name="triples">The triples.</param>
    /// <param name="source">The snapshot that the graph infers from; its proofs are asked for all at once, so that they share what they have in common.</param>
    public IReadOnlyList<Proof?> Proofs(IReadOnlyList<TripleIds> triples, IQuadSnapshot source)
    {
        var below = _given.Count > 0 && source is IProvedSnapshot proved ? proved.Explain(_given) : null;
        var proofs = new Dictionary<TripleIds, Proof>(_known.Count);
        for (var i = 0; i < _given.Count; i++)
            proofs[_given[i]] = below is null
                ? Proof.Given(triple(_given[i]))
                : below[i] ?? throw new InvalidOperationException($"No rule below concludes {triple(_given[i])}, which is given from there.");
        foreach (var (conclusion, rule, bindings, premises) in _steps)
            proofs[conclusion] = new Proof(triple(conclusion), rule, bindings, [.. premises.Select(p => proofs[p])]);
        return [.. triples.Select(proofs.GetValueOrDefault)];
    }
}
