namespace Knowledge.Rules;

/// <summary>A graph at another time, as a source of its own.</summary>
/// <param name="graph">The graph.</param>
/// <param name="time">The time; what is asked for with a time of its own is seen at that.</param>
internal sealed class PastGraph(InferredGraph graph, AsOf time) : IQuadSource
{
    /// <summary>The graph whose past it shows.</summary>
    public InferredGraph Graph => graph;

    /// <inheritdoc/>
    public long Version => graph.Version;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Prefixes => graph.Prefixes;

    /// <inheritdoc/>
    public IQuadSnapshot Snapshot(AsOf asOf = default) => graph.Snapshot(new AsOf(asOf.Valid ?? time.Valid, asOf.Known ?? time.Known));

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<QuadDelta> listener) => throw new NotSupportedException("A view of another time tells of no changes; subscribe to the graph itself.");
}
