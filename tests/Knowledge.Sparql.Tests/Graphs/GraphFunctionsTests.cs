using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Store;

namespace Knowledge.Sparql.Tests.Graphs;

/// <summary>Graph functions beside slow twins over matrices.</summary>
public sealed class GraphFunctionsTests
{
    private const int Nodes = 7;
    private const int Far = 99;
    private const string Prefixes = "PREFIX : <http://x/> PREFIX graph: <urn:knowledge:graph#> ";

    [Fact]
    public void Functions_RandomGraphs_EqualTheirTwins()
    {
        for (var seed = 0; seed < 60; seed++)
            Check(seed, fault: false);
    }

    [Fact]
    public void Twins_WithoutAnEdge_AreCaught() => // the planted fault
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(3, fault: true));

    [Theory]
    [InlineData("(?n ?s) graph:path (:n0)", "a start, an end")]
    [InlineData("(?n ?d) graph:degree ('p')", "no predicate")]
    [InlineData("(?n ?d) graph:degree ()", nameof(GraphLimits.MaxEdges))]
    [InlineData("(?n ?d) graph:betweenness (:q)", nameof(GraphLimits.MaxBetweennessSteps))]
    [InlineData("(?n ?d) graph:pageRank (:q)", nameof(GraphLimits.MaxRankRounds))]
    public void Evaluate_WrongCallOrLimit_SaysWhich(string call, string expected)
    {
        using var store = QuadStore.InMemory();
        store.Update($"{Prefixes} INSERT DATA {{ :n0 :p :n1 . :n1 :p :n2 . :n2 :p :n0 . :n0 :q :n1 . :n1 :q :n2 }}");
        var options = new QueryOptions { PropertyFunctions = GraphFunctions.All(new GraphLimits { MaxEdges = 2, MaxBetweennessSteps = 5, MaxRankRounds = 1 }) };
        Assert.Contains(expected, Assert.Throws<PropertyFunctionException>(() => SparqlQuery.Parse($"{Prefixes} SELECT * {{ {call} }}").Evaluate(store, options).Count()).Message, StringComparison.Ordinal);
    }

    private static void Check(int seed, bool fault)
    {
        var random = new Random(seed);
        var edge = new bool[Nodes, Nodes];
        using var store = QuadStore.InMemory();
        for (var i = random.Next(1, 16); i > 0; i--)
        {
            var (from, to) = (random.Next(Nodes), random.Next(Nodes));
            edge[from, to] = true;
            store.Update($"{Prefixes} INSERT DATA {{ :n{from} :p{random.Next(2)} :n{to} ; :p0 'text' . :n{to} :other :n{from} }}");
        }

        if (fault)
        {
            var (from, to) = (from f in Enumerable.Range(0, Nodes) from t in Enumerable.Range(0, Nodes) where edge[f, t] select (f, t)).First();
            edge[from, to] = false;
        }

        var twin = new Twin(edge);
        Assert.Equal(twin.Degrees(), Rows(store, "SELECT ?n ?in ?out { (?n ?in ?out) graph:degree (:p0 :p1) }"));
        Assert.Equal(twin.Components(), Rows(store, "SELECT ?n ?first { (?n ?first) graph:component (:p0 :p1) }"));
        Assert.Equal(twin.Real(twin.Betweenness()), Rows(store, "SELECT ?n ?score { (?n ?score) graph:betweenness (:p0 :p1) }"));
        Assert.Equal(twin.Real(twin.PageRank()), Rows(store, "SELECT ?n ?score { (?n ?score) graph:pageRank (:p0 :p1) }"));
        foreach (var from in twin.There)
        {
            foreach (var to in twin.There)
            {
                var steps = Rows(store, $"SELECT ?n ?step {{ (?n ?step) graph:path (:n{from} :n{to} :p0 :p1) }}").Select(r => r.Split(' '))
                    .OrderBy(r => int.Parse(r[1], CultureInfo.InvariantCulture)).Select(r => r[0][^1] - '0').ToList();
                Assert.Equal(twin.Distance[from, to] == Far ? 0 : twin.Distance[from, to] + 1, steps.Count);
                Assert.True(steps.Count == 0 || (steps[0] == from && steps[^1] == to && steps.Zip(steps.Skip(1)).All(s => edge[s.First, s.Second])));
            }
        }
    }

    private static List<string> Rows(QuadStore store, string query) =>
        [.. SparqlQuery.Parse(Prefixes + query).Evaluate(store, new QueryOptions { PropertyFunctions = GraphFunctions.All() })
            .Select(s => string.Join(' ', s.Select(Text))).Order(StringComparer.Ordinal)];

    private static string Text(Term? term) => term switch
    {
        Literal { Datatype: XsdVocabulary.Double } real => Twin.Text(double.Parse(real.Lexical, CultureInfo.InvariantCulture)),
        Literal literal => literal.Lexical,
        _ => ((Iri)term!).Value,
    };

    /// <summary>Distances by Floyd and Warshall, and everything else from them.</summary>
    private sealed class Twin
    {
        private readonly bool[,] _edge;
        private readonly double[,] _paths = new double[Nodes, Nodes];

        public Twin(bool[,] edge)
        {
            _edge = edge;
            There = [.. All.Where(n => All.Any(m => edge[n, m] || edge[m, n]))];
            foreach (var i in All)
                foreach (var j in All)
                    Distance[i, j] = i == j ? 0 : edge[i, j] ? 1 : Far;
            foreach (var k in All)
                foreach (var i in All)
                    foreach (var j in All)
                        Distance[i, j] = Math.Min(Distance[i, j], Distance[i, k] + Distance[k, j] > Far ? Far : Distance[i, k] + Distance[k, j]);
            foreach (var i in All)
                foreach (var j in All.OrderBy(j => Distance[i, j]))
                    _paths[i, j] = i == j ? 1 : Distance[i, j] == Far ? 0 : All.Where(k => edge[k, j] && k != j && Distance[i, k] + 1 == Distance[i, j]).Sum(k => _paths[i, k]);
        }

        public IReadOnlyList<int> There { get; }

        public int[,] Distance { get; } = new int[Nodes, Nodes];

        private static IEnumerable<int> All => Enumerable.Range(0, Nodes);

        public static string Text(double value) => Math.Round(value, 8).ToString("0.########", CultureInfo.InvariantCulture);

        public List<string> Real(double[] values) => [.. There.Select(n => $"http://x/n{n} {Text(values[n])}").Order(StringComparer.Ordinal)];

        public List<string> Degrees() => [.. There.Select(n => $"http://x/n{n} {All.Count(m => _edge[m, n])} {All.Count(m => _edge[n, m])}").Order(StringComparer.Ordinal)];

        public List<string> Components()
        {
            var first = All.ToArray();
            for (var round = 0; round < Nodes; round++)
                foreach (var i in All)
                    foreach (var j in All)
                        if (_edge[i, j])
                            first[i] = first[j] = Math.Min(first[i], first[j]);
            return [.. There.Select(n => $"http://x/n{n} http://x/n{first[n]}").Order(StringComparer.Ordinal)];
        }

        public double[] Betweenness() => [.. All.Select(v => (from s in All from t in All
                                                             where s != t && v != s && v != t && Distance[s, t] < Far && Distance[s, v] + Distance[v, t] == Distance[s, t]
                                                             select _paths[s, v] * _paths[v, t] / _paths[s, t]).Sum())];

        /// <summary>Powers of the whole matrix.</summary>
        public double[] PageRank()
        {
            var ranks = All.Select(n => There.Contains(n) ? 1.0 / There.Count : 0).ToArray();
            for (var round = 0; round < 500; round++)
                ranks = [.. All.Select(n => !There.Contains(n) ? 0 : There.Sum(m => ranks[m] * ((0.15 / There.Count) + (0.85 * Chance(m, n)))))];
            return ranks;
        }

        private double Chance(int from, int to) => All.Count(n => _edge[from, n]) is var ways and > 0 ? (_edge[from, to] ? 1.0 / ways : 0) : 1.0 / There.Count;
    }
}
