using System.Buffers;

namespace Knowledge.Rules.Tests;

/// <summary>Reads sources to sets of terms.</summary>
internal static class Sources
{
    /// <summary>Triples of the default graph, by predicate and its pairs in both orders, which must agree.</summary>
    public static HashSet<Triple> Triples(IQuadSource source)
    {
        using var snapshot = source.Snapshot();
        var triples = new HashSet<Triple>();
        foreach (var counts in snapshot.Predicates(TermId.None))
        {
            var bySubject = Pairs(snapshot, counts.Predicate, PairOrder.SubjectObject);
            var byObject = Pairs(snapshot, counts.Predicate, PairOrder.ObjectSubject).Select(p => (p << 32) | (p >> 32)).Order().ToList();
            Assert.Equal(bySubject, byObject);
            Assert.Equal(counts.Triples, bySubject.Count);
            Assert.Equal(counts.Subjects, bySubject.Select(p => p >> 32).Distinct().Count());
            Assert.Equal(counts.Objects, bySubject.Select(p => (uint)p).Distinct().Count());
            foreach (var pair in bySubject)
                triples.Add(new Triple(Term(snapshot, PackedPair.First(pair)), Term(snapshot, counts.Predicate), Term(snapshot, PackedPair.Second(pair))));
        }

        Assert.Equal(snapshot.Predicates(TermId.None).Sum(c => c.Triples), triples.Count);
        return triples;
    }

    public static Term Term(IQuadSnapshot snapshot, TermId id)
    {
        var text = new ArrayBufferWriter<byte>();
        snapshot.Terms.Write(id, text);
        var term = TermText.Parse(text.WrittenSpan);
        Assert.True(snapshot.Terms.TryFind(text.WrittenSpan, out var found));
        Assert.Equal(id, found);
        Assert.Equal(term.Kind, snapshot.Terms.Kind(id));
        return term;
    }

    public static Term Read(IQuadSnapshot snapshot, TermId id)
    {
        var text = new ArrayBufferWriter<byte>();
        snapshot.Terms.Write(id, text);
        return TermText.Parse(text.WrittenSpan);
    }

    private static List<ulong> Pairs(IQuadSnapshot snapshot, TermId predicate, PairOrder order)
    {
        var pairs = new List<ulong>();
        using var cursor = snapshot.Pairs(TermId.None, predicate, order);
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            pairs.AddRange(block);
        return pairs;
    }
}
