using System.Buffers;

namespace Knowledge.Rules;

/// <summary>A closure at one version, unchanging: its columns, the named graphs of its source, its terms.</summary>
internal sealed class InferredState : ITermDictionary
{
    private readonly Dictionary<uint, (PairColumn BySubject, PairColumn ByObject)> _columns;
    private readonly IQuadSnapshot _given;
    private readonly DerivedTerms _derived;
    private int _users = 1;
    private PredicateCounts[]? _counts;

    private InferredState(Dictionary<uint, (PairColumn BySubject, PairColumn ByObject)> columns, IQuadSnapshot given, DerivedTerms derived, long version, DateTimeOffset now)
    {
        (_columns, _given, _derived, Version, Clock) = (columns, given, derived, version, new StoppedClock(now));
        foreach (var (bySubject, _) in columns.Values)
            Count += bySubject.Count;
    }

    public long Version { get; }

    /// <summary>The time that rules took for now.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Number of triples in the default graph.</summary>
    public long Count { get; }

    /// <summary>The snapshot that the named graphs are in.</summary>
    public IQuadSnapshot Given => _given;

    /// <summary>Exact counts of the default graph's predicates.</summary>
    public IReadOnlyList<PredicateCounts> Counts => _counts ??= [.. _columns.Where(c => c.Value.BySubject.Count > 0).OrderBy(c => c.Key)
        .Select(c => new PredicateCounts(new TermId(c.Key), c.Value.BySubject.Count, c.Value.BySubject.Distinct, c.Value.ByObject.Distinct))];

    /// <summary>The state of a closure.</summary>
    public static InferredState Of(Closure closure, IQuadSnapshot given, DerivedTerms derived, long version)
    {
        var columns = new Dictionary<uint, (PairColumn, PairColumn)>(closure.World.Facts.Relations.Count);
        foreach (var (predicate, relation) in closure.World.Facts.Relations)
        {
            if (relation.BySubject.Count == 0)
                continue;
            var shown = closure.Visibility.Shown(predicate, relation);
            columns[predicate] = (shown.BySubject, shown.ByObject);
        }

        return new InferredState(columns, given, derived, version, closure.World.Environment.Now);
    }

    /// <summary>The columns of a predicate.</summary>
    public (PairColumn BySubject, PairColumn ByObject) Of(uint predicate) => _columns.TryGetValue(predicate, out var columns) ? columns : (PairColumn.Empty, PairColumn.Empty);

    /// <summary>All predicates' columns.</summary>
    public IEnumerable<(PairColumn BySubject, PairColumn ByObject)> All => _columns.Values;

    /// <summary>The change from this state, of facts that are shown and of named graphs.</summary>
    public QuadDelta Delta(Visibility visibility, List<Fact> added, List<Fact> removed, QuadDelta given)
    {
        QuadIds[] come = [.. added.Where(visibility.IsSeen).Select(Quad), .. Named(given.Added)];
        QuadIds[] gone = [.. removed.Where(f => Of(f.Predicate).BySubject.Contains(f.Pair)).Select(Quad), .. Named(given.Removed)];
        return new QuadDelta(given.Version, come, gone);

        static IEnumerable<QuadIds> Named(ReadOnlyMemory<QuadIds> quads) => quads.ToArray().Where(q => !q.Graph.IsNone);
    }

    /// <summary>The difference to a later state, found by comparing all columns.</summary>
    public QuadDelta DeltaTo(InferredState after)
    {
        var (come, gone) = (new List<QuadIds>(), new List<QuadIds>());
        foreach (var predicate in _columns.Keys.Union(after._columns.Keys))
        {
            ulong[] old = Of(predicate).BySubject.ToArray(), now = after.Of(predicate).BySubject.ToArray();
            come.AddRange(Missing(now, old).Select(p => Quad(new Fact(predicate, p))));
            gone.AddRange(Missing(old, now).Select(p => Quad(new Fact(predicate, p))));
        }

        foreach (var graph in _given.Graphs.Union(after._given.Graphs))
        {
            var (old, now) = (Quads(_given, graph), Quads(after._given, graph));
            come.AddRange(now.Except(old));
            gone.AddRange(old.Except(now));
        }

        return new QuadDelta(after.Version, come.ToArray(), gone.ToArray());
    }

