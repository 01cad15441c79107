using Backends.Abstractions;

namespace Backends.Cpu.Tests;

public sealed class ComponentsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Find_RandomGraphs_EqualsMutualReach(int seed)
    {
        var random = new Random(seed);
        var graph = SlowTwins.RandomGraph(random, random.Next(1, 80), random.Next(0, 160));
        Assert.Null(Fault(graph, Components.Find(graph).Of));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Find_RandomGraphs_CarriesMembersAndEdgesOver(int seed)
    {
        var random = new Random(seed);
        var graph = SlowTwins.RandomGraph(random, random.Next(1, 80), random.Next(0, 160));
        var found = Components.Find(graph);
        Assert.Equal(Enumerable.Range(0, graph.Nodes), Enumerable.Range(0, found.Count).SelectMany(c => found.Members[c].ToArray()).Order());
        for (var component = 0; component < found.Count; component++)
        {
            var members = found.Members[component].ToArray();
            Assert.All(members, node => Assert.Equal(component, found.Of[node]));
            var targets = members.SelectMany(node => graph[node].ToArray()).Select(to => found.Of[to]).ToArray();
            Assert.Equal(targets.Contains(component), found.IsCyclic[component]);
            Assert.Equal(targets.Where(to => to != component).Order(), found.Graph[component].ToArray().Order());
        }
    }

    [Fact]
    public void Fault_WrongNumbers_IsFound()
    {
        var graph = GraphColumns.FromEdges(4, [Edge(0, 1), Edge(1, 2), Edge(2, 1), Edge(2, 3)]);
        Assert.Null(Fault(graph, [2, 1, 1, 0]));
        // One cycle in two, two components in one, and an edge that leads up.
        Assert.NotNull(Fault(graph, [3, 2, 1, 0]));
        Assert.NotNull(Fault(graph, [1, 1, 1, 0]));
        Assert.NotNull(Fault(graph, [0, 1, 1, 2]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_LongPath_NeedsNoDeepCalls(bool isClosed)
    {
        const int Nodes = 300_000;
        var edges = Enumerable.Range(0, Nodes - 1).Select(i => Edge(i, i + 1));
        var found = Components.Find(GraphColumns.FromEdges(Nodes, [.. isClosed ? edges.Append(Edge(Nodes - 1, 0)) : edges]));
        Assert.Equal((isClosed ? 1 : Nodes, isClosed), (found.Count, found.IsCyclic[0]));
    }

    private static ulong Edge(int from, int to) => ((ulong)from << 32) | (uint)to;

    /// <summary>What is wrong with a numbering: nodes are together that do not reach each other, or the other way round, or an edge leads up.</summary>
    private static string? Fault(GraphColumns graph, int[] of)
    {
        var reaches = SlowTwins.Closure(graph);
        for (var i = 0; i < graph.Nodes; i++)
        {
            for (var j = 0; j < graph.Nodes; j++)
            {
                if (i != j && (of[i] == of[j]) != (reaches[i, j] && reaches[j, i]))
                    return $"{i} and {j}";
                if (reaches[i, j] && of[i] < of[j])
                    return $"{i} to {j}";
            }
        }

        return null;
    }
}
