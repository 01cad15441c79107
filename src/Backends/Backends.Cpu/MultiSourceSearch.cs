using System.Numerics;
using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Breadth-first search from 64 sources at once: a bit for each source, a word for each node.</summary>
/// <remarks>Source: M. Then et al., "The more the merrier: efficient multi-source graph traversal", VLDB 2014, algorithm 2, with a list of the nodes of the frontier. Cost: an edge is looked at once for each
/// step at which any of 64 sources comes by.</remarks>
internal static class MultiSourceSearch
{
    private const int Width = 64;

    public static GraphColumns WithinHops(GraphColumns graph, ReadOnlySpan<int> sources, int hops, long maxPairs)
    {
        var offsets = new int[sources.Length + 1];
        var rows = new int[sources.Length][];
        long pairs = 0;
        var (seen, visit, next) = (new ulong[graph.Nodes], new ulong[graph.Nodes], new ulong[graph.Nodes]);
        for (var begin = 0; begin < sources.Length; begin += Width)
        {
            var batch = sources.Slice(begin, Math.Min(Width, sources.Length - begin));
            var touched = Search(graph, batch, hops, (seen, visit, next));
            touched.Sort();
            foreach (var node in touched)
                pairs += BitOperations.PopCount(seen[node]);
            if (pairs > Math.Min(maxPairs, Array.MaxLength))
                throw new GraphLimitException($"More than {maxPairs:N0} nodes are within {hops} hops of the first {begin + batch.Length} sources; ask for fewer sources or hops, or raise maxPairs.");
            Transpose(touched, seen, rows.AsSpan(begin, batch.Length));
        }

        for (var i = 0; i < rows.Length; i++)
            offsets[i + 1] = offsets[i] + rows[i].Length;
        var nodes = GC.AllocateUninitializedArray<int>(offsets[^1]);
        for (var i = 0; i < rows.Length; i++)
            rows[i].CopyTo(nodes, offsets[i]);
        return new GraphColumns(offsets, nodes);
    }

    /// <summary>Rows of nodes out of the words of bits, which are cleared.</summary>
    private static void Transpose(List<int> touched, ulong[] seen, Span<int[]> rows)
    {
        Span<int> counts = stackalloc int[Width];
        foreach (var node in touched)
            for (var left = seen[node]; left != 0; left &= left - 1)
                counts[BitOperations.TrailingZeroCount(left)]++;
        for (var i = 0; i < rows.Length; i++)
            rows[i] = GC.AllocateUninitializedArray<int>(counts[i]);
        counts.Clear();
        foreach (var node in touched)
        {
            for (var left = seen[node]; left != 0; left &= left - 1)
            {
                var source = BitOperations.TrailingZeroCount(left);
                rows[source][counts[source]++] = node;
            }

            seen[node] = 0;
        }
    }

    /// <summary>Sets the bits of all nodes that are within reach.</summary>
    /// <returns>Those nodes, each once.</returns>
    private static List<int> Search(GraphColumns graph, ReadOnlySpan<int> sources, int hops, (ulong[] Seen, ulong[] Visit, ulong[] Next) words)
    {
        var (seen, visit, next) = words;
        List<int> touched = [], frontier = [], following = [];
        for (var i = 0; i < sources.Length; i++)
        {
            if ((uint)sources[i] >= (uint)graph.Nodes)
                throw new ArgumentException($"Source {i} is node {sources[i]}; the graph has {graph.Nodes} nodes.", nameof(sources));
            if (seen[sources[i]] == 0)
            {
                touched.Add(sources[i]);
                frontier.Add(sources[i]);
            }

            seen[sources[i]] |= 1UL << i;
            visit[sources[i]] |= 1UL << i;
        }

        for (var hop = 0; hop < hops && frontier.Count > 0; hop++)
        {
            foreach (var node in frontier)
            {
                var coming = visit[node];
                visit[node] = 0;
                foreach (var to in graph[node])
                {
                    var fresh = coming & ~seen[to];
                    if (fresh == 0)
                        continue;
                    if (next[to] == 0)
                        following.Add(to);
                    next[to] |= fresh;
                }
            }

            foreach (var node in following)
            {
                if (seen[node] == 0)
                    touched.Add(node);
                seen[node] |= next[node];
                visit[node] = next[node];
                next[node] = 0;
            }

            (frontier, following) = (following, frontier);
            following.Clear();
        }

        foreach (var node in frontier)
            visit[node] = 0;
        return touched;
    }
}
