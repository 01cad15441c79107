using System.Globalization;
using Knowledge.Store;

namespace Knowledge.Rules.Tests.Forward;

/// <summary>What-ifs with what follows in them. That they are exact is in <see cref="DifferentialTests"/>.</summary>
public sealed class ForkTests
{
    private const string Rules = """
        [chain: (?a :part ?b) (?b :part ?c) -> (?a :part ?c)]
        [turn: (?a :part ?b) -> (?b :whole ?a)]
        [name: (?a :part ?b) (?b :name ?n) strConcat(?n, '!', ?m) -> (?a :has ?m)]
        """;

    private static readonly Vocabulary s_x = new("http://x/");

    [Fact]
    public void Fork_OfManyFacts_AllocatesWhatAForkOfFewDoes()
    {
        var few = Allocated(trees: 100);
        var many = Allocated(trees: 3_000);

        Assert.InRange(many, 0, few + 48_000); // columns of many facts are lists of slices; a copy of them would be 40 times as much
        Assert.InRange(few, 1, 400_000);
    }

    [Fact]
    public void Fork_ThatChanges_IsSeenInItAlone()
    {
        using var store = Filled(3);
        using var graph = InferredGraph.Over(store, Parse());
        using var branch = store.Fork();
        using var whatIf = graph.Fork(branch);
        Change(branch, tx => tx.Add(s_x.Triple("leaf0", "part", "root1")));

        Assert.True(Has(whatIf, s_x.Triple("root0", "part", "leaf1")));
        Assert.False(Has(graph, s_x.Triple("root0", "part", "leaf1")));
        Assert.NotNull(whatIf.Explain(s_x.Triple("leaf1", "whole", "root0")));
        Change(store, tx => tx.Retract(s_x.Triple("mid1", "part", "leaf1")));
        Assert.True(Has(whatIf, s_x.Triple("root0", "part", "leaf1")));
    }

    [Fact]
    public void Fork_TermsThatRulesMake_StandApart()
    {
        using var store = Filled(2);
        using var graph = InferredGraph.Over(store, Parse());
        using var branch = store.Fork();
        using var whatIf = graph.Fork(branch);
        Change(branch, tx => tx.Add(s_x.Triple("leaf0", "name", new Literal("in the branch"))));
        Change(store, tx => tx.Add(s_x.Triple("leaf0", "name", new Literal("in the store"))));

        Assert.True(Has(whatIf, s_x.Triple("mid0", "has", new Literal("in the branch!"))));
        Assert.False(Has(whatIf, s_x.Triple("mid0", "has", new Literal("in the store!"))));
        Assert.True(Has(graph, s_x.Triple("mid0", "has", new Literal("in the store!"))));
        Assert.True(Has(whatIf, s_x.Triple("mid0", "has", new Literal("leaf 0!"))));
        // The branch comes to know a term that a rule had made before the fork; the graph goes on with its own.
        Change(branch, tx => tx.Add(s_x.Triple("said", "is", new Literal("leaf 1!"))));
        Assert.True(Has(whatIf, s_x.Triple("mid1", "has", new Literal("leaf 1!"))));
        Assert.True(Has(graph, s_x.Triple("mid1", "has", new Literal("leaf 1!"))));
    }

    [Fact]
    public void Fork_ChangedSinceOrOfAnother_IsInferredAnewOrRefused()
    {
        using var store = Filled(2);
        using var graph = InferredGraph.Over(store, Parse());
        using var branch = store.Fork();
        Change(branch, tx => tx.Add(s_x.Triple("leaf0", "part", "root1")));
        using var late = graph.Fork(branch);
        Assert.True(Has(late, s_x.Triple("root0", "part", "leaf1")));
        using var other = QuadStore.InMemory();
        using var others = other.Fork();
        Assert.Contains("another source", Assert.Throws<ArgumentException>(() => graph.Fork(others)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_WithoutDerivations_SaysThatThereAreNoProofs()
    {
        using var store = Filled(2);
        using var graph = InferredGraph.Over(store, Parse(), new ForwardOptions { KeepDerivations = false });
        Assert.False(graph.IsIncremental);
        Assert.Throws<InvalidOperationException>(() => graph.Explain(s_x.Triple("root0", "part", "leaf0")));
        Change(store, tx => tx.Retract(s_x.Triple("mid0", "part", "leaf0")));
        Assert.False(Has(graph, s_x.Triple("root0", "part", "leaf0")));
        Assert.True(Has(graph, s_x.Triple("root1", "part", "leaf1")));
        Assert.Contains("'chain'", Assert.Throws<RuleLimitException>(() => InferredGraph.Over(store, Parse(), new ForwardOptions { KeepDerivations = false, MaxRounds = 0 })).Message, StringComparison.Ordinal);
    }

    /// <summary>Bytes for a fork and one change of it.</summary>
    private static long Allocated(int trees)
    {
        using var store = Filled(trees);
        using var graph = InferredGraph.Over(store, Parse());
        long least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            using var branch = store.Fork();
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var whatIf = graph.Fork(branch);
            var forked = GC.GetAllocatedBytesForCurrentThread() - before;
            Change(branch, tx => tx.Add(s_x.Triple("leaf0", "part", "root1")));
            Assert.True(Has(whatIf, s_x.Triple("root0", "part", "leaf1")));
            least = Math.Min(least, forked);
        }

        return least;
    }

    private static QuadStore Filled(int trees)
    {
        var store = QuadStore.InMemory();
        Change(store, tx =>
        {
            for (var i = 0; i < trees; i++)
            {
                var number = i.ToString(CultureInfo.InvariantCulture);
                tx.Add(s_x.Triple("root" + number, "part", "mid" + number));
                tx.Add(s_x.Triple("mid" + number, "part", "leaf" + number));
                tx.Add(s_x.Triple("leaf" + number, "name", new Literal("leaf " + number)));
            }
        });
        return store;
    }

    private static void Change(QuadDataset store, Action<Transaction> change)
    {
        using var tx = store.Begin();
        change(tx);
        tx.Commit();
    }

    private static RuleSet Parse() => RuleSet.Parse(Rules, new Dictionary<string, string> { [""] = "http://x/" });

    private static bool Has(InferredGraph source, Triple triple)
    {
        using var snapshot = source.Snapshot();
        var ids = new[] { triple.Subject, triple.Predicate, triple.Object }.Select(t => Id(snapshot, t)).ToArray();
        return ids.All(i => !i.IsNone) && snapshot.Contains(new QuadIds(ids[0], ids[1], ids[2], default));
    }

    private static TermId Id(IQuadSnapshot snapshot, Term term)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        TermText.Write(term, text);
        return snapshot.Terms.TryFind(text.WrittenSpan, out var id) ? id : default;
    }
}
