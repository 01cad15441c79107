using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Store;

namespace Knowledge.Benchmarks;

/// <summary>Closure of LUBM under its 13 rules, changes of it, and what proofs cost: CPU time of the process, in turns with Jena.</summary>
/// <remarks>Expected: LUBM(10) copies 1.4 M facts in two orders, concludes 0.8 M in five rounds, sorts each twice at 30 M a second: 0.15 s. One fact costs some twenty searches of 50 ns.</remarks>
internal sealed class RulesBenchmark : IDisposable
{
    // Counts that Jena, EYE and an independent program agree on; LUBM(50) has one source.
    private static readonly Dictionary<int, long> s_counts = new() { [1] = 152_559, [10] = 2_180_795, [50] = 10_248_442 };

    private readonly Peer? _jena = Peer.Jena();

    /// <summary>Measures.</summary>
    /// <param name="universities">Sizes of the data.</param>
    /// <param name="repetitions">Measured runs of each; one before them warms up.</param>
    /// <param name="jenaUpTo">The largest size that Jena takes part in; 0 for none.</param>
    public void Run(IReadOnlyList<int> universities, int repetitions, int jenaUpTo)
    {
        var rules = RuleSet.Load(Data("lubm_rl.rules"));
        Console.WriteLine("| data | facts | inferred | engine | CPU ms, median | range | inferred per CPU second | times ours |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var size in universities)
        {
            using var store = Load(size);
            Measure(size, store, rules, (repetitions, size <= jenaUpTo));
        }

        using var one = Load(1);
        ChangesBenchmark.Run(one, rules);
        Proofs(one, rules);
    }

    /// <summary>Measures a rule set by its name, without a peer: Jena's sets of these names conclude other things.</summary>
    /// <param name="name">A name that <see cref="RuleSet.Named"/> knows.</param>
    /// <param name="universities">Sizes of the data.</param>
    /// <param name="repetitions">Measured runs of each; one before them warms up.</param>
    public static void RunNamed(string name, IReadOnlyList<int> universities, int repetitions)
    {
        var rules = RuleSet.Named(name);
        Console.WriteLine("| data | facts | with what follows | rules | CPU ms, median | range |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var size in universities)
        {
            using var store = Load(size);
            List<double> times = [];
            long count = 0;
            for (var i = 0; i <= repetitions; i++)
            {
                GC.Collect();
                var before = Cpu();
                using var graph = InferredGraph.Over(store, rules);
                times.Add(Cpu() - before);
                count = graph.Count;
            }

            times.RemoveAt(0);
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| LUBM({size}) | {store.Count:N0} | {count:N0} | {name} | {times[times.Count / 2]:N1} | {times[0]:N1}-{times[^1]:N1} |"));
        }
    }

    public void Dispose() => _jena?.Dispose();

    private void Measure(int size, QuadStore store, RuleSet rules, (int Repetitions, bool Jena) runs)
    {
        var (own, peer) = (new List<double>(), new List<double>());
        for (var i = 0; i <= runs.Repetitions; i++)
        {
            GC.Collect();
            var before = Cpu();
            using (var graph = InferredGraph.Over(store, rules))
            {
                own.Add(Cpu() - before);
                Check(size, "ours", graph.Count);
            }

            if (!runs.Jena || _jena is null || i > Math.Min(runs.Repetitions, size > 1 ? 0 : 3))
                continue;
            var (cpu, count) = _jena.Do($"infer {Lubm.File(size)} {Data("univ-bench.ttl")} {Data("lubm_rl.rules")}");
            Check(size, "Jena", count);
            peer.Add(cpu);
        }

        own.RemoveAt(0);
        if (peer.Count > 1)
            peer.RemoveAt(0);
        own.Sort();
        peer.Sort();
        Row("ours", own);
        if (peer.Count > 0)
            Row("Jena 4.5.0, forward RETE", peer);

        void Row(string name, List<double> times) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| LUBM({size}) | {store.Count:N0} | {s_counts[size] - store.Count:N0} | {name} | {times[times.Count / 2]:N1} | {times[0]:N1}-{times[^1]:N1} | {(s_counts[size] - store.Count) / times[times.Count / 2] * 1000:N0} | {times[times.Count / 2] / own[own.Count / 2]:N0} |"));
    }

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

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }
}
