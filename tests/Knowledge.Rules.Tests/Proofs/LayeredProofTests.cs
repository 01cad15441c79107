using System.Collections.Immutable;
using Knowledge.Rules.Tests.Reference;
using Knowledge.Store;

namespace Knowledge.Rules.Tests.Proofs;

/// <summary>Proofs of graphs that lie on each other: they come down to what is given in the lowest source, whatever lies in between.</summary>
public sealed class LayeredProofTests
{
    private const int Cases = 40;

    private static readonly Vocabulary s_x = new("http://x/");
    private static readonly Dictionary<string, string> s_prefixes = new() { [""] = "http://x/" };

    private static readonly RuleSet s_lower = Parse("[inv: (?a :child ?b) -> (?b :parent ?a)]");
    private static readonly RuleSet s_upper = Parse("[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)] [both: (?a :grandparent ?c) (?b :parent ?c) (?a :parent ?b) -> (?a :line ?c)]");

    public static IEnumerable<object[]> Modes => Enum.GetValues<RuleMode>().SelectMany(_ => Enum.GetValues<RuleMode>(), (below, above) => new object[] { below, above });

    [Fact]
    public void Explain_GraphOnGraph_GoesDownToWhatIsGiven()
    {
        using var store = Filled();
        using var lower = InferredGraph.Over(store, RuleSet.Parse("@prefix l: <http://l/>.\n[inv: (?a :child ?b) -> (?b :parent ?a)] [mark: (?a :child ?b) -> (?b l:mark ?a)]", s_prefixes));
        using var upper = InferredGraph.Over(lower, Parse("[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]"));
        Assert.Equal("""
            :ada :grandparent :cleo   by gp
            ├─ :ada :parent :bea   by inv
            │  └─ :bea :child :ada   given
            └─ :bea :parent :cleo   given
            """.ReplaceLineEndings("\n"), upper.Explain(s_x.Triple("ada", "grandparent", "cleo"))!.ToString());
        // Prefixes of the lower graph's rules shorten too.
        Assert.Equal(":ada l:mark :bea   by mark", upper.Explain(new Triple(s_x["ada"], new Iri("http://l/mark"), s_x["bea"]))!.ToString().Split('\n')[0]);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Explain_LayersOfEachKind_AreAcceptedWithTheRulesOfAll(RuleMode below, RuleMode above)
    {
        using var store = Filled();
        using var lower = InferredGraph.Over(store, In(below, s_lower), below);
        using var upper = InferredGraph.Over(lower, In(above, s_upper), above);
        var isGiven = Sources.Triples(store).Contains;
        var proof = upper.Explain(s_x.Triple("ada", "line", "cleo"))!;

        Assert.Null(new ProofChecker(upper.Rules, new ProofChecker(lower.Rules, isGiven)).Check(proof));
        Assert.Equal(["bea child ada", "bea parent cleo"], proof.Nodes().Where(n => n.Rule is null).Select(n => Text(n.Conclusion)).Order(StringComparer.Ordinal));
        // What two steps need is one object.
        Assert.Equal(proof.Nodes().Count(), proof.Nodes().Select(n => n.Conclusion).Distinct().Count());
        // A rule that is missing is named, whichever graph it belongs to.
        Assert.Contains("'inv' is not one of the rules", new ProofChecker(upper.Rules, new ProofChecker(Parse(""), isGiven)).Check(proof), StringComparison.Ordinal);
        Assert.Contains("'gp' is not one of the rules", new ProofChecker(Parse(""), new ProofChecker(lower.Rules, isGiven)).Check(proof), StringComparison.Ordinal);
        Assert.NotNull(new ProofChecker(upper.Rules, isGiven).Check(proof));
        Assert.NotNull(new ProofChecker(lower.Rules, new ProofChecker(upper.Rules, isGiven)).Check(proof));
    }

    [Fact]
    public void Check_TamperedBelow_IsRefused()
    {
        using var store = Filled();
        using var lower = InferredGraph.Over(store, s_lower);
        using var upper = InferredGraph.Over(lower, s_upper);
        var proof = upper.Explain(s_x.Triple("ada", "grandparent", "cleo"))!;
        var parent = proof.Premises[0];
        var wrong = Proof.Given(s_x.Triple("bea", "child", "dan"));
        Proof[] tampered =
        [
            parent with { Conclusion = s_x.Triple("ada", "parent", "dan") },
            parent with { Premises = [] },
            parent with { Premises = [wrong] },
            parent with { Premises = [wrong], Bindings = parent.Bindings.SetItem("?b", s_x["dan"]), Conclusion = s_x.Triple("dan", "parent", "bea") },
            parent with { Rule = null, Premises = [] },
            parent with { Rule = parent.Rule! with { Body = [] }, Premises = [] },
            parent with { Rule = s_upper.Rules[0] },
        ];
        ProofChecker Checker() => new(s_upper, new ProofChecker(s_lower, Sources.Triples(store).Contains));

        Assert.Null(Checker().Check(proof));
        Assert.All(tampered, t => Assert.NotNull(Checker().Check(proof with { Premises = [t, proof.Premises[1]] })));
    }

    [Fact]
    public void Check_LowerRuleThatStandsOnUpperConclusions_IsRefused()
    {
        var lower = Parse("[l: (?a :q ?b) -> (?a :r ?b)]");
        var upper = Parse("[u: (?a :p ?b) -> (?a :q ?b)]");
        var bindings = ImmutableSortedDictionary<string, Term>.Empty.Add("?a", s_x["a"]).Add("?b", s_x["b"]);
        var q = new Proof(s_x.Triple("a", "q", "b"), upper.Rules[0], bindings, [Proof.Given(s_x.Triple("a", "p", "b"))]);
        var r = new Proof(s_x.Triple("a", "r", "b"), lower.Rules[0], bindings, [q]);
        var checker = new ProofChecker(upper, new ProofChecker(lower, t => t == s_x.Triple("a", "p", "b")));

        Assert.Null(checker.Check(q));
        Assert.Contains("a graph above that of the rule 'l'", checker.Check(r), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NegationBelow_IsCheckedAmongTheFactsBelow()
    {
        using var store = Filled();
        using var lower = InferredGraph.Over(store, Parse("[leaf: (?a :parent ?b) not { (?b :seen ?a) } -> (?b :leafOf ?a)]"));
        using var upper = InferredGraph.Over(lower, Parse("[see: (?b :leafOf ?a) -> (?b :seen ?a)] [top: (?b :seen ?a) -> (?a :sees ?b)]"));
        var proof = upper.Explain(s_x.Triple("bea", "sees", "cleo"))!;
        var isGiven = Sources.Triples(store).Contains;

        string? Check(IQuadSource factsBelow) => new ProofChecker(upper.Rules, new ProofChecker(lower.Rules, isGiven, () => Sources.Triples(factsBelow)), () => Sources.Triples(upper)).Check(proof);
        Assert.Null(Check(lower));
        Assert.Contains("does not hold", Check(upper), StringComparison.Ordinal); // among the facts of the upper graph the negation has a match
    }

    [Fact]
    public void Explain_ThreeLayersOnABranch_GoesDownToTheBranch()
    {
        using var store = Filled();
        using var graph = InferredGraph.Over(store, s_lower);
        using var branch = store.Fork();
        using var whatIf = graph.Fork(branch);
        using var middle = InferredGraph.Over(whatIf, s_upper, RuleMode.Hybrid);
        using var top = InferredGraph.Over(middle, Parse("[old: (?a :grandparent ?b) strConcat('old ', ?b, ?n) -> (?b :called ?n)]"));
        Add(branch, s_x.Triple("dan", "child", "cleo"));
        var called = new Triple(s_x["dan"], s_x["called"], new Literal("old http://x/dan"));
        var proof = top.Explain(called)!;

        Assert.Equal(["old", "gp", "inv"], proof.Nodes().Reverse().Select(n => n.Rule?.Name).OfType<string>());
        Assert.Null(new ProofChecker(top.Rules, new ProofChecker(middle.Rules, new ProofChecker(whatIf.Rules, Sources.Triples(branch).Contains))).Check(proof));
        Assert.NotNull(new ProofChecker(top.Rules, new ProofChecker(middle.Rules, new ProofChecker(whatIf.Rules, Sources.Triples(store).Contains))).Check(proof));
    }

    [Fact]
    public void Explain_OverAViewOfThePast_ProvesWhatWasSo()
    {
        var clock = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var store = Filled();
        using (var tx = store.Begin())
        {
            tx.Add(s_x.Triple("dan", "child", "cleo"), clock, clock.AddYears(1));
            tx.Commit();
        }

        using var lower = InferredGraph.Over(store, Parse("[inv: (?a :child ?b) now(?t) -> (?b :parent ?a) (?b :asked ?t)]"));
        var past = lower.AsOf(valid: clock.AddMonths(1));
        using var upper = InferredGraph.Over(past, s_upper, RuleMode.Backward);
        using var now = InferredGraph.Over(lower, s_upper, RuleMode.Backward);
        var proof = upper.Explain(s_x.Triple("bea", "grandparent", "dan"))!;

        Assert.Null(new ProofChecker(upper.Rules, new ProofChecker(lower.Rules, Sources.Triples(new Past(store, new AsOf(clock.AddMonths(1)))).Contains)).Check(proof));
        Assert.All(Sources.Triples(past).Where(t => t.Predicate == s_x["asked"]), t => Assert.Equal("inv", upper.Explain(t)!.Rule!.Name));
        Assert.Null(now.Explain(s_x.Triple("bea", "grandparent", "dan")));
    }

    [Fact]
    public void Explain_SnapshotThatWasLeft_ProvesWhatHeldInIt()
    {
        using var store = Filled();
        using var lower = InferredGraph.Over(store, s_lower);
        using var upper = InferredGraph.Over(lower, s_upper);
        using var before = (InferredSnapshot)upper.Snapshot();
        var given = Sources.Triples(store);
        var triple = s_x.Triple("ada", "grandparent", "cleo");
        using (var tx = store.Begin())
        {
            tx.Retract(s_x.Triple("bea", "child", "ada"));
            tx.Commit();
        }

        Assert.Null(upper.Explain(triple));
        var proof = Assert.Single(before.Explain([before.State.Ids(triple)!.Value]))!;
        Assert.Null(new ProofChecker(s_upper, new ProofChecker(s_lower, given.Contains)).Check(proof));
        Assert.Contains("not given", new ProofChecker(s_upper, new ProofChecker(s_lower, Sources.Triples(store).Contains)).Check(proof), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_WhileCommitsGoOn_ProvesFromOneVersion()
    {
        using var store = Filled();
        using var lower = InferredGraph.Over(store, s_lower);
        using var upper = InferredGraph.Over(lower, s_upper);
        Triple[] first = [s_x.Triple("bea", "child", "ada"), s_x.Triple("bea", "parent", "cleo")];
        Triple[] one = [s_x.Triple("m1", "child", "ada"), s_x.Triple("m1", "parent", "cleo")], other = [s_x.Triple("m2", "child", "ada"), s_x.Triple("m2", "parent", "cleo")];
        using var end = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                using var tx = store.Begin();
                foreach (var triple in i % 2 == 0 ? one : other)
                    tx.Add(triple);
                foreach (var triple in i % 2 == 0 ? other : one)
                    tx.Retract(triple);
                foreach (var triple in first)
                    tx.Retract(triple);
                tx.Commit();
            }
        });
        writer.Start();
        try
        {
            for (var i = 0; i < 3_000; i++)
            {
                var leaves = upper.Explain(s_x.Triple("ada", "grandparent", "cleo"))!.Nodes().Where(n => n.Rule is null).Select(n => n.Conclusion).ToHashSet();
                Assert.True(leaves.SetEquals(one) || leaves.SetEquals(other) || leaves.SetEquals(first), string.Join(' ', leaves));
            }
        }
        finally
        {
            end.Cancel();
            writer.Join();
        }
    }

    [Fact]
    public void Explain_OverAGraphWithoutDerivations_SaysSo()
    {
        using var store = Filled();
        using var lower = InferredGraph.Over(store, s_lower, new ForwardOptions { KeepDerivations = false });
        using var upper = InferredGraph.Over(lower, s_upper);
        var refused = Assert.Throws<InvalidOperationException>(() => upper.Explain(s_x.Triple("ada", "grandparent", "cleo")));
        Assert.Contains("nor in graphs that lie on this one", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_RandomLayersAndChanges_AreAllAccepted()
    {
        var inLower = 0;
        Parallel.For(0, Cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var world = new RandomWorlds(seed);
            var (first, second) = (Single(world.Strata()[0]), Single(world.Strata()[0]));
            using var store = QuadStore.InMemory();
            world.Change(store, 12);
            var (below, above) = ((RuleMode)(seed % 3), (RuleMode)(seed / 3 % 3));
            using var lower = InferredGraph.Over(store, In(below, first), below);
            using var upper = InferredGraph.Over(lower, In(above, second), above);
            for (var step = 0; step < 3; step++)
            {
                var given = Sources.Triples(store);
                var (known, all) = (Sources.Triples(lower), Sources.Triples(upper));
                var label = $"seed {seed}, step {step}, {above} over {below}";
                Assert.True(NaiveClosure.Of(NaiveClosure.Of(given, [first.Rules]), [second.Rules]).SetEquals(all), label);
                var checker = new ProofChecker(upper.Rules, new ProofChecker(lower.Rules, given.Contains, () => known), () => all);
                foreach (var triple in all)
                {
                    var proof = upper.Explain(triple);
                    Assert.True(proof is not null && checker.Check(proof) is null, $"{label}: {triple}: {(proof is null ? "no proof" : checker.Check(proof))}\n{proof}");
                    if (proof!.Nodes().Any(n => n.Rule is not null && !given.Contains(n.Conclusion) && known.Contains(n.Conclusion)))
                        Interlocked.Increment(ref inLower);
                }

                world.Change(store, 3);
            }
        });
        Assert.True(inLower > Cases, $"{inLower} proofs go on in the lower graph.");
    }

    /// <summary>Rules with one head each, as all modes take them.</summary>
    private static RuleSet Single(IEnumerable<Rule> rules) => new(rules.SelectMany(r => r.Head.Select(h => r with { Head = [h] })));

    /// <summary>Rules as a mode runs them: those of a hybrid graph are written backward, half of them forward too.</summary>
    private static RuleSet In(RuleMode mode, RuleSet rules) => mode != RuleMode.Hybrid ? rules
        : new RuleSet(rules.Rules.Take(rules.Rules.Length / 2).Concat(rules.Rules.Select(r => r with { Direction = RuleDirection.Backward })), rules.Prefixes);

    private static RuleSet Parse(string rules) => RuleSet.Parse(rules, s_prefixes);

    private static QuadStore Filled()
    {
        var store = QuadStore.InMemory();
        store.Load(sink => RdfFormat.Turtle.Read("@prefix : <http://x/> . :bea :child :ada ; :parent :cleo ."u8, sink));
        return store;
    }

    private static void Add(QuadDataset store, Triple triple)
    {
        using var tx = store.Begin();
        tx.Add(triple);
        tx.Commit();
    }

    private static string Text(Triple triple) => string.Join(' ', new[] { triple.Subject, triple.Predicate, triple.Object }.Select(t => ((Iri)t).Value["http://x/".Length..]));

    /// <summary>A store at another time.</summary>
    private sealed class Past(IQuadSource store, AsOf time) : IQuadSource
    {
        public long Version => store.Version;

        public IQuadSnapshot Snapshot(AsOf asOf = default) => store.Snapshot(time);

        public IDisposable Subscribe(Action<QuadDelta> listener) => throw new NotSupportedException();
    }
}
