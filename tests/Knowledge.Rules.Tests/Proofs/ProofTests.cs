using Knowledge.Store;

namespace Knowledge.Rules.Tests.Proofs;

public sealed class ProofTests
{
    private static readonly Vocabulary s_family = new("http://x/");

    private const string Rules = """
        [inv: (?a :child ?b) -> (?b :parent ?a)]
        [gp: (?a :parent ?b) (?b :parent ?c) notEqual(?a, ?c) -> (?a :grandparent ?c)]
        """;

    [Fact]
    public void Explain_InferredFact_IsATree()
    {
        using var world = new World();
        Assert.Equal("""
            :ada :grandparent :cleo   by gp
            ├─ :ada :parent :bea   by inv
            │  └─ :bea :child :ada   given
            └─ :bea :parent :cleo   given
            """.ReplaceLineEndings("\n"), world.Graph.Explain(s_family.Triple("ada", "grandparent", "cleo"))!.ToString());
    }

    [Fact]
    public void Explain_AsJenaPrintsIt()
    {
        using var world = new World();
        Assert.Equal("""
            Rule gp concluded (:ada :grandparent :cleo) <-
                Rule inv concluded (:ada :parent :bea) <-
                    Fact (:bea :child :ada)
                Fact (:bea :parent :cleo)
                notEqual()
            """.ReplaceLineEndings("\n"), world.Graph.Explain(s_family.Triple("ada", "grandparent", "cleo"))!.ToTrace());
    }

    [Fact]
    public void Explain_WhatDoesNotHold_IsNull()
    {
        using var world = new World();
        Assert.Null(world.Graph.Explain(s_family.Triple("cleo", "grandparent", "ada")));
        Assert.Null(world.Graph.Explain(s_family.Triple("nobody", "parent", "ada")));
        Assert.Null(world.Graph.Explain(s_family.Triple("bea", "parent", "cleo"))!.Rule);
    }

    [Fact]
    public void Check_TamperedProofs_AreRefused()
    {
        using var world = new World();
        var checker = new ProofChecker(world.Graph.Rules, Sources.Triples(world.Store).Contains);
        var proof = world.Graph.Explain(s_family.Triple("ada", "grandparent", "cleo"))!;
        Assert.Null(checker.Check(proof));
        var other = world.Graph.Rules.Rules[0];
        var changedRule = proof.Rule! with { Body = proof.Rule.Body.RemoveAt(2) };
        Proof[] tampered =
        [
            proof with { Conclusion = s_family.Triple("ada", "grandparent", "dan") },
            proof with { Premises = [proof.Premises[1], proof.Premises[0]] },
            proof with { Premises = [proof.Premises[0]] },
            proof with { Premises = [.. proof.Premises, proof.Premises[0]] },
            proof with { Rule = other },
            proof with { Rule = changedRule },
            proof with { Rule = null, Premises = [] },
            proof with { Bindings = proof.Bindings.SetItem("?b", s_family["dan"]) },
            proof with { Bindings = proof.Bindings.Remove("?b") },
            proof with { Bindings = proof.Bindings.SetItem("?c", s_family["ada"]), Conclusion = s_family.Triple("ada", "grandparent", "ada"),
                Premises = [proof.Premises[0], Proof.Given(s_family.Triple("bea", "parent", "ada"))] },
            proof with { Premises = [Proof.Given(proof.Premises[0].Conclusion), proof.Premises[1]] },
        ];
        Assert.All(tampered, t => Assert.NotNull(checker.Check(t)));
    }

    [Fact]
    public void Nodes_SharedPremise_ComesOnceAndFirst()
    {
        var given = Proof.Given(s_family.Triple("a", "p", "b"));
        var rule = RuleSet.Parse("[r: (?a eg:p ?b) (?a eg:p ?b) -> (?a eg:q ?b)]").Rules[0];
        var proof = new Proof(s_family.Triple("a", "q", "b"), rule, given.Bindings, [given, given]);
        Assert.Equal([given, proof], proof.Nodes());
    }

    private sealed class World : IDisposable
    {
        public World()
        {
            Store = QuadStore.InMemory();
            Store.Load(sink => RdfFormat.Turtle.Read("@prefix : <http://x/> . :bea :child :ada ; :parent :cleo ."u8, sink));
            Graph = InferredGraph.Over(Store, RuleSet.Parse(Rules, Store.Prefixes));
        }

        public QuadStore Store { get; }

        public InferredGraph Graph { get; }

        public void Dispose()
        {
            Graph.Dispose();
            Store.Dispose();
        }
    }
}
