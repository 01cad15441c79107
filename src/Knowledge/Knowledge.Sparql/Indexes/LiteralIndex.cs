using System.Collections.Immutable;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>An index over the literals of a source, kept up with its changes: each query sees the literals of its own version.</summary>
/// <remarks>
/// <para>Built when it is first asked; from then on a commit adds a small segment with the literals that are new and marks those that are gone, so that it costs what the commit changes.
/// Segments are put together once they are many. The states of the last <see cref="KeptVersions"/> versions are kept for queries that still run; a query about another time or an older version is
/// answered from its own snapshot, which takes as long as building.</para>
/// <para>A query over another source than the index's gets that source's literals only where its versions differ: give a branch an index of its own.</para>
/// </remarks>
/// <typeparam name="TSegment">An unchanging part of the index.</typeparam>
internal sealed class LiteralIndex<TSegment> : IDisposable
    where TSegment : class
{
    /// <summary>States that are kept for queries that still run.</summary>
    public const int KeptVersions = 16;

    private const int MaxSegments = 16;
    private static readonly TimeSpan s_catchUp = TimeSpan.FromSeconds(5);

    private readonly IQuadSource _source;
    private readonly HashSet<string>? _predicates;
    private readonly Lock _lock = new();
    private readonly LinkedList<State> _states = [];
    private readonly Dictionary<uint, int> _uses = [];
    private List<QuadDelta>? _early;
    private IDisposable? _subscription;

    private readonly Func<ITermDictionary, IEnumerable<uint>, TSegment?> _build;
    private readonly Func<TSegment, uint[]> _literals;

    /// <summary>An index that is not built yet.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="predicates">Predicates whose literals are indexed; null for all.</param>
    /// <param name="build">Makes a segment of literals, ids ascending; null where none of them is for the index.</param>
    /// <param name="literals">Ids of a segment's literals, ascending.</param>
    public LiteralIndex(IQuadSource source, IReadOnlyCollection<Iri>? predicates, Func<ITermDictionary, IEnumerable<uint>, TSegment?> build, Func<TSegment, uint[]> literals)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_source, _build, _literals) = (source, build, literals);
        _predicates = predicates is null ? null : [.. predicates.Select(p => p.ToString())];
    }

    /// <summary>Ends the keeping up.</summary>
    public void Dispose() => _subscription?.Dispose();

    /// <summary>The segments of a version, each with the entries that are gone.</summary>
    public IReadOnlyList<Part> At(IQuadSnapshot snapshot, bool isNow)
    {
        if (!isNow)
            return Scan(snapshot, null);
        lock (_lock)
        {
            if (_states.Count == 0)
                Begin();
        }

        // The listener is told after a version is visible: a query may be some steps ahead of it.
        if (!SpinWait.SpinUntil(() => Newest() >= snapshot.Version, s_catchUp))
            return Scan(snapshot, null);
        lock (_lock)
        {
            for (var at = _states.Last; at is not null; at = at.Previous)
                if (at.Value.Version <= snapshot.Version)
                    return at.Value.Version == snapshot.Version || at.Next is not null ? at.Value.Parts : Scan(snapshot, null);
        }

        return Scan(snapshot, null);
    }

    private long Newest()
    {
        lock (_lock)
            return _states.Last!.Value.Version;
    }

    // Changes that come while the first state is built wait for it.
    private void Begin()
    {
        _early = [];
        _subscription ??= _source.Subscribe(Changed);
        using var snapshot = _source.Snapshot();
        _states.AddLast(new State(snapshot.Version, Scan(snapshot, _uses)));
        foreach (var delta in _early)
            Apply(delta);
        _early = null;
    }

    private void Changed(QuadDelta delta)
    {
        lock (_lock)
        {
            if (_early is not null)
                _early.Add(delta);
            else
                Apply(delta);
        }
    }

    private void Apply(QuadDelta delta)
    {
        var last = _states.Last!.Value;
        if (delta.Version <= last.Version)
            return;
        using var snapshot = _source.Snapshot();
        HashSet<uint> touched = [];
        Use(snapshot.Terms, delta.Added.Span, 1, touched);
        Use(snapshot.Terms, delta.Removed.Span, -1, touched);
        _states.AddLast(new State(delta.Version, Next(last.Parts, touched, snapshot.Terms)));
        if (_states.Count > KeptVersions)
            _states.RemoveFirst();
    }

    private void Use(ITermDictionary terms, ReadOnlySpan<QuadIds> quads, int by, HashSet<uint> touched)
    {
        var predicates = new Dictionary<uint, bool>();
        foreach (var quad in quads)
        {
            if (terms.Kind(quad.Object) != TermKind.Literal || !IsMeant(terms, quad.Predicate, predicates))
                continue;
            touched.Add(quad.Object.Value);
            ref var uses = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_uses, quad.Object.Value, out _);
            uses += by;
        }
    }

    private List<Part> Next(IReadOnlyList<Part> parts, HashSet<uint> touched, ITermDictionary terms)
    {
        List<Part> next = [];
        var there = new HashSet<uint>();
        foreach (var part in parts)
        {
            var gone = part.Gone.ToBuilder();
            foreach (var literal in touched)
            {
                if (Array.BinarySearch(_literals(part.Segment), literal) is not (>= 0 and var at) || gone.Contains(at))
                    continue;
                if (_uses.GetValueOrDefault(literal) > 0)
                    there.Add(literal);
                else
                    gone.Add(at);
            }

            if (gone.Count < _literals(part.Segment).Length)
                next.Add(part with { Gone = gone.ToImmutable() });
        }

        foreach (var literal in touched.Where(l => _uses[l] <= 0).ToList())
            _uses.Remove(literal);
        if (_build(terms, touched.Where(l => _uses.ContainsKey(l) && !there.Contains(l)).Order()) is { } segment)
            next.Add(new Part(segment, []));
        return next.Count <= MaxSegments ? next : Merged(next, terms);
    }

    // The small ones together, so that each literal is moved a few times only.
    private List<Part> Merged(List<Part> parts, ITermDictionary terms)
    {
        var sorted = parts.OrderByDescending(p => _literals(p.Segment).Length - p.Gone.Count).ToList();
        var kept = 0;
        var rest = sorted.Sum(p => (long)_literals(p.Segment).Length);
        for (; kept < sorted.Count - 2 && _literals(sorted[kept].Segment).Length * 3L > rest; kept++)
            rest -= _literals(sorted[kept].Segment).Length;
        var literals = sorted.Skip(kept).SelectMany(Living).Order().ToList();
        return _build(terms, literals) is { } segment ? [.. sorted.Take(kept), new Part(segment, [])] : [.. sorted.Take(kept)];
    }

    private List<uint> Living(Part part)
    {
        var literals = _literals(part.Segment);
        List<uint> living = [];
        for (var i = 0; i < literals.Length; i++)
            if (!part.Gone.Contains(i))
                living.Add(literals[i]);
        return living;
    }

    private IReadOnlyList<Part> Scan(IQuadSnapshot snapshot, Dictionary<uint, int>? uses)
    {
        uses ??= [];
        uses.Clear();
        var predicates = new Dictionary<uint, bool>();
        foreach (var graph in snapshot.Graphs.Prepend(TermId.None))
        {
            foreach (var counts in snapshot.Predicates(graph).Where(c => IsMeant(snapshot.Terms, c.Predicate, predicates)))
            {
                using var pairs = snapshot.Pairs(graph, counts.Predicate, PairOrder.ObjectSubject);
                for (var block = pairs.Next(); !block.IsEmpty; block = pairs.Next())
                    foreach (var pair in block)
                        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(uses, (uint)(pair >> 32), out _)++;
            }
        }

        foreach (var other in uses.Keys.Where(id => snapshot.Terms.Kind(new TermId(id)) != TermKind.Literal).ToList())
            uses.Remove(other);
        return _build(snapshot.Terms, uses.Keys.Order()) is { } segment ? [new Part(segment, [])] : [];
    }

    private bool IsMeant(ITermDictionary terms, TermId predicate, Dictionary<uint, bool> known)
    {
        if (_predicates is null)
            return true;
        if (!known.TryGetValue(predicate.Value, out var isMeant))
            known.Add(predicate.Value, isMeant = _predicates.Contains(Text(terms, predicate.Value)));
        return isMeant;
    }

    private static string Text(ITermDictionary terms, uint id)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        terms.Write(new TermId(id), text);
        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>A literal of an id.</summary>
    public static Literal LiteralOf(ITermDictionary terms, uint id)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        terms.Write(new TermId(id), text);
        return (Literal)TermText.Parse(text.WrittenSpan);
    }

    /// <summary>A segment, and the places of its entries that are gone.</summary>
    public sealed record Part(TSegment Segment, ImmutableHashSet<int> Gone);

    private sealed record State(long Version, IReadOnlyList<Part> Parts);
}
