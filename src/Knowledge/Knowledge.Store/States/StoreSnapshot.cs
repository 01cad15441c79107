namespace Knowledge.Store;

/// <summary>A view of one state.</summary>
/// <param name="state">The state.</param>
/// <param name="dictionary">Terms of its ids.</param>
internal sealed class StoreSnapshot(StoreState state, TermDictionary dictionary) : IQuadSnapshot
{
    /// <summary>What is seen.</summary>
    internal StoreState State => state;

    /// <inheritdoc/>
    public long Version => state.Version;

    /// <inheritdoc/>
    public ITermDictionary Terms => dictionary;

    /// <inheritdoc/>
    public IReadOnlyList<TermId> Graphs => state.Graphs;

    /// <inheritdoc/>
    public IReadOnlyList<PredicateCounts> Predicates(TermId graph) => state.Graph(graph.Value).Counts;

    /// <inheritdoc/>
    public long Count(QuadIds pattern)
    {
        var graph = state.Graph(pattern.Graph.Value);
        if (!pattern.Predicate.IsNone)
            return Count(graph[pattern.Predicate.Value], pattern.Subject, pattern.Object);
        if (pattern.Subject.IsNone && pattern.Object.IsNone)
            return graph.Triples;
        long count = 0;
        foreach (var predicate in graph.States)
            count += Count(predicate, pattern.Subject, pattern.Object);
        return count;
    }

    /// <inheritdoc/>
    public bool Contains(QuadIds quad) => state.Graph(quad.Graph.Value)[quad.Predicate.Value].BySubject.Contains(PackedPair.Of(quad.Subject, quad.Object));

    /// <inheritdoc/>
    public IPairCursor Pairs(TermId graph, TermId predicate, PairOrder order, TermId first = default) =>
        state.Graph(graph.Value)[predicate.Value].Column(order).Pairs(first);

    /// <inheritdoc/>
    public ReadOnlyMemory<ulong> Column(TermId graph, TermId predicate, PairOrder order, TermId first = default) =>
        state.Graph(graph.Value)[predicate.Value].Column(order).Memory(first);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The state is freed when nobody refers to it any more.
    }

    private static long Count(PredicateState predicate, TermId subject, TermId @object)
    {
        if (subject.IsNone)
            return @object.IsNone ? predicate.BySubject.Count : predicate.ByObject.CountOf(@object);
        if (@object.IsNone)
            return predicate.BySubject.CountOf(subject);
        return predicate.BySubject.Contains(PackedPair.Of(subject, @object)) ? 1 : 0;
    }
}
