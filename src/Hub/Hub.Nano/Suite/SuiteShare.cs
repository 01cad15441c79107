namespace Hub.Nano.Suite;

/// <summary>A share of right answers.</summary>
/// <param name="Family">Family of the questions, or <c>all</c>.</param>
/// <param name="Right">Right answers.</param>
/// <param name="Count">Questions.</param>
/// <param name="Low">Lower bound of the 95 % interval.</param>
/// <param name="High">Upper bound of the 95 % interval.</param>
/// <param name="Majority">Share of the most frequent right answer: what somebody scores who always says the same.</param>
public sealed record SuiteShare(string Family, int Right, int Count, double Low, double High, double Majority)
{
    /// <summary>Counts results.</summary>
    /// <param name="family">Their family.</param>
    /// <param name="results">The results.</param>
    public static SuiteShare Of(string family, IReadOnlyList<NanoResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var right = results.Count(r => r.IsRight);
        var (low, high) = results.Count == 0 ? (0, 1) : Wilson.Interval(right, results.Count);
        var majority = results.Count == 0 ? 0 : results.CountBy(r => NanoSuite.Wanted(r.Episode)).Max(c => c.Value) / (double)results.Count;
        return new SuiteShare(family, right, results.Count, low, high, majority);
    }
}
