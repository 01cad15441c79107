namespace Serving.Benchmarks;

/// <summary>What the benchmarks of servers share: warming up, and what stands for many rounds.</summary>
internal static class Rounds
{
    /// <summary>Loads a server until it has answered so many requests, so that what is hot is compiled; between turns it forgets its runs.</summary>
    /// <param name="peer">The server.</param>
    /// <param name="answers">Answers that suffice.</param>
    /// <param name="load">One turn; gives the requests that were answered.</param>
    /// <param name="mostTurns">Turns after which a slow server is warm enough.</param>
    public static async Task WarmAsync(Peer peer, long answers, Func<Task<long>> load, int mostTurns = int.MaxValue)
    {
        for (var (warm, turn) = (0L, 0); warm < answers && turn < mostTurns; turn++)
        {
            warm += await load();
            peer.Prune();
        }
    }

    /// <summary>The median.</summary>
    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
