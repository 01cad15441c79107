using System.Runtime.InteropServices;
using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Strongly connected components, and the graph between them.</summary>
/// <remarks>Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972, with a stack of its own in place of recursion. Cost: nodes and edges.</remarks>
internal sealed class Components
{
    private Components(int[] of, int[] sizes, bool[] isCyclic, GraphColumns graph)
    {
        Of = of;
        Sizes = sizes;
        IsCyclic = isCyclic;
        Graph = graph;
    }

    /// <summary>The component of each node. Edges lead from a component to itself or to one with a lower number.</summary>
    public int[] Of { get; }

    /// <summary>Nodes of each component.</summary>
    public int[] Sizes { get; }

    /// <summary>Whether the nodes of a component reach themselves.</summary>
    public bool[] IsCyclic { get; }

    /// <summary>Edges between components, ascending, each once, none to itself.</summary>
    public GraphColumns Graph { get; }

    public static Components Find(GraphColumns graph)
    {
        var (of, count) = Number(graph);
        var sizes = new int[count];
        var isCyclic = new bool[count];
        var edges = new List<ulong>();
        var stamps = new int[count];
        Array.Fill(stamps, -1);
        var (offsets, members) = Members(of, sizes);
        for (var component = 0; component < count; component++)
        {
            isCyclic[component] = sizes[component] > 1;
            var from = edges.Count;
            foreach (var node in members.AsSpan(offsets[component], sizes[component]))
            {
                foreach (var target in graph[node])
                {
                    var to = of[target];
                    if (to == component)
                        isCyclic[component] = true;
                    else if (stamps[to] != component)
                    {
                        stamps[to] = component;
                        edges.Add(((ulong)component << 32) | (uint)to);
                    }
                }
            }

            CollectionsMarshal.AsSpan(edges)[from..].Sort();
        }

        return new Components(of, sizes, isCyclic, GraphColumns.FromEdges(count, CollectionsMarshal.AsSpan(edges)));
    }

    /// <summary>Nodes by component, ascending within each.</summary>
    public static (int[] Offsets, int[] Members) Members(int[] of, int[] sizes)
    {
        Array.Clear(sizes);
        foreach (var component in of)
            sizes[component]++;
        var offsets = new int[sizes.Length + 1];
        for (var i = 0; i < sizes.Length; i++)
            offsets[i + 1] = offsets[i] + sizes[i];
        var next = offsets.AsSpan(0, sizes.Length).ToArray();
        var members = new int[of.Length];
        for (var node = 0; node < of.Length; node++)
            members[next[of[node]]++] = node;
        return (offsets, members);
    }

    private static (int[] Of, int Count) Number(GraphColumns graph)
    {
        var n = graph.Nodes;
        var (of, index, low, edge, parent) = (new int[n], new int[n], new int[n], new int[n], new int[n]);
        Array.Fill(of, -1);
        var open = new Stack<int>();
        var (visited, count) = (0, 0);
        for (var root = 0; root < n; root++)
        {
            if (index[root] != 0)
                continue;
            parent[root] = -1;
            var node = root;
            Enter(node);
            while (node >= 0)
            {
                if (edge[node] < graph[node].Length)
                {
                    var to = graph[node][edge[node]++];
                    if (index[to] == 0)
                    {
                        parent[to] = node;
                        node = to;
                        Enter(node);
                    }
                    else if (of[to] < 0)
                        low[node] = Math.Min(low[node], index[to]);
                    continue;
                }

                if (low[node] == index[node])
                {
                    int member;
                    do
                        of[member = open.Pop()] = count;
                    while (member != node);
                    count++;
                }

                if (parent[node] >= 0)
                    low[parent[node]] = Math.Min(low[parent[node]], low[node]);
                node = parent[node];
            }
        }

        return (of, count);

        void Enter(int node)
        {
            index[node] = low[node] = ++visited;
            open.Push(node);
        }
    }
}
