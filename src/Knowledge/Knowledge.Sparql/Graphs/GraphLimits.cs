namespace Knowledge.Sparql;

/// <summary>Limits of graph functions; a call that reaches one throws a <see cref="PropertyFunctionException"/> with the limit's name.</summary>
public sealed record GraphLimits
{
    /// <summary>Most edges of a graph.</summary>
    /// <value>The default is 5,000,000.</value>
    public int MaxEdges { get; init; } = 5_000_000;

    /// <summary>Most steps that betweenness may need: nodes times the sum of nodes and edges.</summary>
    /// <value>The default is 2,000,000,000: some seconds.</value>
    public long MaxBetweennessSteps { get; init; } = 2_000_000_000;

    /// <summary>Most rounds until ranks stand still.</summary>
    /// <value>The default is 1,000.</value>
    public int MaxRankRounds { get; init; } = 1_000;
}
