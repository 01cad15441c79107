namespace Knowledge.Rules;

/// <summary>Triples that are given, for goals to end in.</summary>
internal interface ITripleSource
{
    /// <summary>Triples that match a pattern, with <see cref="TermId.None"/> for any term.</summary>
    IEnumerable<TripleIds> Match(TripleIds pattern);
}

/// <summary>The default graph of a snapshot as triples to prove from.</summary>
/// <param name="snapshot">The snapshot.</param>
internal sealed class SnapshotTriples(IQuadSnapshot snapshot) : ITripleSource
{
    private readonly IReadOnlyList<PredicateCounts> _predicates = snapshot.Predicates(TermId.None);

    /// <inheritdoc/>
    public IEnumerable<TripleIds> Match(TripleIds pattern)
    {
        if (pattern is { Subject.IsNone: false, Predicate.IsNone: false, Object.IsNone: false })
            return snapshot.Contains(new QuadIds(pattern.Subject, pattern.Predicate, pattern.Object, TermId.None)) ? [pattern] : [];
        return pattern.Predicate.IsNone ? _predicates.SelectMany(p => OfPredicate(pattern with { Predicate = p.Predicate })) : OfPredicate(pattern);
    }

    private IEnumerable<TripleIds> OfPredicate(TripleIds pattern)
    {
        var isByObject = pattern.Subject.IsNone && !pattern.Object.IsNone;
        var (first, second) = isByObject ? (pattern.Object, pattern.Subject) : (pattern.Subject, pattern.Object);
        using var cursor = snapshot.Pairs(TermId.None, pattern.Predicate, isByObject ? PairOrder.ObjectSubject : PairOrder.SubjectObject, first);
        while (Block(cursor) is { Length: > 0 } block)
            foreach (var pair in block)
                if (second.IsNone || PackedPair.Second(pair) == second)
                    yield return isByObject
                        ? new TripleIds(PackedPair.Second(pair), pattern.Predicate, PackedPair.First(pair))
                        : new TripleIds(PackedPair.First(pair), pattern.Predicate, PackedPair.Second(pair));
    }

    /// <summary>A copy, as a block is valid until the next call alone and whoever asks may stop in between.</summary>
    private static ulong[] Block(IPairCursor cursor) => cursor.Next().ToArray();
}
