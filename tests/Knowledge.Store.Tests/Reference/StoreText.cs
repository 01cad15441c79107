using System.Globalization;
using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Store.Tests.Reference;

/// <summary>All that a data set holds as sorted lines: version, prefixes, and each quad that ever was said with its whole history. Ids do not occur in it.</summary>
internal static class StoreText
{
    public static string Of(QuadDataset dataset)
    {
        using var snapshot = (StoreSnapshot)dataset.Snapshot();
        var state = snapshot.State;
        List<string> lines = [];
        foreach (var (graph, name) in state.NamedGraphs.Select(g => (g.Value, g.Key)).Append((state.DefaultGraph, 0u)))
            for (var i = 0; i < graph.Predicates.Length; i++)
                foreach (var pair in Pairs(graph.States[i]))
                    lines.Add($"{Text(snapshot, PackedPair.First(pair))} {Text(snapshot, new TermId(graph.Predicates[i]))} {Text(snapshot, PackedPair.Second(pair))} {Text(snapshot, new TermId(name))}: " +
                        $"{(graph.States[i].BySubject.Contains(pair) ? "holds" : "does not hold")} {string.Join(", ", BelievedInterval.Of(graph.States[i], pair, state.Horizon))}");
        lines.Sort(StringComparer.Ordinal);
        lines.AddRange(state.Prefixes.Select(p => $"{p.Key}: {p.Value}"));
        lines.Add($"version {state.Version.ToString(CultureInfo.InvariantCulture)}");
        return string.Join('\n', lines);
    }

    private static HashSet<ulong> Pairs(PredicateState state)
    {
        HashSet<ulong> pairs = [.. state.BySubject.ToArray(), .. state.Timed?.Keys ?? []];
        for (var change = state.Past; change is not null; change = change.Previous)
            pairs.UnionWith([.. change.Born, .. change.Gone, .. change.Timed.Select(t => t.Pair)]);
        return pairs;
    }

    private static string Text(StoreSnapshot snapshot, TermId id)
    {
        if (id.IsNone)
            return "";
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        snapshot.Terms.Write(id, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
