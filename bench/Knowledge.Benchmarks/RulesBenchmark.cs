using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Store;

namespace Knowledge.Benchmarks;

/// <summary>Closure of LUBM under its 13 rules, changes of it, and what proofs cost: CPU time of the process on one thread, in turns with Jena, and elapsed time on all.</summary>
/// <remarks>Expected: LUBM(10) copies 1.4 M facts in two orders, concludes 0.8 M in five rounds, sorts each twice at 30 M a second: 0.15 s. One fact costs some twenty searches of 50 ns.</remarks>
internal sealed class RulesBenchmark : IDisposable
{
    // Counts that Jena, EYE and an independent program agree on; LUBM(50) has one source.
    private static readonly Dictionary<int, long> s_counts = new() { [1] = 152_559, [10] = 2_180_795, [50] = 10_248_442 };

    private const string Ours = "ours";
    private const string Unexplained = "ours without derivations";
    private const string Jena = "Jena 4.5.0, forward RETE";

    private readonly Peer? _jena = Peer.Jena();

    /// <summary>Measures.</summary>
    /// <param name="universities">Sizes of the data.</param>
    /// <param name="repetitions">Measured runs of each; one before them warms up.</param>
    /// <param name="jenaUpTo">The largest size that Jena takes part in; 0 for none.</param>
    public void Run(IReadOnlyList<int> universities, int repetitions, int jenaUpTo)
    {
        var rules = RuleSet.Load(Data("lubm_rl.rules"));
        var sizes = universities.Select(u => (Size: u, Store: Load(u))).ToList();
        var times = new Dictionary<(int Size, string Engine), List<double>>();
        // In turns, so that what else the machine does meets all alike; the first round warms up.
        for (var i = 0; i <= repetitions; i++)
        {
            foreach (var (size, store) in sizes)
            {
                Close(size, store, rules, (Ours, new ForwardOptions { MaxParallelism = 1 }), times);
                Close(size, store, rules, (Unexplained, new ForwardOptions { MaxParallelism = 1, KeepDerivations = false }), times);
                if (size > jenaUpTo || _jena is null || i > Math.Min(repetitions, size > 1 ? 0 : 3))
                    continue;
                var (cpu, count) = _jena.Do($"infer {Lubm.File(size)} {Data("univ-bench.ttl")} {Data("lubm_rl.rules")}");
                Check(size, Jena, count);
                Add(times, (size, Jena), cpu);
            }
        }

        foreach (var list in times.Values.Where(t => t.Count > 1))
            list.RemoveAt(0);
        Report(sizes, times);
        Share(sizes, rules, repetitions);
        foreach (var (_, store) in sizes)
            store.Dispose();
        sizes.Clear();
        using var one = Load(1);
        ChangesBenchmark.Run(one, rules);
        Proofs(one, rules);
    }

    /// <summary>Measures a rule set by its name, and once Jena's of this name, which concludes other things.</summary>
    /// <param name="name">A name that <see cref="RuleSet.Named"/> knows.</param>
    /// <param name="universities">Sizes of the data.</param>
    /// <param name="repetitions">Measured runs of each; one before them warms up.</param>
    /// <param name="jenaUpTo">The largest size that Jena takes part in, after ours; 0 for none. Its OWL reasoners take minutes for LUBM(1).</param>
    public void RunNamed(string name, IReadOnlyList<int> universities, int repetitions, int jenaUpTo)
    {
        var rules = RuleSet.Named(name);
        List<(int Size, QuadStore Store)> sizes = [];
        Console.WriteLine("| data | facts | with what follows | rules | CPU ms, median | range | times ours |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var size in universities)
        {
            var store = Load(size);
            sizes.Add((size, store));
            List<double> times = [];
            long count = 0;
            for (var i = 0; i <= repetitions; i++)
            {
                GC.Collect();
                var before = Cpu();
                using var graph = InferredGraph.Over(store, rules, new ForwardOptions { MaxParallelism = 1 });
                times.Add(Cpu() - before);
                count = graph.Count;
            }

            times.RemoveAt(0);
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| LUBM({size}) | {store.Count:N0} | {count:N0} | {name} | {Median(times):N1} | {times[0]:N1}-{times[^1]:N1} | 1 |"));
            if (size > jenaUpTo || _jena is null)
                continue;
            var (cpu, all) = _jena.Do($"infer {Lubm.File(size)} {Data("univ-bench.ttl")} {name}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| LUBM({size}) | {store.Count:N0} | {all:N0} | {name} of Jena 4.5.0 | {cpu:N1} | one run | {cpu / Median(times):N0} |"));
        }

        Share(sizes, rules, repetitions);
        foreach (var (_, store) in sizes)
            store.Dispose();
    }

    public void Dispose() => _jena?.Dispose();

    private static void Close(int size, QuadStore store, RuleSet rules, (string Name, ForwardOptions Options) engine, Dictionary<(int Size, string Engine), List<double>> times)
    {
        GC.Collect();
        var before = Cpu();
        using var graph = InferredGraph.Over(store, rules, engine.Options);
        Add(times, (size, engine.Name), Cpu() - before);
        Check(size, engine.Name, graph.Count);
    }

