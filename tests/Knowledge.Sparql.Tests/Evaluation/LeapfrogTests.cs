using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Sparql.Tests.Reference;

namespace Knowledge.Sparql.Tests.Evaluation;

/// <summary>Cyclic patterns joined at once: against the naive evaluator, against nested loops, and within the limits.</summary>
public sealed class LeapfrogTests
{
    private static readonly int s_queries = int.Parse(Environment.GetEnvironmentVariable("HUB_SPARQL_QUERIES") ?? "300", CultureInfo.InvariantCulture);
    private static readonly SparqlSyntaxOptions s_syntax = new() { Prefixes = new Dictionary<string, string> { [""] = "http://x/" } };

    [Fact]
    public void Evaluate_RandomCyclicPatterns_EqualNaiveEvaluation()
    {
        var joined = 0;
        for (var seed = 0; seed < s_queries; seed++)
        {
            var (quads, text) = Case(seed);
            var query = SparqlQuery.Parse(text, s_syntax);
            var source = MemorySource.Of(quads, blockLength: 1 + (seed % 4));
            var expected = new NaiveEvaluator(quads).Evaluate(Translation.Query(SparqlParser.ParseQuery(text, s_syntax)));
            foreach (var joins in Enum.GetValues<CyclicJoins>())
            {
                var options = new QueryOptions { Joins = joins };
                Assert.True(Lines(expected) == Lines([.. query.Evaluate(source, options).Select(Row)]), $"seed {seed}, {joins}: {text}\n{query.Explain(source, options)}");
            }

            joined += query.Explain(source, new QueryOptions { Joins = CyclicJoins.Always }).Contains("leapfrog join", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(joined > s_queries / 2, $"{joined} of {s_queries} patterns were joined at once.");
    }

    [Fact]
    public void Next_RandomSets_EqualsNestedLoopsAndMissesALostPair()
    {
        var isFaultSeen = false;
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            ulong[][] sets = [Pairs(random), Pairs(random), Pairs(random)];
            var expected = Triangles(sets[0], sets[1], sets[2]);
            Assert.Equal(expected, Joined(sets[0], sets[1], sets[2]));
            isFaultSeen |= sets[2].Length > 0 && !expected.SequenceEqual(Joined(sets[0], sets[1], sets[2][..^1])); // the planted fault
        }

        Assert.True(isFaultSeen);
    }

    [Fact]
    public void LowerBound_EveryPlaceAndWord_EqualsLinearSearch()
    {
        ulong[] words = [2, 4, 6, 8, 16, 17, 40, 41, 50];
        for (var begin = 0; begin < 3; begin++)
            for (var from = begin; from <= words.Length; from++)
                for (var word = 0UL; word < 60; word++)
                {
                    var expected = Enumerable.Range(begin, words.Length - begin + 1).First(i => i == words.Length || words[i] >= word);
                    Assert.Equal(expected, new LeapfrogJoin.Trie(words.AsMemory(begin), 0, 1).LowerBound(from, word));
                }
    }

    [Fact]
    public void Evaluate_TrianglesThatAreMany_ChoosesToJoinAtOnce()
    {
        // A hub with many neighbours on both sides: pairs of them are many, triangles none.
        var quads = Enumerable.Range(0, 300).SelectMany(i => new[] { Edge($"a{i}", "hub"), Edge("hub", $"b{i}") }).ToList();
        var explained = SparqlQuery.Parse("SELECT * { ?x :p ?y . ?y :p ?z . ?z :p ?x }", s_syntax).Explain(MemorySource.Of(quads, 1000));
        Assert.Contains("leapfrog join ?x :p ?y . ?y :p ?z . ?z :p ?x by", explained.Replace("<http://x/p>", ":p", StringComparison.Ordinal), StringComparison.Ordinal);
        var acyclic = SparqlQuery.Parse("SELECT * { ?x :p ?y . ?y :p ?z }", s_syntax).Explain(MemorySource.Of(quads, 1000));
        Assert.DoesNotContain("leapfrog", acyclic, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_TimeIsOverInsideAJoin_EndsBeforeARowIsMade()
    {
        // Edges between two halves alone: paths are many, and no way of three steps leads back.
        var random = new Random(7);
        var quads = Enumerable.Range(0, 20_000).Select(_ => (A: $"a{random.Next(300)}", B: $"b{random.Next(300)}")).SelectMany(e => new[] { Edge(e.A, e.B), Edge(e.B, e.A) }).ToHashSet();
        var clock = new LateClock(looks: 1);
        var options = new QueryOptions { Joins = CyclicJoins.Always, Time = clock, MaxTime = TimeSpan.FromSeconds(1) };
        var limit = Assert.Throws<QueryLimitException>(() => SparqlQuery.Parse("SELECT * { ?x :p ?y . ?y :p ?z . ?z :p ?x }", s_syntax).Evaluate(MemorySource.Of(quads, 100_000), options).Count());
        Assert.Equal(QueryLimit.Time, limit.Limit);
    }

    private static Quad Edge(string from, string to) => new(new Iri("http://x/" + from), new Iri("http://x/p"), new Iri("http://x/" + to));

    private static (List<Quad> Quads, string Query) Case(int seed)
    {
        var random = new Random(seed);
        var quads = new HashSet<Quad>();
        for (var i = 0; i < 40; i++)
            quads.Add(new Quad(new Iri($"http://x/n{random.Next(6)}"), new Iri($"http://x/p{random.Next(3)}"), new Iri($"http://x/n{random.Next(6)}"), random.Next(4) == 0 ? new Iri("http://x/g") : null));
        string Name() => "?" + "abcd"[random.Next(4)];
        string Triple(string s, string o) => random.Next(2) == 0 ? $"{s} :p{random.Next(3)} {o} . " : $"{o} :p{random.Next(3)} {s} . ";
        var cycle = random.Next(2) == 0
            ? Triple("?a", "?b") + Triple("?b", "?c") + Triple("?c", "?a")
            : Triple("?a", "?b") + Triple("?b", "?c") + Triple("?c", "?d") + Triple("?d", "?a");
        for (var i = random.Next(3); i > 0; i--)
            cycle += random.Next(3) == 0 ? Triple(Name(), $":n{random.Next(6)}") : Triple(Name(), Name());
        var before = random.Next(6) switch
        {
            0 => $"VALUES (?a ?c) {{ (:n1 UNDEF) (:n{random.Next(6)} :n2) (UNDEF :n3) }} ",
            1 => $"OPTIONAL {{ {Triple("?a", "?e")}}} ",
            _ => "",
        };
        var group = random.Next(5) switch
        {
            0 => $"{{ {Triple("?a", "?e")} OPTIONAL {{ {cycle}}} }}",
            1 => $"{{ {Triple("?a", "?b")} FILTER {(random.Next(2) == 0 ? "NOT " : "")}EXISTS {{ {cycle}}} }}",
            2 => $"{{ GRAPH ?g {{ {cycle}}} }}",
            3 => $"{{ {before}{cycle} FILTER(?a != :n{random.Next(6)}) }}",
            _ => $"{{ {before}{cycle} }}",
        };
        return ([.. quads], random.Next(4) == 0 ? $"SELECT ?a {group}" : $"SELECT * {group}");
    }

    private static ulong[] Pairs(Random random) => [.. Enumerable.Range(0, random.Next(40)).Select(_ => ((ulong)random.Next(1, 8) << 32) | (uint)random.Next(1, 8)).Distinct().Order()];

    private static List<(uint, uint, uint)> Triangles(ulong[] ab, ulong[] bc, ulong[] ac) =>
        [.. from x in ab from y in bc where (uint)x == y >> 32 from z in ac where z >> 32 == x >> 32 && (uint)z == (uint)y orderby x, y select ((uint)(x >> 32), (uint)x, (uint)y)];

    private static List<(uint, uint, uint)> Joined(ulong[] ab, ulong[] bc, ulong[] ac)
    {
        var join = new LeapfrogJoin([new(ab, 0, 1), new(bc, 1, 2), new(ac, 0, 2)], 3, 0, () => { });
        var found = new List<(uint, uint, uint)>();
        for (join.Start([]); join.Next();)
            found.Add((join.Values[0], join.Values[1], join.Values[2]));
        return found;
    }

    private static Dictionary<string, Term> Row(Solution solution) => solution.Variables.Zip(solution).Where(p => p.Second is not null).ToDictionary(p => p.First, p => p.Second!);

    private static string Lines(List<Dictionary<string, Term>> rows) => string.Join('\n', rows.Select(NaiveEvaluator.Text).Order(StringComparer.Ordinal));

    /// <summary>Stands still for some looks, and then it is late.</summary>
    private sealed class LateClock(int looks) : TimeProvider
    {
        private int _looks;

        public override long GetTimestamp() => _looks++ < looks ? 0 : long.MaxValue / 2;
    }
}
