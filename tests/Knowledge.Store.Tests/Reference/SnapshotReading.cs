using Knowledge.Rdf;

namespace Knowledge.Store.Tests.Reference;

/// <summary>Reads a snapshot in every way there is, and finds out whether they agree.</summary>
internal static class SnapshotReading
{
    /// <summary>All quads of a snapshot, after all its counts and orders were compared with them.</summary>
    public static HashSet<QuadIds> Quads(this IQuadSnapshot snapshot)
    {
        HashSet<QuadIds> quads = [];
        Assert.Equal(snapshot.Graphs.Order(), snapshot.Graphs);
        foreach (var graph in snapshot.Graphs.Prepend(default))
        {
            var here = Graph(snapshot, graph);
            Assert.True(graph.IsNone || here.Count > 0);
            Assert.Equal(here.Count, snapshot.Count(new QuadIds(default, default, default, graph)));
            foreach (var subject in here.Select(q => q.Subject).Distinct())
                Assert.Equal(here.Count(q => q.Subject == subject), snapshot.Count(new QuadIds(subject, default, default, graph)));
            foreach (var @object in here.Select(q => q.Object).Distinct())
                Assert.Equal(here.Count(q => q.Object == @object), snapshot.Count(new QuadIds(default, default, @object, graph)));
            quads.UnionWith(here);
        }

        return quads;
    }

    /// <summary>All words of a cursor; fails where they do not ascend.</summary>
    public static ulong[] Words(this IPairCursor cursor)
    {
        List<ulong> words = [];
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            words.AddRange(block);
        cursor.Dispose();
        for (var i = 1; i < words.Count; i++)
            Assert.True(words[i - 1] < words[i]);
        return [.. words];
    }

    private static List<QuadIds> Graph(IQuadSnapshot snapshot, TermId graph)
    {
        List<QuadIds> quads = [];
        var predicates = snapshot.Predicates(graph);
        Assert.Equal(predicates.Select(p => p.Predicate).Order(), predicates.Select(p => p.Predicate));
        foreach (var (predicate, triples, subjects, objects) in predicates)
        {
            var pairs = snapshot.Pairs(graph, predicate, PairOrder.SubjectObject).Words();
            Assert.NotEmpty(pairs);
            Assert.Equal(pairs.LongLength, triples);
            Assert.Equal(pairs.Select(p => p >> 32).Distinct().LongCount(), subjects);
            Assert.Equal(pairs.Select(p => (uint)p).Distinct().LongCount(), objects);
            Assert.Equal(triples, snapshot.Count(new QuadIds(default, predicate, default, graph)));
            var turned = pairs.Select(p => (p << 32) | (p >> 32)).Order().ToArray();
            Assert.Equal(turned, snapshot.Pairs(graph, predicate, PairOrder.ObjectSubject).Words());
            foreach (var subject in pairs.GroupBy(p => PackedPair.First(p)))
            {
                Assert.Equal(subject, snapshot.Pairs(graph, predicate, PairOrder.SubjectObject, subject.Key).Words());
                Assert.Equal(subject.LongCount(), snapshot.Count(new QuadIds(subject.Key, predicate, default, graph)));
            }

            foreach (var @object in turned.GroupBy(p => PackedPair.First(p)))
            {
                Assert.Equal(@object, snapshot.Pairs(graph, predicate, PairOrder.ObjectSubject, @object.Key).Words());
                Assert.Equal(@object.LongCount(), snapshot.Count(new QuadIds(default, predicate, @object.Key, graph)));
            }

            quads.AddRange(pairs.Select(p => new QuadIds(PackedPair.First(p), predicate, PackedPair.Second(p), graph)));
        }

        Assert.All(quads, q => Assert.True(snapshot.Contains(q) && snapshot.Count(q) == 1));
        return quads;
    }
}
