using Knowledge.Store;

namespace Knowledge.Rules.Tests.Modes;

/// <summary>Behaviour of Jena's backward and hybrid modes, checked on Jena 4.5 and put in words of our own.</summary>
public sealed class HybridTests
{
    private static readonly Vocabulary s_eg = new("urn:x-hp:eg/");

    [Fact]
    public void Hybrid_ForwardRules_DoNotSeeBackwardConclusions()
    {
        using var world = new World("[b: (?x eg:q ?y) <- (?x eg:p ?y)] [f: (?x eg:q ?y) -> (?x eg:r ?y)]", RuleMode.Hybrid, "a p b");
        Assert.Equal(["a p b", "a q b"], world.Answers);
    }

    [Fact]
    public void Hybrid_BackwardRuleWithoutABody_IsSeenByForwardRules()
    {
        using var world = new World("[b: (eg:a eg:p eg:b) <-] [f: (?x eg:p ?y) -> (?x eg:q ?y)]", RuleMode.Hybrid);
        Assert.Equal(["a p b", "a q b"], world.Answers);
        world.CheckProofs();
    }

    [Fact]
    public void Hybrid_BackwardRules_SeeForwardConclusions()
    {
        using var world = new World("[f: (?x eg:p ?y) -> (?x eg:q ?y)] [b: (?x eg:r ?y) <- (?x eg:q ?y)]", RuleMode.Hybrid, "a p b");
        Assert.Equal(["a p b", "a q b", "a r b"], world.Answers);
    }

    [Fact]
    public void Hybrid_NestedRule_JoinsTheBackwardRulesWithItsBindings()
    {
        const string Rules = "[inv: (?p eg:inverse ?q) -> [rev: (?y ?q ?x) <- (?x ?p ?y)]] [(?p eg:inverse ?q) -> (?q eg:inverse ?p)]";
        using var world = new World(Rules, RuleMode.Hybrid, "child inverse parent", "a child b", "d parent c");
        Assert.Equal(["a child b", "b parent a", "c child d", "child inverse parent", "d parent c", "parent inverse child"], world.Answers);
        world.Change(removed: "child inverse parent");
        Assert.Equal(["a child b", "d parent c"], world.Answers);
        world.Change(added: "child inverse parent");
        Assert.Contains("c child d", world.Answers);
        world.CheckProofs();
    }

