namespace Knowledge.Rules;

/// <summary>What followed at other times, inferred when somebody asks; the time that was asked for last is kept until the source changes.</summary>
/// <remarks>Safe for several threads; they wait for each other.</remarks>
/// <param name="graph">The graph whose past it is.</param>
internal sealed class PastInferences(InferredGraph graph)
{
    private readonly Lock _looking = new();
    private (AsOf Time, long Version, InferredState State)? _latest;

    /// <summary>What followed from what was so, or was believed, at a time.</summary>
    public InferredSnapshot At(AsOf time)
    {
        var version = graph.Source.Version;
        lock (_looking)
        {
            if (_latest is not { } latest || latest.Time != time || latest.Version != version)
                _latest = latest = (time, version, graph.InferAnew(graph.Source.Snapshot(time), version));
            return new InferredSnapshot(graph, latest.State);
        }
    }
}
