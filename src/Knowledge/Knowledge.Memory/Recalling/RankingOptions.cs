namespace Knowledge.Memory;

/// <summary>What counts how much when turns and facts are ranked.</summary>
/// <remarks>The defaults were tuned on five conversations of LoCoMo and are reported on the other five: <c>bench/Memory.Benchmarks -- locomo</c>.</remarks>
public sealed record RankingOptions
{
    /// <summary>How soon more of a word counts less (BM25).</summary>
    /// <value>The default is 0.6.</value>
    public double K1 { get; init; } = 0.6;

    /// <summary>How much longer turns count less, 0 to 1 (BM25).</summary>
    /// <value>The default is 0.2.</value>
    public double B { get; init; } = 0.2;

    /// <summary>Share of the score of the turn before that a turn of the same session gets: answers share words with their question.</summary>
    /// <value>The default is 0.6.</value>
    public double TurnBefore { get; init; } = 0.6;

    /// <summary>Share of the score of the turn after.</summary>
    /// <value>The default is 0.2.</value>
    public double TurnAfter { get; init; } = 0.2;

    /// <summary>How much less the turns count that are one turn further away.</summary>
    /// <value>The default is 0.8.</value>
    public double Further { get; init; } = 0.8;

    /// <summary>Share of its session's own score that a turn gets.</summary>
    /// <value>The default is 0.8.</value>
    public double Session { get; init; } = 0.8;

    /// <summary>What a turn gets whose speaker is the only one that the question names.</summary>
    /// <value>The default is 2.8.</value>
    public double Speaker { get; init; } = 2.8;

    /// <summary>What a turn gets that was said at a time that the question names.</summary>
    /// <value>The default is 8.</value>
    public double Time { get; init; } = 8;

    /// <summary>What a turn gets from which a fact of the question's neighbourhood comes, times the fact's own score.</summary>
    /// <value>The default is 0.5.</value>
    public double Evidence { get; init; } = 0.5;

    /// <summary>How much less facts count that are one step further from what the question names.</summary>
    /// <value>The default is 0.5.</value>
    public double Hop { get; init; } = 0.5;

    /// <summary>The constant of reciprocal rank fusion, where vectors take part.</summary>
    /// <value>The default is 60, as in G. Cormack, C. Clarke, S. Büttcher, SIGIR 2009.</value>
    public double Fusion { get; init; } = 60;
}
