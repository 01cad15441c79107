using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>The data set of one query: which graphs are its default graph, and which have names.</summary>
/// <param name="snapshot">The quads.</param>
/// <param name="defaultGraphs">Ids of the graphs whose union is the default graph; 0 is the source's own.</param>
/// <param name="named">Ids of the named graphs, ascending.</param>
internal sealed class GraphView(IQuadSnapshot snapshot, uint[] defaultGraphs, uint[] named)
{
    /// <summary>The quads.</summary>
    public IQuadSnapshot Snapshot { get; } = snapshot;

    /// <summary>The default graph, as the graphs that it is the union of.</summary>
    public uint[] DefaultGraphs { get; } = defaultGraphs;

    /// <summary>Named graphs, ascending.</summary>
    public uint[] Named { get; } = named;

    /// <summary>The data set that clauses ask for, or the source's own.</summary>
    public static GraphView Of(IQuadSnapshot snapshot, TermPool pool, IReadOnlyList<Iri>? defaults, IReadOnlyList<Iri>? named)
    {
        if ((defaults is null || defaults.Count == 0) && (named is null || named.Count == 0))
            return new GraphView(snapshot, [0], [.. snapshot.Graphs.Select(g => g.Value)]);
        return new GraphView(snapshot, Ids(defaults, pool), Ids(named, pool));
    }

    private static uint[] Ids(IReadOnlyList<Iri>? graphs, TermPool pool) =>
        [.. (graphs ?? []).Select(pool.Encode).Where(TermPool.IsOfSource).Select(id => (uint)id).Distinct().Order()];

    /// <summary>Pairs of one predicate in a union of graphs.</summary>
    public IPairCursor Pairs(uint[] graphs, uint predicate, PairOrder order, uint first = 0)
    {
        if (graphs.Length == 1)
            return Snapshot.Pairs(new TermId(graphs[0]), new TermId(predicate), order, new TermId(first));
        return new UnionCursor([.. graphs.Select(g => Snapshot.Pairs(new TermId(g), new TermId(predicate), order, new TermId(first)))]);
    }

    /// <summary>The same pairs in one piece.</summary>
    public ReadOnlyMemory<ulong> Column(uint[] graphs, uint predicate, PairOrder order, uint first = 0)
    {
        if (graphs.Length == 1)
            return Snapshot.Column(new TermId(graphs[0]), new TermId(predicate), order, new TermId(first));
        using var cursor = Pairs(graphs, predicate, order, first);
        return cursor.ToArray();
    }

    /// <summary>Whether a triple is in a union of graphs.</summary>
    public bool Contains(uint[] graphs, uint subject, uint predicate, uint @object)
    {
        foreach (var graph in graphs)
            if (Snapshot.Contains(new QuadIds(new TermId(subject), new TermId(predicate), new TermId(@object), new TermId(graph))))
                return true;
        return false;
    }

    /// <summary>Number of triples in graphs that match; 0 is a wildcard. Triples in several graphs count several times.</summary>
    public long Count(uint[] graphs, uint subject, uint predicate, uint @object)
    {
        var count = 0L;
        foreach (var graph in graphs)
            count += Snapshot.Count(new QuadIds(new TermId(subject), new TermId(predicate), new TermId(@object), new TermId(graph)));
        return count;
    }

    /// <summary>Predicates of a union of graphs, ascending, with their counts added up.</summary>
    public IReadOnlyList<PredicateCounts> Predicates(uint[] graphs)
    {
        if (graphs.Length == 1)
            return Snapshot.Predicates(new TermId(graphs[0]));
        var sums = new SortedDictionary<TermId, PredicateCounts>();
        foreach (var graph in graphs)
        {
            foreach (var counts in Snapshot.Predicates(new TermId(graph)))
            {
                sums.TryGetValue(counts.Predicate, out var sum);
                sums[counts.Predicate] = new PredicateCounts(counts.Predicate, sum.Triples + counts.Triples, sum.Subjects + counts.Subjects, sum.Objects + counts.Objects);
            }
        }

        return [.. sums.Values];
    }
}

/// <summary>Several sorted cursors as one, without duplicates.</summary>
internal sealed class UnionCursor(IPairCursor[] cursors) : IPairCursor
{
    private const int BlockLength = 1024;
    private readonly ulong[] _block = new ulong[BlockLength];

    // Blocks of the inputs are valid until their next call only, so they are copied.
    private readonly ulong[][] _buffers = [.. cursors.Select(_ => Array.Empty<ulong>())];
    private readonly int[] _at = new int[cursors.Length];
    private readonly bool[] _isEnded = new bool[cursors.Length];
    private ulong _floor;

    public ReadOnlySpan<ulong> Next()
    {
        var count = 0;
        while (count < BlockLength)
        {
            var least = -1;
            for (var i = 0; i < cursors.Length; i++)
                if (Fill(i) && (least < 0 || Front(i) < Front(least)))
                    least = i;
            if (least < 0)
                break;
            _block[count++] = Front(least);
            _floor = Front(least) + 1;
        }

        return _block.AsSpan(0, count);
    }

    public void Seek(ulong pair) => _floor = Math.Max(_floor, pair);

    public void Dispose()
    {
        foreach (var cursor in cursors)
            cursor.Dispose();
    }

    private ulong Front(int index) => _buffers[index][_at[index]];

    private bool Fill(int index)
    {
        while (true)
        {
            var buffer = _buffers[index];
            while (_at[index] < buffer.Length && buffer[_at[index]] < _floor)
                _at[index]++;
            if (_at[index] < buffer.Length)
                return true;
            if (_isEnded[index])
                return false;
            cursors[index].Seek(_floor);
            _buffers[index] = cursors[index].Next().ToArray();
            _at[index] = 0;
            _isEnded[index] = _buffers[index].Length == 0;
        }
    }
}
