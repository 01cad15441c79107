using System.Globalization;
using System.Numerics;
using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Graph work in this process, with the vector instructions that the machine has.</summary>
public sealed class CpuGraphOffload : IGraphOffload
{
    /// <inheritdoc/>
    public string Device { get; } = string.Create(CultureInfo.InvariantCulture, $"cpu, {Vector<byte>.Count * 8} bits");

    /// <inheritdoc/>
    public IReachability Closure(GraphColumns graph, long maxBytes = 1L << 30)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return TransitiveClosure.Of(graph, maxBytes);
    }

    /// <inheritdoc/>
    public GraphColumns WithinHops(GraphColumns graph, ReadOnlySpan<int> sources, int hops, long maxPairs = 1L << 28)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentOutOfRangeException.ThrowIfNegative(hops);
        return MultiSourceSearch.WithinHops(graph, sources, hops, maxPairs);
    }

    /// <inheritdoc/>
    public ulong[] Join(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, long maxRows = 1L << 28) => MergeJoin.Join(left, right, maxRows);

    /// <inheritdoc/>
    public IReadOnlyList<ScoredRow> BestTails(EmbeddingModel model, EmbeddingTable entities, ReadOnlySpan<float> head, ReadOnlySpan<float> relation, int count) =>
        EmbeddingScores.BestTails(model, entities, head, relation, count);
}
