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
        foreach (var closure in Closures(graph))
            Assert.True(Agrees(graph, closure), closure.Layout);
    }

    [Theory]
    [InlineData("no nodes", 0, "")]
    [InlineData("one node", 1, "")]
    [InlineData("one node with a loop", 1, "0-0")]
    [InlineData("loops and nothing else", 5, "0-0 1-1 1-1 4-4")]
    [InlineData("loops at both ends of an edge", 4, "1-1 1-2 2-2 2-3")]
    [InlineData("an edge three times", 3, "0-1 0-1 0-1 2-0 2-1 2-0")]
    [InlineData("disconnected parts", 9, "0-1 3-2 5-5 7-8 8-7")]
    [InlineData("a cycle that only the last nodes lead to", 7, "0-1 1-2 6-5 5-3 3-4 4-3 6-0")]
    [InlineData("a cycle that is found backwards", 5, "4-3 3-2 2-1 1-0 0-4")]
    [InlineData("an edge from a cycle into one that is complete", 6, "0-1 1-2 2-1 3-4 4-3 4-1 3-2 5-3")]
    [InlineData("a component inside the path of another", 7, "0-1 1-2 2-3 3-2 2-4 1-5 5-6 6-0")]
    [InlineData("two cycles through one node", 6, "0-1 1-2 2-0 0-3 3-4 4-0 5-4 5-2")]
    [InlineData("many edges between two cycles", 6, "0-1 1-2 2-0 3-4 4-5 5-3 0-3 0-4 0-5 1-3 1-3 2-5")]
    [InlineData("a lower successor after a higher", 6, "0-1 0-2 2-3 4-3 4-1 4-2 5-2 5-1 5-4")]
    public void Closure_SmallGraphs_EqualsWarshall(string what, int nodes, string edges)
    {
        var graph = GraphColumns.FromEdges(nodes, [.. edges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(e => Edge(e[0] - '0', e[2] - '0'))]);
        foreach (var closure in Closures(graph))
            Assert.True(Agrees(graph, closure), $"{what}, {closure.Layout}");
    }

    [Fact]
    public void Closure_AcyclicRandomGraphs_EqualsWarshall()
    {
        foreach (var seed in Enumerable.Range(1, 60))
        {
            var random = new Random(seed);
            var any = SlowTwins.RandomGraph(random, random.Next(1, 150), random.Next(0, 300));
            var graph = GraphColumns.FromEdges(any.Nodes, [.. Edges(any).Where(e => (int)(e >> 32) != (int)e).Select(e => Edge(Math.Min((int)(e >> 32), (int)e), Math.Max((int)(e >> 32), (int)e)))]);
            foreach (var closure in Closures(graph))
                Assert.True(Agrees(graph, closure), $"seed {seed}, {closure.Layout}");
        }
    }

    [Theory]
    [InlineData(50_000, 75_000)]
    [InlineData(300_000, 250_000)]
    public void Closure_WideSparseGraphs_EqualsTheSlowSearch(int nodes, int edges)
    {
        var random = new Random(edges);
        var graph = GraphColumns.FromEdges(nodes, [.. Edges(SlowTwins.RandomGraph(random, nodes, edges)).Where(e => (int)(e >> 32) < (int)e || (int)e % 1_000 == 0)]);
        var closure = s_cpu.Closure(graph);
        Assert.Equal("sorted rows", closure.Layout);
        foreach (var node in Enumerable.Range(0, 2_000).Select(_ => random.Next(nodes)))
            Assert.Equal(SlowTwins.Reached(graph, node), closure.Row(node));
    }

    [Fact]
    public void Closure_FewSuccessorsFarApart_AreInOrder()
    {
        // 0 is complete first and 49,998 late; the last node names the higher first, and twice.
        var graph = GraphColumns.FromEdges(50_000, [Edge(49_999, 49_998), Edge(49_999, 0), Edge(49_999, 49_998), Edge(49_998, 0), Edge(0, 0)]);
        var closure = s_cpu.Closure(graph);
        Assert.Equal(("sorted rows", 4L), (closure.Layout, closure.Count));
        Assert.Equal([0, 49_998], closure.Row(49_999));
        Assert.Equal((true, true, false), (closure.Contains(49_999, 0), closure.Contains(49_999, 49_998), closure.Contains(49_999, 49_999)));
    }

    [Fact]
    public void Oracle_PlantedFaults_AreCaught()
    {
        var graph = SlowTwins.RandomGraph(new Random(5), 60, 90);
        var words = Edges(graph);
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

    private static ulong Edge(int from, int to) => ((ulong)from << 32) | (uint)to;

    private static ulong[] Edges(GraphColumns graph) => [.. Enumerable.Range(0, graph.Nodes).SelectMany(n => graph[n].ToArray().Select(t => Edge(n, t)))];

    private static IReachability[] Closures(GraphColumns graph)
    {
        var components = Components.Find(graph);
        return [s_cpu.Closure(graph), TransitiveClosure.DenseRows(components, long.MaxValue), TransitiveClosure.SparseRows(components, long.MaxValue)];
    }

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
