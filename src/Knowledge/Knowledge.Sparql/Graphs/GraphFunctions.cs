using System.Globalization;
using Knowledge.Rdf;
using QuikGraph;
using QuikGraph.Algorithms;

namespace Knowledge.Sparql;

/// <summary>
/// Algorithms on the triples of the default graph as property functions, with <c>PREFIX graph: &lt;urn:knowledge:graph#&gt;</c>. On the right stand predicates; none, <c>()</c>, stands for all.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>(?node ?step) graph:path (:from :to :knows)</c>: the nodes of one shortest path, from step 0; none where there is no path.</item>
/// <item><c>(?node ?first) graph:component (:knows)</c>: connected components, edges taken both ways; each is named by its node whose text is the least.</item>
/// <item><c>(?node ?in ?out) graph:degree (:knows)</c>: how many nodes lead here, and to how many it leads.</item>
/// <item><c>(?node ?rank) graph:pageRank (:knows)</c>; <c>(?node ?score) graph:betweenness (:knows)</c>.</item>
/// </list>
/// Two nodes have one edge, however many of the predicates join them; literals are no nodes. The graph is made anew for each call.
/// </remarks>
public static class GraphFunctions
{
    /// <summary>Namespace of the functions.</summary>
    public const string Namespace = "urn:knowledge:graph#";

    /// <summary>All functions.</summary>
    /// <param name="limits">Limits; null for the defaults.</param>
    public static IReadOnlyList<IPropertyFunction> All(GraphLimits? limits = null)
    {
        var chosen = limits ?? new GraphLimits();
        return
        [
            new GraphFunction("path", 2, 10, call => Path(call, chosen)),
            new GraphFunction("component", 2, 1000, call => Components(call, chosen)),
            new GraphFunction("degree", 3, 1000, call => Degrees(call, chosen)),
            new GraphFunction("pageRank", 2, 1000, call => Ranks(call, chosen)),
            new GraphFunction("betweenness", 2, 1000, call => Betweenness(call, chosen)),
        ];
    }

    private static IEnumerable<Term[]> Path(PropertyFunctionCall call, GraphLimits limits)
    {
        const string Iri = Namespace + "path";
        if (call.Arguments is not [var start, var end, ..])
            throw new PropertyFunctionException(Iri, $"There are {call.Arguments.Count} terms on its right; a start, an end and, if wanted, predicates are needed.");
        var graph = new TripleGraph(Iri, call, call.Arguments.Skip(2), limits);
        var (from, to) = (graph.IdOf(start), graph.IdOf(end));
        if (!graph.Edges.ContainsVertex(from) || !graph.Edges.ContainsVertex(to))
            return [];
        if (from == to)
            return [[start, Number(0)]];
        return graph.Edges.TreeBreadthFirstSearch(from)(to, out var edges)
            ? edges.Select((edge, i) => new[] { graph.TermOf(edge.Target), Number(i + 1) }).Prepend([start, Number(0)])
            : [];
    }

    private static IEnumerable<Term[]> Components(PropertyFunctionCall call, GraphLimits limits)
    {
        var graph = new TripleGraph(Namespace + "component", call, call.Arguments, limits);
        var numbers = new Dictionary<TermId, int>();
        graph.Edges.WeaklyConnectedComponents(numbers);
        return numbers.GroupBy(n => n.Value, n => graph.TermOf(n.Key)).SelectMany(nodes =>
        {
            var first = nodes.MinBy(n => n.ToString(), StringComparer.Ordinal)!;
            return nodes.Select(n => new[] { n, first });
        });
    }

    private static IEnumerable<Term[]> Degrees(PropertyFunctionCall call, GraphLimits limits)
    {
        var graph = new TripleGraph(Namespace + "degree", call, call.Arguments, limits);
        return graph.Edges.Vertices.Select(n => new[] { graph.TermOf(n), Number(graph.Edges.InDegree(n)), Number(graph.Edges.OutDegree(n)) });
    }

    private static IEnumerable<Term[]> Ranks(PropertyFunctionCall call, GraphLimits limits)
    {
        const string Iri = Namespace + "pageRank";
        var graph = new TripleGraph(Iri, call, call.Arguments, limits);
        var ranks = Centrality.PageRank(graph.Edges, limits.MaxRankRounds, call.CancellationToken)
            ?? throw new PropertyFunctionException(Iri, $"The ranks do not stand still within {limits.MaxRankRounds} rounds ({nameof(GraphLimits)}.{nameof(GraphLimits.MaxRankRounds)}).");
        return ranks.Select(r => new[] { graph.TermOf(r.Key), Real(r.Value) });
    }

    private static IEnumerable<Term[]> Betweenness(PropertyFunctionCall call, GraphLimits limits)
    {
        const string Iri = Namespace + "betweenness";
        var graph = new TripleGraph(Iri, call, call.Arguments, limits);
        var steps = (long)graph.Edges.VertexCount * (graph.Edges.VertexCount + graph.Edges.EdgeCount);
        if (steps > limits.MaxBetweennessSteps)
            throw new PropertyFunctionException(Iri, $"{steps} steps are needed; at most {limits.MaxBetweennessSteps} are done ({nameof(GraphLimits)}.{nameof(GraphLimits.MaxBetweennessSteps)}): name fewer predicates.");
        return Centrality.Betweenness(graph.Edges, call.CancellationToken).Select(b => new[] { graph.TermOf(b.Key), Real(b.Value) });
    }

    private static Literal Number(int value) => new(value.ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer);

    private static Literal Real(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), XsdVocabulary.Double);

    private sealed class GraphFunction(string name, int width, double rows, Func<PropertyFunctionCall, IEnumerable<Term[]>> evaluate) : IPropertyFunction
    {
        public string Iri => Namespace + name;

        public int Width => width;

        public double ExpectedRows => rows;

        public IEnumerable<Term[]> Evaluate(PropertyFunctionCall call) => evaluate(call);
    }
}
