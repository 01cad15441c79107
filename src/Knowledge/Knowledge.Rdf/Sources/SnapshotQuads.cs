using System.Buffers;

namespace Knowledge.Rdf;

/// <summary>The quads of a snapshot, as texts.</summary>
public static class SnapshotQuads
{
    /// <summary>Gives each triple of one graph to a sink, predicate by predicate and subject by subject.</summary>
    /// <param name="snapshot">The quads.</param>
    /// <param name="graph">Which graph; <see cref="TermId.None"/> for the default graph.</param>
    /// <param name="name">The graph that the sink is told; <see cref="TermId.None"/> for the default graph.</param>
    /// <param name="sink">Where they go.</param>
    /// <returns>How many there were.</returns>
    public static long Write(this IQuadSnapshot snapshot, TermId graph, TermId name, IQuadSink sink)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(sink);
        var count = 0L;
        ArrayBufferWriter<byte> subject = new(), predicate = new(), @object = new(), graphText = new();
        if (!name.IsNone)
            snapshot.Terms.Write(name, graphText);
        foreach (var counts in snapshot.Predicates(graph))
        {
            predicate.ResetWrittenCount();
            snapshot.Terms.Write(counts.Predicate, predicate);
            using var pairs = snapshot.Pairs(graph, counts.Predicate, PairOrder.SubjectObject);
            var last = TermId.None;
            for (var block = pairs.Next(); !block.IsEmpty; block = pairs.Next())
            {
                count += block.Length;
                foreach (var pair in block)
                {
                    if (PackedPair.First(pair) != last)
                    {
                        last = PackedPair.First(pair);
                        subject.ResetWrittenCount();
                        snapshot.Terms.Write(last, subject);
                    }

                    @object.ResetWrittenCount();
                    snapshot.Terms.Write(PackedPair.Second(pair), @object);
                    sink.Quad(subject.WrittenSpan, predicate.WrittenSpan, @object.WrittenSpan, graphText.WrittenSpan);
                }
            }
        }

        return count;
    }
}
