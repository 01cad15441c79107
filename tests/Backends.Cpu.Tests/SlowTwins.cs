using Backends.Abstractions;

namespace Backends.Cpu.Tests;

/// <summary>The obvious way to each answer.</summary>
internal static class SlowTwins
{
    public static GraphColumns RandomGraph(Random random, int nodes, int edges)
    {
        var words = new ulong[edges];
        for (var i = 0; i < edges; i++)
            words[i] = ((ulong)random.Next(nodes) << 32) | (uint)random.Next(nodes);
        return GraphColumns.FromEdges(nodes, words);
    }

    /// <summary>Warshall 1962.</summary>
    public static bool[,] Closure(GraphColumns graph)
    {
        var reaches = new bool[graph.Nodes, graph.Nodes];
        for (var i = 0; i < graph.Nodes; i++)
            foreach (var j in graph[i])
                reaches[i, j] = true;
        for (var k = 0; k < graph.Nodes; k++)
            for (var i = 0; i < graph.Nodes; i++)
                for (var j = 0; j < graph.Nodes; j++)
                    reaches[i, j] |= reaches[i, k] && reaches[k, j];
        return reaches;
    }

    /// <summary>What a walk of one edge or more leads to.</summary>
    public static int[] Reached(GraphColumns graph, int source)
    {
        var (seen, open) = (new SortedSet<int>(), new Queue<int>([source]));
        while (open.TryDequeue(out var node))
            foreach (var to in graph[node])
                if (seen.Add(to))
                    open.Enqueue(to);
        return [.. seen];
    }

    public static int[] WithinHops(GraphColumns graph, int source, int hops)
    {
        var seen = new SortedSet<int> { source };
        for (var hop = 0; hop < hops; hop++)
            foreach (var node in seen.ToArray())
                seen.UnionWith(graph[node].ToArray());
        return [.. seen];
    }

    public static ulong[] Join(ulong[] left, ulong[] right) =>
        [.. left.SelectMany(l => right.Where(r => r >> 32 == l >> 32).Select(r => (l << 32) | (uint)r))];

    public static double Score(EmbeddingModel model, float[] h, float[] r, float[] t)
    {
        var half = h.Length / 2;
        System.Numerics.Complex At(float[] v, int i) => new(v[i], v[half + i]);
        return model switch
        {
            EmbeddingModel.TransE => -Math.Sqrt(h.Select((x, i) => Math.Pow((double)x + r[i] - t[i], 2)).Sum()),
            EmbeddingModel.DistMult => h.Select((x, i) => (double)x * r[i] * t[i]).Sum(),
            EmbeddingModel.ComplEx => Enumerable.Range(0, half).Sum(i => (At(h, i) * At(r, i) * System.Numerics.Complex.Conjugate(At(t, i))).Real),
            _ => -Enumerable.Range(0, half).Sum(i => (At(h, i) * At(r, i) - At(t, i)).Magnitude),
        };
    }
}