    /// <summary>Elapsed time on one thread and on all processors, in turns.</summary>
    private static void Share(List<(int Size, QuadStore Store)> sizes, RuleSet rules, int repetitions)
    {
        Console.WriteLine("| data | threads | elapsed ms, median | range | CPU ms, median | of one thread's time, median of the turns | range |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (size, store) in sizes)
        {
            int[] threads = [1, Environment.ProcessorCount];
            var turns = new List<(double Elapsed, double Cpu)[]>();
            for (var i = 0; i <= repetitions; i++)
                turns.Add([.. threads.Select(t => Elapsed(store, rules, new ForwardOptions { MaxParallelism = t }))]);
            turns.RemoveAt(0);
            for (var i = 0; i < threads.Length; i++)
            {
                var (elapsed, cpu, share) = (turns.ConvertAll(t => t[i].Elapsed), turns.ConvertAll(t => t[i].Cpu), turns.ConvertAll(t => t[i].Elapsed / t[0].Elapsed));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| LUBM({size}) | {threads[i]} | {Median(elapsed):N1} | {elapsed.Min():N1}-{elapsed.Max():N1} | {Median(cpu):N1} | {Median(share):F2} | {share.Min():F2}-{share.Max():F2} |"));
            }
        }
    }

    private static (double Elapsed, double Cpu) Elapsed(QuadStore store, RuleSet rules, ForwardOptions options)
    {
        GC.Collect();
        var (clock, before) = (Stopwatch.StartNew(), Cpu());
        using var graph = InferredGraph.Over(store, rules, options);
        return (clock.Elapsed.TotalMilliseconds, Cpu() - before);
    }

    private static void Add(Dictionary<(int Size, string Engine), List<double>> times, (int Size, string Engine) key, double time)
    {
        if (!times.TryGetValue(key, out var list))
            times[key] = list = [];
        list.Add(time);
    }

    private static void Report(List<(int Size, QuadStore Store)> sizes, Dictionary<(int Size, string Engine), List<double>> times)
    {
        Console.WriteLine("| data | facts | inferred | engine | CPU ms, median | range | inferred per CPU second | times ours |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (size, store) in sizes)
        {
            foreach (var engine in new[] { Ours, Unexplained, Jena }.Where(e => times.ContainsKey((size, e))))
            {
                var (cpu, inferred) = (times[(size, engine)], s_counts[size] - store.Count);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| LUBM({size}) | {store.Count:N0} | {inferred:N0} | {engine} | {Median(cpu):N1} | {cpu.Min():N1}-{cpu.Max():N1} | {inferred / Median(cpu) * 1000:N0} | {Median(cpu) / Median(times[(size, Ours)]):N2} |"));
            }
        }

        foreach (var (size, _) in sizes)
        {
            var pairs = times[(size, Ours)].Zip(times[(size, Unexplained)], (with, without) => with / without).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"LUBM({size}): derivations cost {(Median(pairs) - 1) * 100:F1} % of CPU time (median of {pairs.Count} pairs, {(pairs.Min() - 1) * 100:F0} to {(pairs.Max() - 1) * 100:F0} %)"));
        }

        foreach (var ((small, _), (large, _)) in sizes.Zip(sizes.Skip(1)))
        {
            var linear = (double)s_counts[large] / s_counts[small];
            var growth = times[(small, Ours)].Zip(times[(large, Ours)], (a, b) => b / a / linear).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"LUBM({large}) over LUBM({small}): {Median(times[(large, Ours)]) / Median(times[(small, Ours)]) / linear:F2} × linear by medians, {times[(large, Ours)].Min() / times[(small, Ours)].Min() / linear:F2} by minima, {Median(growth):F2} the median of {growth.Count} turns"));
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>All proofs of LUBM(1), each found and checked.</summary>
    private static void Proofs(QuadStore store, RuleSet rules)
    {
        using var graph = InferredGraph.Over(store, rules);
        var given = Triples(store).ToHashSet();
        var checker = new ProofChecker(rules, given.Contains);
        var count = 0;
        var clock = Stopwatch.StartNew();
        foreach (var triple in Triples(graph).Where(t => !given.Contains(t)))
        {
            if (checker.Check(graph.Explain(triple)!) is { } problem)
                throw new InvalidOperationException(problem);
            count++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} proofs found and accepted by the checker, {clock.Elapsed.TotalMicroseconds / count:F1} µs each"));
    }

    /// <summary>The default graph of a source.</summary>
    internal static IEnumerable<Triple> Triples(IQuadSource source)
    {
        using var snapshot = source.Snapshot();
        var terms = new Dictionary<TermId, Term>();
        foreach (var counts in snapshot.Predicates(TermId.None))
        {
            var pairs = new List<ulong>();
            using var cursor = snapshot.Pairs(TermId.None, counts.Predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                pairs.AddRange(block);
            foreach (var pair in pairs)
                yield return new Triple(Term(PackedPair.First(pair)), Term(counts.Predicate), Term(PackedPair.Second(pair)));
        }

        Term Term(TermId id)
        {
            if (terms.TryGetValue(id, out var term))
                return term;
            var text = new System.Buffers.ArrayBufferWriter<byte>();
            snapshot.Terms.Write(id, text);
            return terms[id] = TermText.Parse(text.WrittenSpan);
        }
    }

    private static QuadStore Load(int size)
    {
        var store = QuadStore.InMemory();
        store.LoadAsync(Lubm.File(size)).Wait(Timeout.Infinite);
        store.LoadAsync(Data("univ-bench.ttl")).Wait(Timeout.Infinite);
        return store;
    }

    private static void Check(int size, string name, long count)
    {
        if (count != s_counts[size])
            throw new InvalidOperationException($"{name} has {count} facts of LUBM({size}); there are {s_counts[size]}.");
    }

    private static string Data(string name, [CallerFilePath] string here = "")
    {
        var data = Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "shared", "data");
        return Path.GetFullPath(Path.Combine(data, "lubm", name));
    }

    /// <summary>CPU time of the process, in milliseconds.</summary>
    internal static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }
}
