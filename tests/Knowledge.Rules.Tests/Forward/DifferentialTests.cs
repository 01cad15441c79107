using System.Globalization;
using Knowledge.Rules.Tests.Reference;
using Knowledge.Store;

namespace Knowledge.Rules.Tests.Forward;

/// <summary>Random graphs, rules and changes: the graph is what a slow twin infers anew, what it tells is the difference,
/// and each fact has a proof. <c>HUB_RULES_CASES=10000</c> for the long run.</summary>
public sealed class DifferentialTests
{
    private const int Steps = 6;

    private static readonly int s_cases = int.Parse(Environment.GetEnvironmentVariable("HUB_RULES_CASES") ?? "200", CultureInfo.InvariantCulture);

    [Fact]
    public void Change_RandomWorlds_EqualsInferringAnew() => Parallel.For(0, s_cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed => Run(seed, hasNegation: false, _ => { }));

    [Fact]
    public void Change_RandomWorldsWithNegation_EqualsInferringAnew() =>
        Parallel.For(0, s_cases / 4, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed => Run(seed, hasNegation: true, _ => { }));

    [Fact]
    public void Change_RandomWorldsWithEquality_EqualsInferringAnew() =>
        Parallel.For(0, s_cases / 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed => Run(seed, hasNegation: false, _ => { }, hasEquality: true));

    [Fact]
    public void Close_RandomWorldsOnThreads_EqualsInferringAnew() => Parallel.For(0, s_cases, new ParallelOptions { MaxDegreeOfParallelism = 2 },
        seed => Run(seed, hasNegation: seed % 4 == 0, _ => { }, new ForwardOptions { MaxParallelism = 3, MinShared = 1 }, hasEquality: seed % 4 == 1));

    [Fact]
    public void Oracle_PlantedFaults_AreCaught()
    {
        // The twin forgets a rule; the twin forgets a given fact: both are met within a few cases.
        Assert.Contains(Enumerable.Range(0, 20), seed => Fails(seed, twin => twin.Strata[0].RemoveAt(0)));
        Assert.Contains(Enumerable.Range(0, 20), seed => Fails(seed, twin => twin.Lost = 1));
    }

    [Theory]
    [InlineData(nameof(EngineFault.StopsAfterOneRound), false)]
    [InlineData(nameof(EngineFault.ForgetsOtherProofs), false)]
    [InlineData(nameof(EngineFault.KeepsCircles), false)]
    [InlineData(nameof(EngineFault.KeepsHigherStrata), true)]
    [InlineData(nameof(EngineFault.OverlooksNegation), true)]
    [InlineData(nameof(EngineFault.OverlooksJoinedClasses), false, true)]
    [InlineData(nameof(EngineFault.LosesAPart), false)]
    public void Change_FaultInTheEngine_IsCaught(string fault, bool hasNegation, bool hasEquality = false)
    {
        var options = new ForwardOptions { Fault = Enum.Parse<EngineFault>(fault), MaxParallelism = 3, MinShared = 1 };
        Assert.Contains(Enumerable.Range(0, 200), seed => Fails(seed, _ => { }, options, hasNegation, hasEquality));
    }

    private static bool Fails(int seed, Action<Twin> fault, ForwardOptions? options = null, bool hasNegation = false, bool hasEquality = false)
    {
        try
        {
            Run(seed, hasNegation, fault, options, hasEquality);
            return false;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return true;
        }
    }

    private static void Run(int seed, bool hasNegation, Action<Twin> fault, ForwardOptions? options = null, bool hasEquality = false)
    {
        var world = new RandomWorlds(seed, hasNegation, hasEquality);
        var strata = world.Strata();
        // Rules of the first stratum run on what the second concludes too, where they match any predicate; what the second negates they do not change.
        var twin = new Twin { Strata = [.. strata.Select((_, i) => strata.Take(i + 1).SelectMany(s => s).ToList())] };
        fault(twin);
        var rules = new RuleSet(strata.SelectMany(s => s));
        using var store = QuadStore.InMemory();
        store.ListenerFailed += (_, e) => Assert.Fail($"seed {seed}: {e.Failure}");
        world.Change(store, 10);
        if (hasNegation && !IsStratified(rules))
            return; // the generator knows nothing of circles through negation
        using var graph = InferredGraph.Over(store, rules, options);
        Assert.Equal(rules.Rules.All(r => r.Body.All(c => c is TripleClause or NegationClause or BuiltinClause { Name: not "noValue" })), graph.IsIncremental);
        var told = Sources.Triples(graph);
        Exception? failure = null;
        graph.ListenerFailed += (_, e) => failure = e.Failure;
        using var subscription = graph.Subscribe(delta => Take(graph, told, delta));
        for (var step = 0; step < Steps; step++)
        {
            Compare($"seed {seed}, step {step}: {rules}", twin, store, graph);
            Assert.True(failure is null && Sources.Triples(graph).SetEquals(told), $"seed {seed}, step {step}: what was told is not the difference. {failure}");
            world.Change(store, 3);
        }

        Compare($"seed {seed}, at the end: {rules}", twin, store, graph);
        Branch(seed, world, (store, graph), twin);
        Prove(store, graph, $"seed {seed}: {rules}");
    }

