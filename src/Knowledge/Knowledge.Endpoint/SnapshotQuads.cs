using System.Buffers;
using Knowledge.Rdf;

namespace Knowledge.Endpoint;

/// <summary>The quads of one graph of a snapshot, as texts.</summary>
internal static class SnapshotQuads
{
    /// <summary>Gives each triple of a graph to a sink, predicate by predicate and subject by subject.</summary>
    /// <param name="snapshot">The quads.</param>
    /// <param name="graph">Which graph.</param>
    /// <param name="name">The graph that the sink is told; <see cref="TermId.None"/> for the default graph.</param>
    /// <param name="sink">Where they go.</param>
    public static void Write(IQuadSnapshot snapshot, TermId graph, TermId name, IQuadSink sink)
    {
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
    }
}
