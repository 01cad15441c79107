using Knowledge.Store;

namespace Knowledge.Rules.Tests.Forward;

/// <summary>Rules that make a predicate equality, which are closed by classes of terms. Random worlds of them are in <see cref="DifferentialTests"/>.</summary>
public sealed class EqualityTests
{
    private const int Names = 30;

    private const string Equality = """
        [sym: (?x :same ?y) -> (?y :same ?x)] [trans: (?x :same ?y) (?y :same ?z) -> (?x :same ?z)]
        [rep-s: (?s :same ?s1) (?s ?p ?o) -> (?s1 ?p ?o)] [rep-o: (?o :same ?o1) (?s ?p ?o) -> (?s ?p ?o1)] [rep-p: (?p :same ?p1) (?s ?p ?o) -> (?s ?p1 ?o)]
        """;

    private static readonly Vocabulary s_x = new("http://x/");

    [Fact]
    public void Close_ChainOfNames_HoldsForEachPairWithProofs()
    {
        using var store = Chain(s_x.Triple("n0", "likes", "n29"));
        using var graph = InferredGraph.Over(store, Parse(Equality));
        var all = Sources.Triples(graph);
        Assert.Equal(2 * Names * Names, all.Count);
        var given = Sources.Triples(store);
        var checker = new ProofChecker(graph.Rules, given.Contains);
        foreach (var triple in all)
            Assert.Null(checker.Check(graph.Explain(triple)!));
    }

    [Fact]
    public void Remove_LinkOfAChain_LeavesTwoClasses()
    {
        using var store = Chain(s_x.Triple("n0", "likes", "x"));
        using var graph = InferredGraph.Over(store, Parse(Equality));
        var link = s_x.Triple($"n{Names / 2 - 1}", "same", $"n{Names / 2}");
        Change(store, tx => tx.Retract(link));
        Assert.Equal(2 * Names / 2 * Names / 2 + Names / 2, graph.Count);
        Change(store, tx => tx.Add(link));
        Assert.Equal(Names * Names + Names, graph.Count);
    }

    [Fact]
    public void Close_PredicateThatEqualsEquality_MakesItsFactsEqualities()
    {
        using var store = Store(s_x.Triple("alias", "same", "same"), s_x.Triple("a", "alias", "b"), s_x.Triple("b", "alias", "c"));
        using var graph = InferredGraph.Over(store, Parse(Equality));
        Assert.Contains(s_x.Triple("c", "same", "a"), Sources.Triples(graph));
    }

    [Fact]
    public void Close_TransitivePredicateOfEqualTerms_GoesOnFromEach()
    {
        // The step across the two names is there only when the predicate has been closed, and must be followed all the same.
        using var store = Store(s_x.Triple("a", "p", "b1"), s_x.Triple("b1", "same", "b2"), s_x.Triple("b2", "p", "c"), s_x.Triple("c", "same", "d"), s_x.Triple("d", "p", "e"));
        using var graph = InferredGraph.Over(store, Parse(Equality + "[(?a :p ?b) (?b :p ?c) -> (?a :p ?c)]"));
        Assert.Contains(s_x.Triple("a", "p", "e"), Sources.Triples(graph));
    }

    [Fact]
    public void Close_EqualityWithoutSymmetry_IsNotTakenForOne()
    {
        using var store = Store(s_x.Triple("a", "same", "b"), s_x.Triple("b", "likes", "c"));
        using var graph = InferredGraph.Over(store, Parse(Equality.Replace("[sym: (?x :same ?y) -> (?y :same ?x)]", "", StringComparison.Ordinal)));
        Assert.DoesNotContain(s_x.Triple("a", "likes", "c"), Sources.Triples(graph));
    }

    [Theory]
    [InlineData(Names * Names / 2)]
    [InlineData(Names * Names + Names)]
    public void Close_MoreEqualitiesThanAllowed_HitTheLimitWithRuleAndNames(int limit)
    {
        using var store = Chain(s_x.Triple("n0", "likes", "n1"));
        var error = Assert.Throws<RuleLimitException>(() => InferredGraph.Over(store, Parse(Equality), new ForwardOptions { MaxInferred = limit }));
        Assert.Equal(nameof(ForwardOptions.MaxInferred), error.Limit);
        Assert.StartsWith("rep-", error.Rule.Name, StringComparison.Ordinal);
        Assert.Contains("= <http://x/n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_RandomPairs_GivesTheComponentsOfTheirGraph()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var (classes, slow) = (new EquivalenceClasses(), Enumerable.Range(0, 60).Select(i => new HashSet<uint> { (uint)i }).ToList());
            for (var i = 0; i < 50; i++)
            {
                var (a, b) = (Id(random.Next(60)), Id(random.Next(60)));
                var (setA, setB) = (slow.Single(s => s.Contains(a % 64)), slow.Single(s => s.Contains(b % 64)));
                Assert.Equal(setA != setB, classes.Join(a, b) is not null);
                if (setA == setB)
                    continue;
                setA.UnionWith(setB);
                slow.Remove(setB);
                var representative = classes.Of(b);
                Assert.Equal(representative, classes.Of(a));
                Assert.Equal(setA.Order(), classes.Members(in representative).ToArray().Select(m => m % 64).Order());
            }
        }

        // Some ids are those of terms that rules made, from the upper end.
        static uint Id(int number) => (uint)number + (number % 3 == 0 ? 0xC0000000 : 0);
    }

    private static QuadStore Chain(Triple also) => Store([also, .. Enumerable.Range(1, Names - 1).Select(i => s_x.Triple($"n{i - 1}", "same", $"n{i}"))]);

    private static QuadStore Store(params Triple[] triples)
    {
        var store = QuadStore.InMemory();
        Change(store, tx => Array.ForEach(triples, t => tx.Add(t)));
        return store;
    }

    private static void Change(QuadStore store, Action<Transaction> change)
    {
        using var tx = store.Begin();
        change(tx);
        tx.Commit();
    }

    private static RuleSet Parse(string rules) => RuleSet.Parse(rules, new Dictionary<string, string> { [""] = "http://x/" });
}
