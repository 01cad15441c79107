using Knowledge.Store;

namespace Knowledge.Rules.Tests.Configurations;

/// <summary>Jena's predicates of direct relations, against their definition on random orders with circles, while relations come and go.</summary>
public sealed class DirectTests
{
    private const int Cases = 40;

    private static readonly Vocabulary s_x = new("http://x/");
    private static readonly Vocabulary s_rdfs = new("http://www.w3.org/2000/01/rdf-schema#");
    private static readonly Vocabulary s_direct = new("urn:x-hp-direct-predicate:http_//www.w3.org/2000/01/rdf-schema#");

    [Theory]
    [InlineData("subClassOf")]
    [InlineData("subPropertyOf")]
    public void Direct_RandomOrders_IsBelowWithNothingBetween(string relation)
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            using var store = QuadStore.InMemory();
            using var closed = InferredGraph.Over(store, RuleSet.Named("transitive"));
            using var direct = InferredGraph.Over(closed, RuleSet.Named("direct"));
            for (var step = 0; step < 4; step++)
            {
                using (var transaction = store.Begin())
                {
                    for (var i = 0; i < 5; i++)
                    {
                        var triple = new Triple(s_x[$"c{random.Next(7)}"], s_rdfs[relation], s_x[$"c{random.Next(7)}"]);
                        if (step > 0 && random.Next(2) == 0)
                            transaction.Retract(triple);
                        else
                            transaction.Add(triple);
                    }

                    transaction.Commit();
                }

                var all = Sources.Triples(direct);
                var pairs = all.Where(t => t.Predicate == s_rdfs[relation]).Select(t => (t.Subject, t.Object)).ToHashSet();
                bool IsBelow(Term a, Term b) => pairs.Contains((a, b)) && !pairs.Contains((b, a));
                var nodes = pairs.Select(p => p.Subject).Distinct().ToList();
                var expected = pairs.Where(p => pairs.Contains((p.Object, p.Subject)) || !nodes.Exists(c => IsBelow(p.Subject, c) && IsBelow(c, p.Object))).ToHashSet();
                Assert.Equal(expected, all.Where(t => t.Predicate == s_direct[relation]).Select(t => (t.Subject, t.Object)).ToHashSet());
            }
        }
    }

    [Fact]
    public void Direct_ChainWithShortcut_LeavesTheShortcutOut()
    {
        using var store = QuadStore.InMemory();
        using (var transaction = store.Begin())
        {
            foreach (var (a, b) in (ReadOnlySpan<(string, string)>)[("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "c")])
                transaction.Add(new Triple(s_x[a], s_rdfs["subClassOf"], s_x[b]));
            transaction.Commit();
        }

        using var closed = InferredGraph.Over(store, RuleSet.Named("rdfs"));
        using var direct = InferredGraph.Over(closed, RuleSet.Named("direct"));
        var above = Sources.Triples(direct).Where(t => t.Predicate == s_direct["subClassOf"]).Select(t => $"{t.Subject}{t.Object}").ToHashSet();
        Assert.True(above.IsSupersetOf(["<http://x/a><http://x/a>", "<http://x/a><http://x/b>", "<http://x/b><http://x/c>", "<http://x/b><http://x/d>", "<http://x/c><http://x/d>"]));
        Assert.DoesNotContain("<http://x/a><http://x/c>", above);
        Assert.DoesNotContain("<http://x/a><http://x/d>", above);
    }
}