    private static bool IsStratified(RuleSet rules)
    {
        using var empty = QuadStore.InMemory();
        try
        {
            InferredGraph.Over(empty, rules).Dispose();
            return true;
        }
        catch (RuleException failure) when (failure.Message.Contains("negates or counts", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static void Compare(string label, Twin twin, IQuadSource source, InferredGraph graph)
    {
        var given = Sources.Triples(source);
        var expected = NaiveClosure.Of(given.Skip(twin.Lost), twin.Strata);
        var actual = Sources.Triples(graph);
        Assert.True(expected.SetEquals(actual),
            $"{label}given:\n{Lines(given)}\nmissing:\n{Lines(expected.Except(actual))}\ntoo many:\n{Lines(actual.Except(expected))}");
    }

    /// <summary>What follows in what-ifs, forked and inferred anew, in turns with changes of the store; one what-if is forked from another.</summary>
    private static void Branch(int seed, RandomWorlds world, (QuadStore Store, InferredGraph Graph) origin, Twin twin)
    {
        var label = $"seed {seed}, branch: {origin.Graph.Rules}";
        using var branch = origin.Store.Fork();
        using var whatIf = origin.Graph.Fork(branch);
        using var anew = InferredGraph.Over(branch, origin.Graph.Rules);
        world.Change(branch, 3);
        world.Change(origin.Store, 3);
        Compare(label, twin, branch, anew);
        Compare(label, twin, branch, whatIf);
        using var second = branch.Fork();
        using var further = whatIf.Fork(second);
        for (var step = 0; step < 3; step++)
        {
            world.Change(second, 3);
            world.Change(branch, 3);
            world.Change(origin.Store, 3);
            Compare(label, twin, second, further);
            Compare(label, twin, branch, whatIf);
            Compare(label, twin, origin.Store, origin.Graph);
        }

        Prove(second, further, label);
    }

    private static void Prove(QuadDataset store, InferredGraph graph, string label)
    {
        var given = Sources.Triples(store);
        var all = Sources.Triples(graph);
        var checker = new ProofChecker(graph.Rules, given.Contains, () => all);
        foreach (var triple in all)
        {
            Proof? proof = null;
            try
            {
                proof = graph.Explain(triple);
            }
            catch (InvalidOperationException failure)
            {
                Assert.Fail($"{label}{failure.Message}");
            }

            Assert.NotNull(proof);
            Assert.True(checker.Check(proof) is null, $"{label}{checker.Check(proof)}\n{proof}");
        }
    }

    private static void Take(InferredGraph graph, HashSet<Triple> told, QuadDelta delta)
    {
        using var snapshot = graph.Snapshot();
        foreach (var quad in delta.Removed.Span)
            Assert.True(told.Remove(Triple(quad)), "A fact that was not there was told to be gone.");
        foreach (var quad in delta.Added.Span)
            Assert.True(told.Add(Triple(quad)), "A fact that was there was told to have come.");

        // A term that the source came to know meanwhile has another id now: its facts go under the old one and come under the new.
        Triple Triple(QuadIds quad) => new(Sources.Read(snapshot, quad.Subject), Sources.Read(snapshot, quad.Predicate), Sources.Read(snapshot, quad.Object));
    }

    private static string Lines(IEnumerable<Triple> triples) => string.Join('\n', triples.Select(t => t.ToString()).Order(StringComparer.Ordinal));

    /// <summary>The slow side, with room for a fault.</summary>
    private sealed class Twin
    {
        public required List<List<Rule>> Strata { get; init; }

        public int Lost { get; set; }
    }
}
