using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Store;

namespace Knowledge.Sparql.Tests.Indexes;

/// <summary>Text and vector indexes beside slow twins that look at every literal, while quads come and go.</summary>
public sealed class IndexTests
{
    private const string Prefixes = "PREFIX : <http://x/> PREFIX text: <urn:knowledge:text#> PREFIX vector: <urn:knowledge:vector#> ";
    private static readonly string[] s_words = ["oslo", "bergen", "fjord", "ferry", "rain", "sun", "Ärger", "straße", "42", "long-distance"];

    [Fact]
    public void Search_WhileQuadsComeAndGo_EqualsBm25OfEveryLiteral()
    {
        for (var seed = 0; seed < 12; seed++)
            Check(seed, leavesOut: 0);
    }

    [Fact]
    public void Search_TwinWithoutALiteral_IsCaught() => // the planted fault
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(3, leavesOut: 1));

    [Fact]
    public void Search_OlderSnapshotAndOtherTimes_SeeTheirOwnLiterals()
    {
        using var store = QuadStore.InMemory();
        using var index = new TextIndex(store);
        store.Update("INSERT DATA { <urn:a> <urn:p> 'first fjord' }");
        using var before = store.Snapshot();
        Assert.Single(index.Search(before, "fjord"));
        store.Update("DELETE DATA { <urn:a> <urn:p> 'first fjord' } ; INSERT DATA { <urn:a> <urn:p> 'second fjord' , 'third fjord' }");
        using var after = store.Snapshot();

        Assert.Equal("first fjord", Assert.Single(index.Search(before, "fjord")).Literal.Lexical);
        Assert.Equal(["second fjord", "third fjord"], index.Search(after, "fjord").Select(m => m.Literal.Lexical).Order());
    }

    [Fact]
    public void Select_SearchInAPlan_IsJoinedAndOrdered()
    {
        using var store = QuadStore.InMemory();
        store.Update($"{Prefixes} INSERT DATA {{ :a :label 'Rain in Bergen' . :b :label 'Bergen' ; :in :norway . :c :label 'Oslo' ; :in :norway . :d :note 'Bergen' ; :in :norway . GRAPH :g {{ :e :label 'bergen bergen' }} }}");
        using var index = new TextIndex(store);
        var options = new QueryOptions { PropertyFunctions = [index] };
        var query = SparqlQuery.Parse($"{Prefixes} SELECT ?s ?score {{ (?label ?score) text:search ('bergen' 10) . ?s :label ?label ; :in :norway }}");

        Assert.Equal(["http://x/b"], query.Evaluate(store, options).Select(s => ((Iri)s["s"]!).Value));
        Assert.Contains("call (?label ?score) <urn:knowledge:text#search>", query.Explain(store, options), StringComparison.Ordinal);
        Assert.Equal(3, SparqlQuery.Parse($"{Prefixes} SELECT ?l {{ ?l text:search 'bergen' }}").Evaluate(store, options).Count());
        Assert.Equal(["bergen bergen"], SparqlQuery.Parse($"{Prefixes} SELECT ?l {{ (?l ?score) text:search ('bergen' 1) }}").Evaluate(store, options).Select(s => ((Literal)s["l"]!).Lexical));

        // The words come from the data: one search for each row.
        Assert.Equal(["http://x/a", "http://x/b", "http://x/d"], SparqlQuery.Parse($"{Prefixes} SELECT DISTINCT ?s {{ :b :label ?words . ?l text:search ?words . ?s :label|:note ?l }}")
            .Evaluate(store, options).Select(s => ((Iri)s["s"]!).Value).Order());
    }

    [Theory]
    [InlineData("?l text:search ('a' 0)", "limit")]
    [InlineData("?l text:search ('a' 1 2)", "3 terms")]
    [InlineData("?l text:search :a", "no text")]
    [InlineData("(?a ?b ?c) text:search 'a'", "at most 2")]
    [InlineData("?l vector:nearest '[1]'", "no vector")]
    [InlineData("?l vector:nearest '[1, x]'^^vector:floats", "no vector")]
    public void Select_WrongCall_SaysWhatIsNeeded(string pattern, string message)
    {
        using var store = QuadStore.InMemory();
        using var text = new TextIndex(store);
        using var vectors = new VectorIndex(store);
        var failure = Assert.Throws<PropertyFunctionException>(() => store.Select($"{Prefixes} SELECT * {{ {pattern} }}", new QueryOptions { PropertyFunctions = [text, vectors] }).Count());
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nearest_WhileQuadsComeAndGo_EqualsCosineOfEveryVector()
    {
        var random = new Random(5);
        using var store = QuadStore.InMemory();
        using var index = new VectorIndex(store, [new Iri("http://x/v")]);
        var there = new List<(Quad Quad, float[] Vector)>();
        for (var round = 0; round < 60; round++)
        {
            using (var transaction = store.Begin())
            {
                for (var i = random.Next(4); i > 0; i--)
                {
                    float[] vector = [.. Enumerable.Range(0, random.Next(10) == 0 ? 3 : 4).Select(_ => (float)random.Next(-2, 3))];
                    var quad = new Quad(new Iri($"http://x/{random.Next(9)}"), new Iri(random.Next(5) == 0 ? "http://x/other" : "http://x/v"), VectorIndex.ToLiteral(vector));
                    if (transaction.Add(quad))
                        there.Add((quad, vector));
                }

                if (there.Count > 5 && random.Next(2) == 0)
                {
                    transaction.Retract(there[0].Quad);
                    there.RemoveAt(0);
                }

                transaction.Commit();
            }

            float[] asked = [1, 2, -1, random.Next(-1, 2)];
            using var snapshot = store.Snapshot();
            var expected = there.Where(t => t.Vector.Length == 4 && t.Quad.Predicate is Iri { Value: "http://x/v" } && t.Vector.Any(v => v != 0)).DistinctBy(t => t.Quad.Object)
                .Select(t => Math.Round(t.Vector.Zip(asked).Sum(p => p.First * p.Second) / Math.Sqrt(t.Vector.Sum(v => v * v) * asked.Sum(v => v * v)), 5)).OrderDescending().Take(7);
            Assert.Equal(expected, index.Nearest(snapshot, asked, 7).Select(m => Math.Round(m.Score, 5)));
        }
    }

    private static void Check(int seed, int leavesOut)
    {
        var random = new Random(seed);
        using var store = QuadStore.InMemory();
        using var index = new TextIndex(store);
        var there = new HashSet<Quad>();
        for (var round = 0; round < 50; round++)
        {
            using (var transaction = store.Begin())
            {
                for (var i = random.Next(5); i > 0; i--)
                {
                    var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => s_words[random.Next(s_words.Length)]));
                    Term literal = random.Next(6) switch { 0 => Literal.InLanguage(text, "en"), 1 => new Literal(random.Next(9).ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer), _ => new Literal(text) };
                    var quad = new Quad(new Iri($"http://x/{random.Next(4)}"), new Iri($"http://x/p{random.Next(2)}"), literal, random.Next(3) == 0 ? new Iri("http://x/g") : null);
                    transaction.Add(quad);
                    there.Add(quad);
                }

                foreach (var quad in there.Where(_ => random.Next(8) == 0).ToList())
                {
                    transaction.Retract(quad);
                    there.Remove(quad);
                }

                transaction.Commit();
            }

            var asked = $"{s_words[random.Next(s_words.Length)].ToUpperInvariant()}, {s_words[random.Next(s_words.Length)]}!";
            using var snapshot = store.Snapshot();
            var expected = Bm25([.. there.Select(q => q.Object).OfType<Literal>().Where(l => l.Datatype != XsdVocabulary.Integer).Distinct().Skip(leavesOut)], asked);
            Assert.Equal(expected.Order(StringComparer.Ordinal), index.Search(snapshot, asked, 1000).Select(m => Text(m.Literal, m.Score)).Order(StringComparer.Ordinal));
        }
    }

    // Okapi BM25, word by word as the paper has it.
    private static IEnumerable<string> Bm25(List<Literal> literals, string question)
    {
        static string[] Words(string text) => text.ToLowerInvariant().Split([' ', ',', '!', '-'], StringSplitOptions.RemoveEmptyEntries);
        var average = literals.Count == 0 ? 1 : literals.Average(l => Words(l.Lexical).Length);
        foreach (var literal in literals)
        {
            var score = 0.0;
            foreach (var word in Words(question).Distinct())
            {
                double frequency = Words(literal.Lexical).Count(w => w == word), documents = literals.Count(l => Words(l.Lexical).Contains(word));
                score += Math.Log(1 + ((literals.Count - documents + 0.5) / (documents + 0.5))) * frequency * 2.2 / (frequency + (1.2 * (0.25 + (0.75 * Words(literal.Lexical).Length / average))));
            }

            if (score > 0)
                yield return Text(literal, score);
        }
    }

    private static string Text(Literal literal, double score) => string.Create(CultureInfo.InvariantCulture, $"{literal} {score:0.000000}");
}
