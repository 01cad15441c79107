using Backends.Abstractions;

namespace Backends.Cpu.Tests;

public sealed class CpuGraphOffloadTests
{
    private static readonly CpuGraphOffload s_cpu = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Closure_RandomGraphs_EqualsWarshall(int seed)
    {
        var random = new Random(seed);
        var graph = SlowTwins.RandomGraph(random, random.Next(1, 150), random.Next(0, 260));
        var components = Components.Find(graph);
        foreach (var closure in new[] { s_cpu.Closure(graph), TransitiveClosure.DenseRows(components, long.MaxValue), TransitiveClosure.SparseRows(components, long.MaxValue) })
            Assert.True(Agrees(graph, closure), closure.Layout);
    }

    [Fact]
    public void Oracle_PlantedFaults_AreCaught()
    {
        var graph = SlowTwins.RandomGraph(new Random(5), 60, 90);
        var words = Enumerable.Range(0, graph.Nodes).SelectMany(n => graph[n].ToArray().Select(t => ((ulong)n << 32) | (uint)t)).ToArray();
        Assert.Contains(Enumerable.Range(0, words.Length), i =>
            !Agrees(graph, s_cpu.Closure(GraphColumns.FromEdges(graph.Nodes, [.. words[..i], .. words[(i + 1)..]]))));
        // One step too few is another answer.
        Assert.Contains(Enumerable.Range(0, graph.Nodes), n => !s_cpu.WithinHops(graph, [n], 2)[0].SequenceEqual(SlowTwins.WithinHops(graph, n, 3)));
    }

    [Theory]
    [InlineData(2_000, "bitset rows")]
    [InlineData(3_000, "sorted rows")]
    public void Closure_ChainAndPieces_ChoosesTheLayout(int nodes, string layout)
    {
        // A chain reaches half of all pairs; a thousand short chains nearly none.
        var step = layout == "bitset rows" ? 0 : 3;
        var edges = Enumerable.Range(0, nodes - 1).Where(i => step == 0 || i % step != step - 1).Select(i => ((ulong)i << 32) | (uint)(i + 1)).ToArray();
        var closure = s_cpu.Closure(GraphColumns.FromEdges(nodes, edges));
        Assert.Equal((layout, step == 0 ? (long)nodes * (nodes - 1) / 2 : nodes), (closure.Layout, closure.Count));
    }

    [Fact]
    public void Closure_OverTheLimit_SaysWhatIsNeeded()
    {
        var edges = Enumerable.Range(0, 999).Select(i => ((ulong)i << 32) | (uint)(i + 1)).ToArray();
        Assert.Contains("maxBytes is 100", Assert.Throws<GraphLimitException>(() => s_cpu.Closure(GraphColumns.FromEdges(1_000, edges), 100)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WithinHops_RandomGraphs_EqualsTheSlowSearch(int seed)
    {
        var random = new Random(seed);
        var graph = SlowTwins.RandomGraph(random, random.Next(1, 200), random.Next(0, 500));
        int[] sources = [.. Enumerable.Range(0, random.Next(1, 150)).Select(_ => random.Next(graph.Nodes))];
        var hops = random.Next(0, 5);
        var rows = s_cpu.WithinHops(graph, sources, hops);
        for (var i = 0; i < sources.Length; i++)
            Assert.Equal(SlowTwins.WithinHops(graph, sources[i], hops), rows[i].ToArray());
        Assert.Throws<GraphLimitException>(() => s_cpu.WithinHops(graph, sources, hops, maxPairs: 0));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(3, 400)]
    [InlineData(400, 2)]
    [InlineData(0, 5)]
    public void Join_RandomColumns_EqualsNestedLoops(int left, int right)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            ulong[] Column(int count) => [.. Enumerable.Range(0, count).Select(_ => ((ulong)random.Next(40) << 32) | (uint)random.Next(100)).Order()];
            var (l, r) = (Column(left), Column(right));
            Assert.Equal(SlowTwins.Join(l, r), s_cpu.Join(l, r));
        }
    }

    [Fact]
    public void Join_OverTheLimit_SaysHowManyRows() =>
        Assert.Contains("has 4 rows", Assert.Throws<GraphLimitException>(() => s_cpu.Join([1UL << 32, (1UL << 32) + 1], [1UL << 32, (1UL << 32) + 1], 3)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(EmbeddingModel.TransE)]
    [InlineData(EmbeddingModel.DistMult)]
    [InlineData(EmbeddingModel.ComplEx)]
    [InlineData(EmbeddingModel.RotatE)]
    public void BestTails_RandomVectors_EqualTheFormulas(EmbeddingModel model)
    {
        var random = new Random(9);
        foreach (var d in new[] { 2, 14, 32, 50 })
        {
            float[] Vector() => [.. Enumerable.Range(0, d).Select(_ => (float)(random.NextDouble() - 0.5))];
            float[][] rows = [.. Enumerable.Range(0, 60).Select(_ => Vector())];
            var (h, r) = (Vector(), Vector());
            var best = s_cpu.BestTails(model, new EmbeddingTable(rows.SelectMany(x => x).ToArray(), d), h, r, 7);
            var expected = rows.Select((t, i) => (Row: i, Score: SlowTwins.Score(model, h, r, t))).OrderByDescending(s => s.Score).Take(7).ToList();
            Assert.Equal(expected.Select(e => e.Row), best.Select(b => b.Row));
            foreach (var (e, b) in expected.Zip(best))
                Assert.Equal(e.Score, b.Score, 1e-4);
        }
    }

    [Fact]
    public void BestTails_EqualScores_LowerRowFirst()
    {
        var best = s_cpu.BestTails(EmbeddingModel.DistMult, new EmbeddingTable(new float[] { 1, 1, 2, 1 }, 1), [1], [1], 3);
        Assert.Equal([new ScoredRow(2, 2), new ScoredRow(0, 1), new ScoredRow(1, 1)], best);
    }

    [Fact]
    public void BestTails_WrongLengths_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => s_cpu.BestTails(EmbeddingModel.DistMult, new EmbeddingTable(new float[4], 2), [1], [1, 1], 1));
        Assert.Throws<ArgumentException>(() => s_cpu.BestTails(EmbeddingModel.RotatE, new EmbeddingTable(new float[3], 3), [1, 1, 1], [1, 1, 1], 1));
        Assert.Throws<ArgumentException>(() => new EmbeddingTable(new float[5], 2));
    }

    [Fact]
    public void FromEdges_UnknownNode_IsRefused() => Assert.Throws<ArgumentException>(() => GraphColumns.FromEdges(2, [2UL << 32]));

    private static bool Agrees(GraphColumns graph, IReachability closure)
    {
        var slow = SlowTwins.Closure(graph);
        long count = 0;
        for (var i = 0; i < graph.Nodes; i++)
        {
            List<int> row = [];
            for (var j = 0; j < graph.Nodes; j++)
            {
                if (closure.Contains(i, j) != slow[i, j])
                    return false;
                if (slow[i, j])
                    row.Add(j);
            }

            count += row.Count;
            if (!closure.Row(i).SequenceEqual(row))
                return false;
        }

        return closure.Count == count;
    }
}