    [Fact]
    public void Hybrid_FunctorsAndHiddenNodes_AreNotAnswered()
    {
        const string Rules = "-> hide(eg:secret). [f: (?x eg:p ?y) -> (?x eg:f pair(?x, ?y))] [s: (?x eg:p ?y) -> (?x eg:secret ?y)] [b: (?b eg:g ?a) <- (?x eg:f pair(?a, ?b)) (?x eg:secret ?b)]";
        using var world = new World(Rules, RuleMode.Hybrid, "a p b");
        Assert.Equal(["a p b", "b g a"], world.Answers);
        Assert.Equal("b g a by b", string.Join(' ', world.Graph.Explain(s_eg.Triple("b", "g", "a"))!.ToString().Split('\n')[0].Replace("eg:", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        world.CheckProofs();
    }

    [Fact]
    public void Hybrid_HideInABackwardSet_AppliesToBackwardAnswers()
    {
        using var world = new World("-> hide(eg:q). [b: (?x eg:q ?y) <- (?x eg:p ?y)] [c: (?x eg:r ?y) <- (?x eg:q ?y)]", RuleMode.Backward, "a p b");
        Assert.Equal(["a p b", "a r b"], world.Answers);
    }

    [Theory] // what Jena's forward modes get wrong when facts are taken away
    [InlineData("[r1: (?x eg:p ?y) -> (?x eg:q ?y)] [r2: (?x eg:r ?y) -> (?x eg:q ?y)]", "a p b|a r b", "a p b", "a q b", true)]
    [InlineData("[t: (?x eg:p ?y) (?y eg:p ?z) -> (?x eg:p ?z)]", "a p b|b p d|a p c|c p d", "a p b", "a p d", true)]
    [InlineData("[s: (?x eg:p ?y) -> (?y eg:p ?x)] [r: (?x eg:s ?y) -> (?x eg:p ?y)]", "a s b", "a s b", "a p b", false)]
    public void Modes_DeletedFact_TakesAllAndOnlyWhatHungOnIt(string rules, string facts, string deleted, string asked, bool isThere)
    {
        foreach (var mode in Enum.GetValues<RuleMode>())
        {
            using var world = new World(rules, mode, facts.Split('|'));
            Assert.Contains(asked, world.Answers);
            world.Change(removed: deleted);
            Assert.Equal(isThere, world.Answers.Contains(asked));
        }
    }

    [Fact]
    public void Backward_Snapshot_StaysAsItWas()
    {
        using var world = new World("[b: (?x eg:q ?y) <- (?x eg:p ?y)]", RuleMode.Backward, "a p b");
        using var before = world.Graph.Snapshot();
        world.Change(added: "c p d");
        Assert.Equal(2, before.Predicates(TermId.None).Sum(p => p.Triples));
        Assert.Equal(4, world.Answers.Count);
    }

    [Fact]
    public void Subscribe_BackwardGraph_TellsWhatIsProvedToo()
    {
        using var world = new World("[b: (?x eg:q ?y) <- (?x eg:p ?y)]", RuleMode.Backward, "a p b");
        var told = new List<(int Added, int Removed)>();
        using var subscription = world.Graph.Subscribe(d => told.Add((d.Added.Length, d.Removed.Length)));
        world.Change(added: "c p d");
        world.Change(removed: "a p b");
        Assert.Equal([(2, 0), (0, 2)], told);
    }

    [Fact]
    public void Layers_SourceLearnsATermOfABackwardRule_HasOneIdForItAbove()
    {
        foreach (var mode in Enum.GetValues<RuleMode>())
        {
            using var world = new World("[made: (?x eg:q eg:new) <- (?x eg:p ?y)]", RuleMode.Backward, "a p b");
            using var upper = InferredGraph.Over(world.Graph, RuleSet.Parse("[up: (?x eg:q ?y) -> (?y eg:r ?x)]"), mode);
            Assert.Contains(s_eg.Triple("new", "r", "a"), Sources.Triples(upper));
            world.Change(added: "new p c");
            var triples = Sources.Triples(upper); // compares ids of terms both ways
            Assert.All(["new r a", "new r new", "new p c", "new q new"], t => Assert.Contains(World.Triple(t), triples));
        }
    }

    [Fact]
    public void Validate_Violations_AreErrorsAndWarnings()
    {
        const string Rules = "[e: (?x eg:p ?x) -> (?x rb:violation error('loop', 'It points at itself.', eg:p))] [w: (?x eg:p ?y) -> (?x rb:violation warn('used', 'It is used.'))]";
        foreach (var mode in Enum.GetValues<RuleMode>())
        {
            using var world = new World(Rules, mode, "a p a");
            var report = world.Graph.Validate();
            Assert.False(report.IsValid);
            Assert.Equal("error loop: It points at itself. Culprit: <urn:x-hp:eg/a> Implicated: <urn:x-hp:eg/p>\nwarning used: It is used. Culprit: <urn:x-hp:eg/a>", report.ToString());
            world.Change(removed: "a p a", added: "a p b");
            Assert.True(world.Graph.Validate() is { IsValid: true, IsClean: false });
            world.Change(removed: "a p b");
            Assert.True(world.Graph.Validate().IsClean);
        }
    }

    [Fact]
    public void Over_RuleThatCannotRunBackward_SaysSo()
    {
        using var store = QuadStore.InMemory();
        var rules = RuleSet.Parse("[n: (?x eg:p ?y) not { (?y eg:p ?x) } -> (?x eg:q ?y)]");
        Assert.Contains("negation is for rules that are run forward", Assert.Throws<RuleException>(() => InferredGraph.Over(store, rules, RuleMode.Backward)).Message, StringComparison.Ordinal);
        InferredGraph.Over(store, rules, RuleMode.Hybrid).Dispose();
    }

    /// <summary>A store with rules over it.</summary>
    private sealed class World : IDisposable
    {
        private readonly QuadStore _store = QuadStore.InMemory();

        public World(string rules, RuleMode mode, params string[] facts)
        {
            foreach (var fact in facts)
                Change(added: fact);
            Graph = InferredGraph.Over(_store, RuleSet.Parse(rules), mode);
        }

        public IInferredGraph Graph { get; }

        public IReadOnlyList<string> Answers => [.. Sources.Triples(Graph).Select(t => string.Join(' ', new[] { t.Subject, t.Predicate, t.Object }.Select(Name))).Order(StringComparer.Ordinal)];

        public void Change(string? removed = null, string? added = null)
        {
            using var tx = _store.Begin();
            if (removed is not null)
                tx.Retract(Triple(removed));
            if (added is not null)
                tx.Add(Triple(added));
            tx.Commit();
        }

        public void CheckProofs()
        {
            var checker = new ProofChecker(Graph.Rules, Sources.Triples(_store).Contains);
            foreach (var triple in Sources.Triples(Graph))
                Assert.True(Graph.Explain(triple) is { } proof && checker.Check(proof) is null, $"{triple}: {(Graph.Explain(triple) is { } p ? checker.Check(p) : "no proof")}\n{Graph.Explain(triple)}");
        }

        public void Dispose()
        {
            Graph.Dispose();
            _store.Dispose();
        }

        public static Triple Triple(string text) => text.Split(' ') is [var s, var p, var o] ? s_eg.Triple(s, p, o) : throw new FormatException(text);

        private static string Name(Term term) => term is Iri iri ? iri.Value[(iri.Value.LastIndexOf('/') + 1)..] : term.ToString();
    }
}
