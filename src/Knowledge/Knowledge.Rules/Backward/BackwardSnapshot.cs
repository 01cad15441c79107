namespace Knowledge.Rules;

/// <summary>A snapshot whose default graph holds, beside what is given, all that rules prove when it is asked for. Named graphs are as they were given.</summary>
/// <param name="evaluation">The given quads and what the rules prove on them.</param>
/// <param name="lease">Disposed with this.</param>
internal sealed class BackwardSnapshot(BackwardEvaluation evaluation, IDisposable lease) : IProvedSnapshot
{
    private readonly Lazy<IReadOnlyList<PredicateCounts>> _predicates = new(() => [.. evaluation.Find(default).GroupBy(t => t.Predicate)
        .Select(g => new PredicateCounts(g.Key, g.LongCount(), g.Select(t => t.Subject).Distinct().LongCount(), g.Select(t => t.Object).Distinct().LongCount())).OrderBy(c => c.Predicate)]);

    /// <summary>What the rules prove.</summary>
    public BackwardEvaluation Evaluation => evaluation;

    /// <inheritdoc/>
    public long Version => evaluation.Version;

    /// <inheritdoc/>
    public ITermDictionary Terms => evaluation.Terms;

    /// <inheritdoc/>
    public IReadOnlyList<TermId> Graphs => evaluation.Given.Graphs;

    /// <inheritdoc/>
    public IReadOnlyList<PredicateCounts> Predicates(TermId graph) => graph.IsNone ? _predicates.Value : evaluation.Given.Predicates(graph);

    /// <inheritdoc/>
    public long Count(QuadIds pattern) => pattern.Graph.IsNone ? evaluation.Find(new TripleIds(pattern.Subject, pattern.Predicate, pattern.Object)).Count : evaluation.Given.Count(pattern);

    /// <inheritdoc/>
    public bool Contains(QuadIds quad) => quad.Graph.IsNone ? evaluation.Find(new TripleIds(quad.Subject, quad.Predicate, quad.Object)).Count > 0 : evaluation.Given.Contains(quad);

    /// <inheritdoc/>
    public IPairCursor Pairs(TermId graph, TermId predicate, PairOrder order, TermId first = default)
    {
        if (!graph.IsNone)
            return evaluation.Given.Pairs(graph, predicate, order, first);
        var isByObject = order == PairOrder.ObjectSubject;
        var found = evaluation.Find(new TripleIds(isByObject ? TermId.None : first, predicate, isByObject ? first : TermId.None));
        var pairs = new ulong[found.Count];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = isByObject ? PackedPair.Of(found[i].Object, found[i].Subject) : PackedPair.Of(found[i].Subject, found[i].Object);
        Array.Sort(pairs);
        return new PairArray(pairs);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proof?> Explain(IReadOnlyList<TripleIds> triples) => BackwardProofs.Explain(evaluation, triples).Proofs(triples, evaluation.Given);

    /// <inheritdoc/>
    public void Dispose() => lease.Dispose();

    /// <summary>Pairs in one block.</summary>
    private sealed class PairArray(ulong[] pairs) : IPairCursor
    {
        private int _at;

        public ReadOnlySpan<ulong> Next()
        {
            var block = pairs.AsSpan(_at);
            _at = pairs.Length;
            return block;
        }

        public void Seek(ulong pair)
        {
            if (_at >= pairs.Length)
                return;
            var found = Array.BinarySearch(pairs, _at, pairs.Length - _at, pair);
            _at = found < 0 ? ~found : found;
        }

        public void Dispose()
        {
        }
    }
}
