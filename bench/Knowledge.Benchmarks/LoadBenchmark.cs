using System.Diagnostics;
using System.Globalization;
using Knowledge.Store;

namespace Knowledge.Benchmarks;

/// <summary>Parse, load and sort in two orders: CPU time of the process (user and kernel), in turns with the peers.</summary>
/// <remarks>Expected from the machine's limits for LUBM(10): 238 MB read at 2-3 GB/s, 2.8 M look-ups that wait for memory, two sorts of 1.4 M words: about 0.4 s.</remarks>
internal sealed class LoadBenchmark : IDisposable
{
    private readonly Peer? _jena = Peer.Jena();
    private readonly Peer? _oxigraph = Peer.Oxigraph();

    /// <summary>Measures.</summary>
    /// <param name="universities">Sizes of the data.</param>
    /// <param name="repetitions">Measured runs of each; one before them warms up.</param>
    /// <param name="peers">Whether the peers take part.</param>
    public void Run(IReadOnlyList<int> universities, int repetitions, bool peers)
    {
        Console.WriteLine("| data | quads | store | CPU ms, median | range | quads per CPU second | times ours |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var size in universities)
        {
            var file = Lubm.File(size);
            List<(string Name, Func<(double Cpu, long Quads)> Load)> cases = [("ours, in memory", () => Own(file)), ("ours, in a folder", () => OwnFolder(file))];
            if (peers && _jena is not null)
                cases.AddRange([("Jena 4.5.0, in memory", () => _jena.Do("mem " + file)), ("Jena 4.5.0, TDB2", () => _jena.Do("tdb2 " + file))]);
            if (peers && _oxigraph is not null)
                cases.Add(("Oxigraph 0.5.11, npm build, in memory", () => _oxigraph.Do("load " + file)));
            Measure($"LUBM({size})", cases, repetitions);
        }

        foreach (var size in universities)
            Console.WriteLine(Memory(size));
    }

    public void Dispose()
    {
        _jena?.Dispose();
        _oxigraph?.Dispose();
    }

    private static void Measure(string data, List<(string Name, Func<(double Cpu, long Quads)> Load)> cases, int repetitions)
    {
        var times = cases.ConvertAll(_ => new List<double>());
        long quads = 0;
        for (var i = 0; i <= repetitions; i++)
            for (var c = 0; c < cases.Count; c++)
            {
                var (cpu, count) = cases[c].Load();
                quads = quads == 0 || quads == count ? count : throw new InvalidOperationException($"{cases[c].Name} has {count} quads of {data}, the others {quads}.");
                if (i > 0)
                    times[c].Add(cpu);
            }

        var own = 0.0;
        for (var c = 0; c < cases.Count; c++)
        {
            times[c].Sort();
            var median = times[c][repetitions / 2];
            own = c == 0 ? median : own;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {data} | {quads:N0} | {cases[c].Name} | {median:N0} | {times[c][0]:N0}-{times[c][^1]:N0} | {quads / median * 1000:N0} | {median / own:F1} |"));
        }
    }

    private static (double Cpu, long Quads) Own(string file)
    {
        GC.Collect();
        var before = Cpu();
        using var store = QuadStore.InMemory();
        store.LoadAsync(file).Wait(Timeout.Infinite);
        return (Cpu() - before, store.Count);
    }

    private static (double Cpu, long Quads) OwnFolder(string file)
    {
        var folder = Directory.CreateTempSubdirectory("knowledge-benchmarks-").FullName;
        try
        {
            GC.Collect();
            var before = Cpu();
            using var store = QuadStore.Open(folder);
            store.LoadAsync(file).Wait(Timeout.Infinite);
            return (Cpu() - before, store.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Memory(int size)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var store = QuadStore.InMemory();
        store.LoadAsync(Lubm.File(size)).Wait(Timeout.Infinite);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var all = GC.GetTotalMemory(forceFullCollection: true) - before;
        var statistics = store.Statistics();
        return string.Create(CultureInfo.InvariantCulture,
            $"LUBM({size}) in memory: {all / 1e6:F1} MB, of them {statistics.TermBytes / 1e6:F1} MB for {statistics.Terms:N0} terms; the rest is {(all - statistics.TermBytes) / (double)statistics.Quads:F1} bytes a quad.");
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }
}
