using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Strongly connected components, and the graph between them.</summary>
/// <remarks>Cost: nodes and edges.</remarks>
internal sealed class Components
{
    private Components(int[] of, GraphColumns members, bool[] isCyclic, GraphColumns graph)
    {
        Of = of;
        Members = members;
        IsCyclic = isCyclic;
        Graph = graph;
    }

    /// <summary>Number of components.</summary>
    public int Count => Members.Nodes;

    /// <summary>The component of each node. Edges lead from a component to itself or to one with a lower number.</summary>
    public int[] Of { get; }

    /// <summary>The nodes of each component, in no order.</summary>
    public GraphColumns Members { get; }

    /// <summary>Whether the nodes of a component reach themselves.</summary>
    public bool[] IsCyclic { get; }

    /// <summary>Edges between components, none to itself; in no order, and as often as there are edges between their nodes.</summary>
    public GraphColumns Graph { get; }

    public static Components Find(GraphColumns graph)
    {
        var (of, members) = ComponentSearch.Number(graph);
        var isCyclic = new bool[members.Nodes];
        return new Components(of, members, isCyclic, Condense(graph, of, members, isCyclic));
    }

    private static GraphColumns Condense(GraphColumns graph, int[] of, GraphColumns members, bool[] isCyclic)
    {
        var (offsets, targets, at) = (new int[members.Nodes + 1], new int[graph.Edges], 0);
        for (var component = 0; component < isCyclic.Length; component++)
        {
            var isCycle = false;
            foreach (var node in members[component])
            {
                foreach (var target in graph[node])
                {
                    var to = of[target];
                    if (to == component)
                        isCycle = true;
                    else
                        targets[at++] = to;
                }
            }

            isCyclic[component] = isCycle;
            offsets[component + 1] = at;
        }

        Array.Resize(ref targets, at);
        return new GraphColumns(offsets, targets);
    }
}
