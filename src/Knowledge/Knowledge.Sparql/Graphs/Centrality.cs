using QuikGraph;

namespace Knowledge.Sparql;

/// <summary>How much depends on a node, in two senses.</summary>
internal static class Centrality
{
    private const double Damping = 0.85;
    private const double Stillness = 1e-12;

    /// <summary>PageRank: how often somebody is at a node who follows edges by chance, and now and then, or at an end, goes anywhere. The sum is 1.</summary>
    /// <remarks>Source: Brin and Page 1998, with the damping 0.85; nodes without outgoing edges go to all nodes alike. Cost: edges in each round.</remarks>
    /// <returns>Ranks; null where they do not stand still within the rounds.</returns>
    public static Dictionary<TNode, double>? PageRank<TNode>(BidirectionalGraph<TNode, SEquatableEdge<TNode>> graph, int maxRounds, CancellationToken cancellation)
        where TNode : notnull
    {
        var (nodes, count) = (graph.Vertices.ToList(), graph.VertexCount);
        var ranks = nodes.ToDictionary(n => n, _ => 1.0 / count);
        for (var round = 0; round < maxRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var anywhere = (1 - Damping + (Damping * nodes.Where(n => graph.OutDegree(n) == 0).Sum(n => ranks[n]))) / count;
            var next = nodes.ToDictionary(n => n, n => anywhere + (Damping * graph.InEdges(n).Sum(e => ranks[e.Source] / graph.OutDegree(e.Source))));
            var change = nodes.Sum(n => Math.Abs(next[n] - ranks[n]));
            ranks = next;
            if (change < Stillness)
                return ranks;
        }

        return count == 0 ? ranks : null;
    }

    /// <summary>Betweenness: over all ordered pairs of other nodes, the share of their shortest paths that lead through a node.</summary>
    /// <remarks>Source: Brandes 2001, "A Faster Algorithm for Betweenness Centrality", algorithm 1, for directed graphs without weights; not normalised. Cost: nodes times edges.</remarks>
    public static Dictionary<TNode, double> Betweenness<TNode>(BidirectionalGraph<TNode, SEquatableEdge<TNode>> graph, CancellationToken cancellation)
        where TNode : notnull
    {
        var between = graph.Vertices.ToDictionary(n => n, _ => 0.0);
        foreach (var source in graph.Vertices)
        {
            cancellation.ThrowIfCancellationRequested();
            var distance = new Dictionary<TNode, int> { [source] = 0 };
            var paths = new Dictionary<TNode, double> { [source] = 1 };
            var order = new List<TNode> { source };
            for (var i = 0; i < order.Count; i++)
            {
                foreach (var to in graph.OutEdges(order[i]).Select(e => e.Target))
                {
                    if (distance.TryAdd(to, distance[order[i]] + 1))
                        order.Add(to);
                    if (distance[to] == distance[order[i]] + 1)
                        paths[to] = paths.GetValueOrDefault(to) + paths[order[i]];
                }
            }

            var dependency = new Dictionary<TNode, double>();
            for (var i = order.Count - 1; i > 0; i--)
            {
                var (node, own) = (order[i], dependency.GetValueOrDefault(order[i]));
                between[node] += own;
                foreach (var before in graph.InEdges(node).Select(e => e.Source))
                    if (distance.TryGetValue(before, out var far) && far + 1 == distance[node])
                        dependency[before] = dependency.GetValueOrDefault(before) + (paths[before] / paths[node] * (1 + own));
            }
        }

        return between;
    }
}
