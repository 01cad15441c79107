using System.Diagnostics;
using System.Globalization;
using Knowledge.Benchmarks;
using Knowledge.Sparql;
using Knowledge.Store;

namespace Sparql.Benchmarks;

/// <summary>The 14 queries of LUBM on one closed graph, from text to terms: CPU time of one answer, in turns with the peers.</summary>
/// <remarks>Expected before it was written: LUBM(10), geometric mean 0.35 ms or less, Q2 3 ms, Q9 5 ms, none above 12 ms.</remarks>
/// <param name="store">The closed graph.</param>
/// <param name="queries">Folder with q1.rq to q14.rq.</param>
/// <param name="peers">Others that hold the same graph, with the command that asks them.</param>
internal sealed class QueryBenchmark(QuadStore store, string queries, IReadOnlyList<(string Name, Peer Peer, string Ask)> peers)
{
    // CPU time of one measurement: many answers where one is shorter than the clocks can tell.
    private const double MeasuredMilliseconds = 60;
    private const double WarmMilliseconds = 600;

    /// <summary>Measures, and writes a table.</summary>
    /// <param name="rounds">Measurements of each query and store; the median counts.</param>
    public void Run(int rounds)
    {
        string[] names = ["ours", .. peers.Select(p => p.Name)];
        Console.WriteLine($"| query | solutions | {string.Join(" | ", names.Select(n => n + ", ms"))} |");
        Console.WriteLine($"|---|--:|{string.Concat(names.Select(_ => "--:|"))}");
        var medians = names.Select(_ => new List<double>()).ToList();
        for (var number = 1; number <= 14; number++)
        {
            var file = Path.GetFullPath(Path.Combine(queries, $"q{number}.rq"));
            var (count, row) = Measure(file, rounds);
            for (var i = 0; i < row.Count; i++)
                medians[i].Add(row[i]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| Q{number} | {count} | {string.Join(" | ", row.Select(Text))} |"));
        }

        var means = medians.ConvertAll(m => Math.Exp(m.Average(Math.Log)));
        Console.WriteLine($"| geometric mean | | {string.Join(" | ", means.Select(Text))} |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| times ours | | {string.Join(" | ", means.Select(m => $"{m / means[0]:0.0}"))} |"));
    }

    private (long Count, List<double> Medians) Measure(string file, int rounds)
    {
        var text = File.ReadAllText(file);
        Ask(text, WarmMilliseconds);
        foreach (var (_, peer, ask) in peers)
            peer.Do($"ask {ask}{WarmMilliseconds} {file}");
        var times = peers.Select(_ => new List<double>()).Prepend([]).ToList();
        var count = 0L;
        for (var round = 0; round < rounds; round++)
        {
            (var own, count) = Ask(text, MeasuredMilliseconds);
            times[0].Add(own);
            for (var i = 0; i < peers.Count; i++)
            {
                var (time, found) = peers[i].Peer.Do($"ask {peers[i].Ask}{MeasuredMilliseconds} {file}");
                if (found != count)
                    throw new InvalidOperationException($"{peers[i].Name} has {found} solutions of {Path.GetFileName(file)}, ours {count}.");
                times[i + 1].Add(time);
            }
        }

        return (count, times.ConvertAll(t => t.Order().ElementAt(t.Count / 2)));
    }

    private (double Cpu, long Count) Ask(string query, double milliseconds)
    {
        var (runs, rows, before) = (0, 0L, Cpu());
        double used;
        do
        {
            rows = Solutions(query);
            runs++;
            used = Cpu() - before;
        }
        while (used < milliseconds);
        return (used / runs, rows);
    }

    // Every term of every solution becomes an object, as for a caller.
    private long Solutions(string query)
    {
        var rows = 0L;
        foreach (var solution in store.Select(query))
        {
            var isBound = false;
            for (var i = 0; i < solution.Count; i++)
                isBound |= solution[i] is not null;
            rows += isBound ? 1 : 0;
        }

        return rows;
    }

    // User and kernel time of all threads, those that collect and compile included.
    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    private static string Text(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);
}
