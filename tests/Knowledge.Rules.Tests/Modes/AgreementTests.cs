using Knowledge.Rules.Tests.Reference;
using Knowledge.Store;

namespace Knowledge.Rules.Tests.Modes;

/// <summary>Random monotone rules give the same answers forward, backward and hybrid, those of a slow twin, while facts come and go; and each answer has a proof.</summary>
public sealed class AgreementTests
{
    private const int Cases = 120;
    private const int Steps = 3;
    private const int MostUntilFault = 1_000;

    [Fact]
    public void Modes_RandomRulesAndChanges_GiveTheSameAnswers() => Parallel.For(0, Cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed => Run(seed, default));

    /// <summary>Each mode goes wrong in turn, once for each engine that it has.</summary>
    [Theory]
    [InlineData(RuleMode.Forward, nameof(EngineFault.StopsAfterOneRound))]
    [InlineData(RuleMode.Forward, nameof(EngineFault.KeepsCircles))]
    [InlineData(RuleMode.Backward, nameof(EngineFault.ForgetsWaitingProofs))]
    [InlineData(RuleMode.Backward, nameof(EngineFault.KeepsTables))]
    [InlineData(RuleMode.Hybrid, nameof(EngineFault.KeepsCircles))]
    [InlineData(RuleMode.Hybrid, nameof(EngineFault.ForgetsWaitingProofs))]
    [InlineData(RuleMode.Hybrid, nameof(EngineFault.KeepsTables))]
    public void Modes_FaultInOneEngine_IsCaught(RuleMode mode, string fault) => Assert.Contains(Enumerable.Range(0, MostUntilFault), seed =>
    {
        try
        {
            Run(seed, (mode, Enum.Parse<EngineFault>(fault)));
            return false;
        }
        catch (Exception failure) when (failure is Xunit.Sdk.XunitException or InvalidOperationException)
        {
            return true; // the answers differ, or a fact is there that no proof comes down to given ones
        }
    });

    private static void Run(int seed, (RuleMode Mode, EngineFault Fault) fault)
    {
        var world = new RandomWorlds(seed);
        var rules = world.Strata()[0].SelectMany(SingleHeads).ToList();
        using var store = QuadStore.InMemory();
        world.Change(store, 12);
        using var graphs = new Graphs(store, rules, world, fault);
        for (var step = 0; step < Steps; step++)
        {
            var expected = NaiveClosure.Of(Sources.Triples(store), [rules]);
            foreach (var (mode, graph) in graphs.All)
            {
                var label = $"seed {seed}, step {step}, {mode}";
                Narrow(graph, expected, world, label);
                var actual = Sources.Triples(graph);
                Assert.True(expected.SetEquals(actual), $"{label}:\nmissing {Lines(expected.Except(actual))}\ntoo many {Lines(actual.Except(expected))}\n{new RuleSet(rules)}");
            }

            Prove(store, graphs, expected);
            world.Change(store, 3);
        }
    }

    /// <summary>Goals with a subject or an object, asked of tables that are still empty.</summary>
    private static void Narrow(IQuadSource graph, HashSet<Triple> expected, RandomWorlds world, string label)
    {
        using var snapshot = graph.Snapshot();
        foreach (var triple in expected.OrderBy(t => t.ToString(), StringComparer.Ordinal).Where(_ => world.Next(5) == 0).Take(4))
        {
            TermId Id(Term term) => snapshot.Terms.TryFind(System.Text.Encoding.UTF8.GetBytes(term.ToString()), out var id) ? id : throw new InvalidOperationException($"{term} has no id.");
            var (s, p, o) = (Id(triple.Subject), Id(triple.Predicate), Id(triple.Object));
            Assert.True(snapshot.Contains(new QuadIds(s, p, o, default)), $"{label}: {triple}");
            Assert.Equal(expected.Count(t => t.Subject == triple.Subject && t.Predicate == triple.Predicate), snapshot.Count(new QuadIds(s, p, default, default)));
            Assert.Equal(expected.Count(t => t.Object == triple.Object && t.Predicate == triple.Predicate), snapshot.Count(new QuadIds(default, p, o, default)));
            Assert.Equal(expected.Count(t => t.Subject == triple.Subject), snapshot.Count(new QuadIds(s, default, default, default)));
        }
    }

    private static void Prove(QuadStore store, Graphs graphs, HashSet<Triple> expected)
    {
        var given = Sources.Triples(store);
        foreach (var (mode, graph) in graphs.All)
        {
            var checker = new ProofChecker(graph.Rules, given.Contains, () => expected);
            foreach (var triple in expected)
                Assert.True(graph.Explain(triple) is { } proof && checker.Check(proof) is null, $"{mode} has no good proof of {triple}: {graph.Explain(triple)}");
        }
    }

    private static IEnumerable<Rule> SingleHeads(Rule rule) => rule.Head.Select(h => rule with { Head = [h] });

    private static string Lines(IEnumerable<Triple> triples) => string.Join('\n', triples.Select(t => t.ToString()).Order(StringComparer.Ordinal));

    /// <summary>One graph for each mode. In the hybrid one every rule is written backward, and some of them forward too.</summary>
    private sealed class Graphs : IDisposable
    {
        public Graphs(QuadStore store, List<Rule> rules, RandomWorlds world, (RuleMode Mode, EngineFault Fault) fault)
        {
            EngineFault In(RuleMode mode) => fault.Mode == mode ? fault.Fault : EngineFault.None;
            IInferredGraph Over(IEnumerable<Rule> set, RuleMode mode) =>
                InferredGraph.Over(store, new RuleSet(set), mode, new ForwardOptions { Fault = In(mode) }, new BackwardOptions { Fault = In(mode) });
            var hybrid = rules.Where(_ => world.Next(2) == 0).Concat(rules.Select(r => r with { Direction = RuleDirection.Backward }));
            All =
            [
                (RuleMode.Forward, Over(rules, RuleMode.Forward)),
                (RuleMode.Backward, Over(rules, RuleMode.Backward)),
                (RuleMode.Hybrid, Over(hybrid, RuleMode.Hybrid)),
            ];
        }

        public (RuleMode Mode, IInferredGraph Graph)[] All { get; }

        public void Dispose()
        {
            foreach (var (_, graph) in All)
                graph.Dispose();
        }
    }
}
