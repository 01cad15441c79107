using System.Buffers;
using System.Globalization;
using System.Text;

namespace Knowledge.Store;

/// <summary>Writes a state out as quads of texts.</summary>
internal sealed class StoreDump(StoreState state, TermDictionary dictionary, IQuadSink sink)
{
    private readonly ArrayBufferWriter<byte> _subject = new();
    private readonly ArrayBufferWriter<byte> _predicate = new();
    private readonly ArrayBufferWriter<byte> _object = new();
    private readonly ArrayBufferWriter<byte> _graph = new();
    private int _reifiers;

    /// <summary>Writes prefixes and the quads that hold.</summary>
    /// <returns>How many quads.</returns>
    public long Quads()
    {
        foreach (var (prefix, iri) in state.Prefixes)
            sink.Prefix(prefix, iri);
        using var snapshot = new StoreSnapshot(state, dictionary);
        return snapshot.Graphs.Prepend(TermId.None).Sum(graph => snapshot.Write(graph, graph, sink));
    }

    /// <summary>Writes reifiers of the quads that have valid times.</summary>
    /// <returns>How many quads.</returns>
    public long Reifiers()
    {
        long count = 0;
        foreach (var (graph, name) in Graphs())
        {
            Text(name, _graph);
            for (var i = 0; i < graph.Predicates.Length; i++)
            {
                Text(graph.Predicates[i], _predicate);
                foreach (var pair in graph.States[i].Timed?.Keys ?? [])
                    foreach (var interval in BelievedInterval.Of(graph.States[i], pair, state.Horizon).Where(b => b.KnownTo is null))
                        count += Reifier(pair, interval);
            }
        }

        return count;
    }

    private IEnumerable<(GraphState Graph, uint Name)> Graphs() => state.NamedGraphs.Select(g => (g.Value, g.Key)).Prepend((state.DefaultGraph, 0u));

    private int Reifier(ulong pair, BelievedInterval interval)
    {
        Text((uint)(pair >> 32), _subject);
        Text((uint)pair, _object);
        byte[] triple = [.. "<<( "u8, .. _subject.WrittenSpan, .. " "u8, .. _predicate.WrittenSpan, .. " "u8, .. _object.WrittenSpan, .. " )>>"u8];
        var node = NewNode();
        sink.Quad(node, Iri(RdfVocabulary.Reifies), triple, _graph.WrittenSpan);
        return 1 + Time(node, TimeVocabulary.ValidFrom, interval.ValidFrom) + Time(node, TimeVocabulary.ValidTo, interval.ValidTo) + Time(node, TimeVocabulary.KnownFrom, interval.KnownFrom);
    }

    private int Time(byte[] node, string property, DateTimeOffset? time)
    {
        if (time is not { } there)
            return 0;
        var lexical = there.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        sink.Quad(node, Iri(property), Encoding.ASCII.GetBytes($"\"{lexical}\"^^<{XsdVocabulary.DateTime}>"), _graph.WrittenSpan);
        return 1;
    }

    /// <summary>A blank node that the store has not.</summary>
    private byte[] NewNode()
    {
        while (true)
        {
            var node = Encoding.ASCII.GetBytes(FormattableString.Invariant($"_:time{++_reifiers}"));
            if (!dictionary.TryFind(node, out _))
                return node;
        }
    }

    private static byte[] Iri(string iri) => Encoding.ASCII.GetBytes($"<{iri}>");

    private void Text(uint id, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        if (id != 0)
            dictionary.Write(new TermId(id), output);
    }
}
