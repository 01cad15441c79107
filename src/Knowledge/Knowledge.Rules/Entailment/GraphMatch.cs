namespace Knowledge.Rules;

/// <summary>Finds what the blank nodes of a graph can stand for in a snapshot, so that each of its triples is there.</summary>
/// <remarks>Source: RDF 1.1 Semantics, section 5.3 (interpolation): simple entailment is finding an instance that is a subgraph. The triple with the fewest open ends is looked for first.</remarks>
internal sealed class GraphMatch : IDisposable
{
    private readonly IQuadSnapshot _snapshot;
    private readonly SnapshotTriples _triples;
    private readonly TermView _terms;

    /// <summary>Over a snapshot, which is disposed with this.</summary>
    public GraphMatch(IQuadSnapshot snapshot)
    {
        _snapshot = snapshot;
        _triples = new SnapshotTriples(snapshot);
        _terms = new TermView(snapshot.Terms, new DerivedTerms());
    }

    /// <summary>All ways in which a graph is there.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>What its blank nodes stand for, one table for each way.</returns>
    public IEnumerable<IReadOnlyDictionary<BlankNode, Term>> Find(IReadOnlyList<Triple> graph) => Find(graph, []);

    /// <inheritdoc/>
    public void Dispose() => _snapshot.Dispose();

    private IEnumerable<Dictionary<BlankNode, Term>> Find(IReadOnlyList<Triple> open, Dictionary<BlankNode, Term> taken)
    {
        if (open.Count == 0)
        {
            yield return taken;
            yield break;
        }

        var next = open.MinBy(t => Width(t, taken));
        var rest = open.Where(t => t != next).ToList();
        TermId At(Term term) => term is BlankNode node && !taken.ContainsKey(node) ? TermId.None : _terms.Id(term is BlankNode known ? taken[known] : term);
        foreach (var found in _triples.Match(new TripleIds(At(next.Subject), At(next.Predicate), At(next.Object))))
        {
            var now = new Dictionary<BlankNode, Term>(taken);
            if (!Take(next.Subject, found.Subject, now) || !Take(next.Predicate, found.Predicate, now) || !Take(next.Object, found.Object, now))
                continue;
            foreach (var way in Find(rest, now))
                yield return way;
        }
    }

    private static int Width(Triple triple, Dictionary<BlankNode, Term> taken) =>
        (triple.Subject is BlankNode s && !taken.ContainsKey(s) ? 2 : 0) + (triple.Object is BlankNode o && !taken.ContainsKey(o) ? 1 : 0);

    private bool Take(Term pattern, TermId found, Dictionary<BlankNode, Term> taken)
    {
        if (pattern is not BlankNode node)
            return true;
        var term = _terms.Term(found);
        return taken.TryGetValue(node, out var known) ? known == term : taken.TryAdd(node, term);
    }
}
