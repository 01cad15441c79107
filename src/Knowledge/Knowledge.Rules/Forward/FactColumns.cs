namespace Knowledge.Rules;

/// <summary>The facts of one predicate, in both orders.</summary>
internal sealed class Relation
{
    private PairColumn? _byObject;

    public Relation(PairColumn bySubject, PairColumn? byObject = null)
    {
        BySubject = bySubject;
        _byObject = byObject;
    }

    /// <summary>Pairs of subject and object.</summary>
    public PairColumn BySubject { get; private set; }

    /// <summary>Pairs of object and subject.</summary>
    public PairColumn ByObject => _byObject ??= PairColumn.FromSorted(RadixSort.Turned(BySubject.ToArray(), null));

    /// <summary>The same facts, which go on apart from these.</summary>
    public Relation Fork() => new(BySubject, ByObject);

    /// <summary>Adds facts that are not there, in one of the orders; the other is added apart, perhaps meanwhile.</summary>
    public void Add(Relation news, bool isTurned)
    {
        if (!isTurned)
            BySubject = BySubject.With(news.BySubject.ToArray(), []);
        else if (_byObject is not null)
            _byObject = _byObject.With(news.ByObject.ToArray(), []);
    }

    /// <summary>Adds and takes away.</summary>
    /// <param name="added">Pairs (subject, object) that are not there, sorted.</param>
    /// <param name="removed">Pairs that are there, sorted.</param>
    public void Change(ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed)
    {
        if (_byObject is not null)
            _byObject = _byObject.With(RadixSort.Turned(added, null), RadixSort.Turned(removed, null));
        BySubject = BySubject.With(added, removed);
    }
}

/// <summary>Facts by predicate. One thread changes them; what it took out of them before stays as it was.</summary>
internal sealed class FactColumns
{
    private readonly Dictionary<uint, Relation> _relations = [];

    /// <summary>Predicates with their facts; do not change anything while walking them.</summary>
    public IReadOnlyDictionary<uint, Relation> Relations => _relations;

    /// <summary>The same facts, which go on apart from these. Cost: the predicates.</summary>
    public FactColumns Fork()
    {
        var fork = new FactColumns();
        foreach (var (predicate, relation) in _relations)
            fork._relations[predicate] = relation.Fork();
        return fork;
    }

    /// <summary>Number of facts.</summary>
    public long Count => _relations.Values.Sum(r => (long)r.BySubject.Count);

    /// <summary>The facts of a predicate; null where there are none and never were.</summary>
    public Relation? Find(uint predicate) => _relations.GetValueOrDefault(predicate);

    /// <summary>The facts of a predicate.</summary>
    public Relation Of(uint predicate)
    {
        if (!_relations.TryGetValue(predicate, out var relation))
            _relations[predicate] = relation = new Relation(PairColumn.Empty, PairColumn.Empty);
        return relation;
    }

    /// <summary>Takes over the facts of a predicate.</summary>
    public void Set(uint predicate, Relation relation) => _relations[predicate] = relation;

    /// <summary>Whether a fact is there.</summary>
    public bool Contains(uint subject, uint predicate, uint @object) => Find(predicate) is { } relation && relation.BySubject.Contains(Pair(subject, @object));

    /// <summary>Facts that match a pattern, 0 for any.</summary>
    public IEnumerable<TripleIds> Match(uint subject, uint predicate, uint @object)
    {
        if (predicate != 0)
            return Find(predicate) is { } relation ? Match(relation, subject, predicate, @object) : [];
        return _relations.ToArray().SelectMany(r => Match(r.Value, subject, r.Key, @object));
    }

    /// <summary>The default graph of a snapshot.</summary>
    public static FactColumns Of(IQuadSnapshot snapshot)
    {
        var columns = new FactColumns();
        foreach (var counts in snapshot.Predicates(TermId.None))
        {
            if (counts.Triples > PairColumn.MaxPairs)
                throw new NotSupportedException($"A predicate has {counts.Triples} triples; rules run on at most {PairColumn.MaxPairs} of one predicate.");
            columns.Set(counts.Predicate.Value, new Relation(
                Read(snapshot, counts, PairOrder.SubjectObject), Read(snapshot, counts, PairOrder.ObjectSubject)));
        }

        return columns;
    }

    /// <summary>Packs subject and object.</summary>
    public static ulong Pair(uint first, uint second) => ((ulong)first << 32) | second;

    private static PairColumn Read(IQuadSnapshot snapshot, PredicateCounts counts, PairOrder order)
    {
        var words = GC.AllocateUninitializedArray<ulong>((int)counts.Triples);
        using var cursor = snapshot.Pairs(TermId.None, counts.Predicate, order);
        var at = 0;
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
        {
            block.CopyTo(words.AsSpan(at));
            at += block.Length;
        }

        return PairColumn.FromSorted(words, (int)(order == PairOrder.SubjectObject ? counts.Subjects : counts.Objects));
    }

    private static IEnumerable<TripleIds> Match(Relation relation, uint subject, uint predicate, uint @object)
    {
        var p = new TermId(predicate);
        if (subject != 0 && @object != 0)
        {
            if (relation.BySubject.Contains(Pair(subject, @object)))
                yield return new TripleIds(new TermId(subject), p, new TermId(@object));
            yield break;
        }

        var isTurned = @object != 0;
        using var cursor = (isTurned ? relation.ByObject : relation.BySubject).Pairs(new TermId(isTurned ? @object : subject));
        for (var block = cursor.Next().ToArray(); block.Length > 0; block = cursor.Next().ToArray())
            foreach (var pair in block)
                yield return isTurned ? new TripleIds(PackedPair.Second(pair), p, PackedPair.First(pair)) : new TripleIds(PackedPair.First(pair), p, PackedPair.Second(pair));
    }
}