    /// <summary>A triple as ids; null where it has a term that this state does not know.</summary>
    public TripleIds? Ids(Triple triple) =>
        TryId(triple.Subject, out var subject) && TryId(triple.Predicate, out var predicate) && TryId(triple.Object, out var @object) ? new TripleIds(subject, predicate, @object) : null;

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> text, out TermId id)
    {
        if (_derived.Count > 0 && _derived.TryFind(TermText.Parse(text), Version, out id))
            return true;
        return _given.Terms.TryFind(text, out id);
    }

    /// <inheritdoc/>
    public void Write(TermId id, IBufferWriter<byte> output)
    {
        if (_derived.Find(id) is { } term)
            TermText.Write(term, output);
        else
            _given.Terms.Write(id, output);
    }

    /// <inheritdoc/>
    public TermKind Kind(TermId id) => _derived.Find(id)?.Kind ?? _given.Terms.Kind(id);

    /// <summary>Begins to use the state.</summary>
    public void Use() => Interlocked.Increment(ref _users);

    /// <summary>Ends a use; after the last the source's snapshot is let go.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            _given.Dispose();
    }

    private bool TryId(Term term, out TermId id)
    {
        var text = new ArrayBufferWriter<byte>(64);
        TermText.Write(term, text);
        return TryFind(text.WrittenSpan, out id);
    }

    private static QuadIds Quad(Fact fact) => new(new TermId(fact.Subject), new TermId(fact.Predicate), new TermId(fact.Object), TermId.None);

    private static IEnumerable<ulong> Missing(ulong[] from, ulong[] there)
    {
        var at = 0;
        foreach (var pair in from)
        {
            while (at < there.Length && there[at] < pair)
                at++;
            if (at == there.Length || there[at] != pair)
                yield return pair;
        }
    }

    private static HashSet<QuadIds> Quads(IQuadSnapshot snapshot, TermId graph)
    {
        HashSet<QuadIds> quads = [];
        foreach (var counts in snapshot.Predicates(graph))
        {
            using var cursor = snapshot.Pairs(graph, counts.Predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                foreach (var pair in block)
                    quads.Add(new QuadIds(PackedPair.First(pair), counts.Predicate, PackedPair.Second(pair), graph));
        }

        return quads;
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>A view of one state.</summary>
internal sealed class InferredSnapshot : IProvedSnapshot
{
    private readonly InferredGraph _graph;
    private readonly InferredState _state;
    private int _isDisposed;

    public InferredSnapshot(InferredGraph graph, InferredState state)
    {
        (_graph, _state) = (graph, state);
        state.Use();
    }

    /// <summary>What this is a view of; it is kept until this is disposed.</summary>
    public InferredState State => _state;

    /// <inheritdoc/>
    public long Version => _state.Version;

    /// <inheritdoc/>
    public ITermDictionary Terms => _state;

    /// <inheritdoc/>
    public IReadOnlyList<TermId> Graphs => _state.Given.Graphs;

    /// <inheritdoc/>
    public IReadOnlyList<PredicateCounts> Predicates(TermId graph) => graph.IsNone ? _state.Counts : _state.Given.Predicates(graph);

    /// <inheritdoc/>
    public long Count(QuadIds pattern)
    {
        if (!pattern.Graph.IsNone)
            return _state.Given.Count(pattern);
        if (!pattern.Predicate.IsNone)
            return Count(_state.Of(pattern.Predicate.Value), pattern.Subject, pattern.Object);
        return pattern.Subject.IsNone && pattern.Object.IsNone ? _state.Count : _state.All.Sum(c => Count(c, pattern.Subject, pattern.Object));
    }

    /// <inheritdoc/>
    public bool Contains(QuadIds quad) => quad.Graph.IsNone
        ? _state.Of(quad.Predicate.Value).BySubject.Contains(PackedPair.Of(quad.Subject, quad.Object))
        : _state.Given.Contains(quad);

    /// <inheritdoc/>
    public IPairCursor Pairs(TermId graph, TermId predicate, PairOrder order, TermId first = default)
    {
        if (!graph.IsNone)
            return _state.Given.Pairs(graph, predicate, order, first);
        var (bySubject, byObject) = _state.Of(predicate.Value);
        return (order == PairOrder.SubjectObject ? bySubject : byObject).Pairs(first);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proof?> Explain(IReadOnlyList<TripleIds> triples) => _graph.Explain(_state, triples);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            _state.Release();
    }

    private static long Count((PairColumn BySubject, PairColumn ByObject) columns, TermId subject, TermId @object)
    {
        if (subject.IsNone)
            return @object.IsNone ? columns.BySubject.Count : columns.ByObject.CountOf(@object);
        if (@object.IsNone)
            return columns.BySubject.CountOf(subject);
        return columns.BySubject.Contains(PackedPair.Of(subject, @object)) ? 1 : 0;
    }
}
