using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Store;

namespace Knowledge.Benchmarks;

/// <summary>One fact comes or goes and what follows is exact: time that the committing thread ran between the commit's delta and the new snapshot.</summary>
internal static class ChangesBenchmark
{
    private const int Facts = 4000;
    private const int Worst = 8;

    /// <summary>Changes of the closure of LUBM(1), and forks of it.</summary>
    /// <param name="store">A small store.</param>
    /// <param name="rules">Rules.</param>
    public static void Run(QuadStore store, RuleSet rules)
    {
        using var graph = InferredGraph.Over(store, rules, new ForwardOptions { Time = new ThreadClock() });
        var facts = Sample(store, Facts, t => !t.Predicate.ToString().Contains("w3.org/200", StringComparison.Ordinal) && !t.Subject.ToString().Contains("univ-bench", StringComparison.Ordinal));
        Each(store, graph, facts, "fact of the LUBM(1) closure");
        Forks(store, graph, facts);
    }

    /// <summary>Takes facts away and gives them again, one by one. The first quarter warms up.</summary>
    /// <param name="store">Given facts.</param>
    /// <param name="graph">With what follows; its clock is a <see cref="ThreadClock"/>.</param>
    /// <param name="facts">Which facts.</param>
    /// <param name="name">What each is.</param>
    public static void Each(QuadStore store, InferredGraph graph, IReadOnlyList<Triple> facts, string name)
    {
        var (adds, deletes) = (new List<Change>(), new List<Change>());
        var before = graph.Count;
        foreach (var fact in facts)
        {
            deletes.Add(Measure(store, graph, fact, tx => tx.Retract(fact)));
            adds.Add(Measure(store, graph, fact, tx => tx.Add(fact)));
        }

        if (graph.Count != before)
            throw new InvalidOperationException($"After deleting and adding again there are {graph.Count} facts, not {before}.");
        Report($"delete one {name}", deletes);
        Report($"add one {name}", adds);
    }

    /// <summary>Facts of a store, drawn with replacement.</summary>
    public static List<Triple> Sample(QuadStore store, int count, Func<Triple, bool> isMeant)
    {
        var random = new Random(1);
        var all = RulesBenchmark.Triples(store).Where(isMeant).ToList();
        return [.. Enumerable.Range(0, count).Select(_ => all[random.Next(all.Count)])];
    }

    /// <summary>What-ifs in which one fact is gone, with what follows from the rest.</summary>
    private static void Forks(QuadStore store, InferredGraph graph, List<Triple> facts)
    {
        const int Forks = 400;
        var clock = new ThreadClock();
        List<double> times = [];
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Forks; i++)
        {
            var before = clock.GetTimestamp();
            using var branch = store.Fork();
            using var whatIf = graph.Fork(branch);
            using var tx = branch.Begin();
            tx.Retract(facts[i]);
            tx.Commit();
            _ = whatIf.Count;
            times.Add(clock.GetElapsedTime(before).TotalMicroseconds);
        }

        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / Forks;
        var sorted = times.Skip(Forks / 4).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"fork of {graph.Count:N0} facts with what follows, and one fact less in it: {sorted[sorted.Count / 2]:F0} µs median, {sorted[sorted.Count * 95 / 100]:F0} µs at 95 %, {bytes / 1e3:F0} kB"));
    }

    private static void Report(string name, List<Change> changes)
    {
        var sorted = changes.Skip(changes.Count / 4).OrderBy(c => c.Microseconds).ToList();
        double At(double share) => sorted[(int)(sorted.Count * share)].Microseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {At(0.5):F1} µs median, {At(0.95):F1} µs at 95 %, {At(0.99):F1} µs at 99 %, {sorted.Average(c => c.Microseconds):F1} µs mean, {sorted.Average(c => c.Facts):F1} facts and {sorted.Average(c => c.Bytes) / 1e3:F1} kB allocated on average"));
        foreach (var worst in sorted.TakeLast(Worst).Reverse())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {worst.Microseconds,10:F1} µs, {worst.Facts} facts, {worst.Bytes / 1e3:F0} kB, {worst.Collections} collections: {worst.Fact}"));
    }

    private static Change Measure(QuadStore store, InferredGraph graph, Triple fact, Action<Transaction> change)
    {
        using var tx = store.Begin();
        change(tx);
        var (time, count, bytes, collections) = (graph.FollowingTime, graph.Count, GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));
        tx.Commit();
        return new Change(fact, (graph.FollowingTime - time).TotalMicroseconds, Math.Abs(graph.Count - count), GC.GetAllocatedBytesForCurrentThread() - bytes, GC.CollectionCount(0) - collections);
    }

    private sealed record Change(Triple Fact, double Microseconds, long Facts, long Bytes, int Collections);
}
