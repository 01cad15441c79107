namespace Backends.Abstractions;

/// <summary>A directed graph in two columns: where each node's edges begin, and where they lead.</summary>
public sealed class GraphColumns
{
    private readonly int[] _offsets;
    private readonly int[] _targets;

    /// <summary>A graph.</summary>
    /// <param name="offsets">For each node the place of its first target, and at the end the number of targets; taken over.</param>
    /// <param name="targets">Targets, node by node; taken over.</param>
    /// <exception cref="ArgumentException">The offsets do not ascend from 0 to the number of targets.</exception>
    public GraphColumns(int[] offsets, int[] targets)
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(targets);
        if (offsets.Length == 0 || offsets[0] != 0 || offsets[^1] != targets.Length)
            throw new ArgumentException($"Offsets must run from 0 to the number of targets, {targets.Length}.", nameof(offsets));
        for (var i = 1; i < offsets.Length; i++)
            if (offsets[i] < offsets[i - 1])
                throw new ArgumentException($"Offset {i} is {offsets[i]}, below the one before it.", nameof(offsets));
        (_offsets, _targets) = (offsets, targets);
    }

    /// <summary>Nodes, numbered from 0.</summary>
    public int Nodes => _offsets.Length - 1;

    /// <summary>Number of edges.</summary>
    public int Edges => _targets.Length;

    /// <summary>Where the edges of a node lead.</summary>
    /// <param name="node">The node.</param>
    public ReadOnlySpan<int> this[int node] => _targets.AsSpan(_offsets[node], _offsets[node + 1] - _offsets[node]);

    /// <summary>A graph from its edges.</summary>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="edges">Words with the source in the upper half and the target in the lower, in any order; duplicates stay.</param>
    /// <exception cref="ArgumentException">An edge names a node that is not there.</exception>
    public static GraphColumns FromEdges(int nodes, ReadOnlySpan<ulong> edges)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        var offsets = new int[nodes + 1];
        foreach (var edge in edges)
        {
            if (edge >> 32 >= (ulong)nodes || (uint)edge >= (uint)nodes)
                throw new ArgumentException($"The edge {edge >> 32} -> {(uint)edge} names a node beyond {nodes - 1}.", nameof(edges));
            offsets[(int)(edge >> 32) + 1]++;
        }

        for (var i = 0; i < nodes; i++)
            offsets[i + 1] += offsets[i];
        var next = offsets.AsSpan(0, nodes).ToArray();
        var targets = new int[edges.Length];
        foreach (var edge in edges)
            targets[next[(int)(edge >> 32)]++] = (int)(uint)edge;
        return new GraphColumns(offsets, targets);
    }
}
