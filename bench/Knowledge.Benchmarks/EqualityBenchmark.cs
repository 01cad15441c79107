using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Store;

namespace Knowledge.Benchmarks;

/// <summary>Things with several names that are the same: closure by classes of names, beside the same rules joined one by one, and beside Jena.</summary>
/// <remarks>Expected: with k names each fact between two things is made once of 2k times that rules conclude it, so some 2k times less time but for sorting what is made.</remarks>
internal sealed class EqualityBenchmark : IDisposable
{
    private const string Name = "http://example.org/n";
    private const string Property = "http://example.org/p";
    private const string Same = "http://www.w3.org/2002/07/owl#sameAs";

    private readonly Peer? _jena = Peer.Jena();

    /// <summary>Measures.</summary>
    /// <param name="things">How many things there are, by size of the data.</param>
    /// <param name="names">How many names each has.</param>
    /// <param name="repetitions">Measured runs of each; one before them warms up.</param>
    /// <param name="jenaUpTo">The most things for which Jena takes part, once.</param>
    public void Run(IReadOnlyList<int> things, IReadOnlyList<int> names, int repetitions, int jenaUpTo)
    {
        var folder = Directory.CreateTempSubdirectory("equality-");
        var file = Path.Combine(folder.FullName, "equality.rules");
        File.WriteAllText(file, Rules("", ""));
        var byClasses = RuleSet.Load(file);
        // A test that changes no conclusion, and makes the rules ones like any others.
        var joined = RuleSet.Parse(Rules(" notEqual(?s, ?s1)", " notEqual(?o, ?o1)"));
        Console.WriteLine("| things | names of each | given | with what follows | engine | CPU ms, median | range | times ours |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var count in things)
        {
            foreach (var k in names)
            {
                var data = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{count}x{k}.nt"));
                File.WriteAllLines(data, Lines(count, k));
                using var store = QuadStore.InMemory();
                store.LoadAsync(data).Wait(Timeout.Infinite);
                var (own, other) = (new List<double>(), new List<double>());
                long all = 0;
                for (var i = 0; i <= repetitions; i++)
                {
                    own.Add(Close(store, byClasses, out all));
                    other.Add(Close(store, joined, out var same));
                    if (same != all)
                        throw new InvalidOperationException($"By classes there are {all} facts, by joins {same}.");
                }

                own.RemoveAt(0);
                other.RemoveAt(0);
                Report("by classes", own);
                Report("joined like other rules", other);
                if (count <= jenaUpTo && _jena is not null)
                {
                    var (cpu, jena) = _jena.Do($"infer {data} {data} {file}");
                    if (jena != all)
                        throw new InvalidOperationException($"Jena has {jena} facts, we {all}.");
                    Report("Jena 4.5.0, forward RETE, one run", [cpu]);
                }

                if (count == things[0])
                    Changes(store, byClasses, k);

                void Report(string engine, List<double> times) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {count:N0} | {k} | {store.Count:N0} | {all:N0} | {engine} | {Median(times):N1} | {times.Min():N1}-{times.Max():N1} | {Median(times) / Median(own):N1} |"));
            }
        }

        folder.Delete(recursive: true);
    }

    public void Dispose() => _jena?.Dispose();

    /// <summary>One equality or other fact comes or goes.</summary>
    private static void Changes(QuadStore store, RuleSet rules, int names)
    {
        const int Facts = 200;
        using var graph = InferredGraph.Over(store, rules, new ForwardOptions { Time = new ThreadClock() });
        ChangesBenchmark.Each(store, graph, ChangesBenchmark.Sample(store, Facts, t => t.Predicate is not Iri { Value: Same }), $"fact of things with {names} names");
        ChangesBenchmark.Each(store, graph, ChangesBenchmark.Sample(store, Facts, t => t.Predicate is Iri { Value: Same }), $"equality of {names} names");
    }

    private static string Rules(string differ, string differToo) => $"""
        @prefix owl: <http://www.w3.org/2002/07/owl#>
        [eq-sym: (?x owl:sameAs ?y) -> (?y owl:sameAs ?x)]
        [eq-trans: (?x owl:sameAs ?y) (?y owl:sameAs ?z) -> (?x owl:sameAs ?z)]
        [eq-rep-s: (?s owl:sameAs ?s1) (?s ?p ?o){differ} -> (?s1 ?p ?o)]
        [eq-rep-o: (?o owl:sameAs ?o1) (?s ?p ?o){differToo} -> (?s ?p ?o1)]
        """;

    private static double Close(QuadStore store, RuleSet rules, out long count)
    {
        GC.Collect();
        var before = RulesBenchmark.Cpu();
        using var graph = InferredGraph.Over(store, rules, new ForwardOptions { MaxParallelism = 1 });
        count = graph.Count;
        return RulesBenchmark.Cpu() - before;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>Each name is the same as the one before it, and says something of two other names.</summary>
    private static IEnumerable<string> Lines(int things, int names)
    {
        var random = new Random(1);
        for (var thing = 0; thing < things; thing++)
        {
            for (var name = 0; name < names; name++)
            {
                if (name > 0)
                    yield return $"<{Name}{thing}_{name - 1}> <{Same}> <{Name}{thing}_{name}> .";
                for (var i = 0; i < 2; i++)
                    yield return $"<{Name}{thing}_{name}> <{Property}{random.Next(5)}> <{Name}{random.Next(things)}_{random.Next(names)}> .";
            }
        }
    }
}
