using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>The depth-first search that finds strongly connected components.</summary>
/// <remarks>
/// <para>Source: D. J. Pearce, "A space-efficient algorithm for finding strongly connected components", Information Processing Letters 116(1), 2016, algorithm PEA_FIND_SCC2:
/// Tarjan's search with one number for each node in place of two, and a second stack only for nodes that are not the root of their component, so that a graph without cycles never
/// touches it. Its calls are a stack of <see cref="Visit"/>s here, and a visit keeps its own lowest mark.</para>
/// <para>Cost: nodes and edges.</para>
/// </remarks>
internal sealed class ComponentSearch
{
    private readonly GraphColumns _graph;
    // 0 for a node not seen. Then the lowest place, among the nodes that are in no component yet, of those that it is known to reach. At last the number of nodes less that of its component,
    // which is above all such places, so that an edge to a component that is complete changes nothing.
    private readonly int[] _marks;
    // Nodes whose visit is over and whose root is still on the path.
    private readonly Stack<int> _waiting = new();
    private readonly int[] _members;
    private int[] _offsets;
    private Visit[] _path = new Visit[64];
    private int _open, _placed, _count;

    private ComponentSearch(GraphColumns graph)
    {
        _graph = graph;
        _marks = new int[graph.Nodes];
        _members = new int[graph.Nodes];
        _offsets = new int[graph.Nodes + 1];
    }

    /// <summary>Numbers components in the order in which they are complete, so that edges lead to lower numbers, and to higher and higher ones where each leads to nodes not seen before.</summary>
    public static (int[] Of, GraphColumns Members) Number(GraphColumns graph)
    {
        var search = new ComponentSearch(graph);
        var of = search._marks;
        for (var node = 0; node < of.Length; node++)
            if (of[node] == 0)
                search.From(node);
        for (var node = 0; node < of.Length; node++)
            of[node] = of.Length - of[node];
        Array.Resize(ref search._offsets, search._count + 1);
        return (of, new GraphColumns(search._offsets, search._members));
    }

    private void From(int node)
    {
        var (marks, path, depth, edge) = (_marks, _path, 0, 0);
        var lowest = marks[node] = ++_open;
        var own = lowest;
        while (true)
        {
            int mark;
            var targets = _graph[node];
            for (; edge < targets.Length && (mark = marks[targets[edge]]) != 0; edge++)
                lowest = Math.Min(lowest, mark);
            if (edge < targets.Length)
            {
                if (depth == path.Length)
                    Array.Resize(ref path, 2 * depth);
                path[depth++] = new Visit(node, edge + 1, own, lowest);
                (node, edge) = (targets[edge], 0);
                own = lowest = marks[node] = ++_open;
                continue;
            }

            if (lowest == own)
                Complete(node, own);
            else
                Wait(node, lowest);
            if (depth == 0)
                break;
            // A child that was the root of its component has its own mark, which is above that of its parent.
            var parent = path[--depth];
            (node, edge, own, lowest) = (parent.Node, parent.Edge, parent.Own, Math.Min(parent.Lowest, lowest));
        }

        _path = path;
    }

    private void Wait(int node, int lowest)
    {
        _marks[node] = lowest;
        _waiting.Push(node);
    }

    /// <summary>Makes a component of a root and the nodes that wait for it.</summary>
    private void Complete(int root, int own)
    {
        while (_waiting.TryPeek(out var node) && _marks[node] >= own)
            Place(_waiting.Pop());
        Place(root);
        _offsets[++_count] = _placed;
    }

    private void Place(int node)
    {
        _marks[node] = _marks.Length - _count;
        _members[_placed++] = node;
        _open--;
    }

    /// <summary>A visit of a node that waits for that of a child.</summary>
    private readonly record struct Visit(int Node, int Edge, int Own, int Lowest);
}
