using System.Text.Encodings.Web;
using System.Text.Json;
using Knowledge.Benchmarks;
using Knowledge.Rdf;
using Knowledge.Sparql.Tests.Reference;
using Xunit.Abstractions;

namespace Knowledge.Sparql.Tests.Evaluation;

/// <summary>
/// Random queries over random graphs: what Apache Jena answers is what we answer. <c>bash eval/peers/jena/differential.sh</c> asks Jena itself; its answers to some of them stand in
/// <c>Golden/jena.jsonl</c>
/// and are compared everywhere (<c>HUB_UPDATE_GOLDEN=1</c> has Jena write them anew).
/// </summary>
/// <remarks>
/// Jena has two engines, one that plans and one that follows the standard's text. Where the first differs from us the second is asked, and has to agree. Known differences of the first: it
/// throws where a
/// literal comes to stand as a predicate; it puts values into paths of length zero before it looks whether they are nodes of the graph; and it takes away too much in MINUS where a shared
/// variable is unbound.
/// </remarks>
public sealed class JenaDifferentialTests(ITestOutputHelper output)
{
    private const int GoldenCases = 150;
    private const int MaxGoldenRows = 40;
    private const double MaxShareOfReference = 0.02;
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly SparqlSyntaxOptions s_syntax = new() { Prefixes = new Dictionary<string, string> { [""] = "http://x/" } };

    [JenaFact]
    public void Evaluate_RandomQueries_EqualJena()
    {
        using var jena = Peer.Jena(JenaFactAttribute.Program)!;
        var byReference = 0;
        for (var seed = 0; seed < JenaFactAttribute.Cases; seed++)
        {
            if (Case.Of(seed) is not { } asked)
                continue;
            var actual = Ours(asked.Quads, asked.Query);
            if (actual == Theirs(jena, asked, isReference: false))
                continue;
            byReference++;
            var expected = Theirs(jena, asked, isReference: true);
            Assert.True(actual == expected, $"seed {seed}: {asked.Query}\nJena:\n{expected}\nours:\n{actual}\nquads:\n{asked.Quads}");
        }

        output.WriteLine($"{JenaFactAttribute.Cases} queries are equal, {byReference} of them to Jena's reference engine alone.");
        Assert.True(byReference <= JenaFactAttribute.Cases * MaxShareOfReference, $"{byReference} queries differ from Jena's usual engine.");
    }

    [JenaFact]
    public void Jena_PlantedFault_IsCaught()
    {
        using var jena = Peer.Jena(JenaFactAttribute.Program)!;
        // Jena is given a graph without one of its quads: whoever lost one row of a scan would be seen.
        Assert.Contains(Enumerable.Range(0, 20), seed => Case.Of(seed, lost: 1) is { } asked && Theirs(jena, asked, isReference: false) is var theirs && !IsFailure(theirs)
            && Ours(Case.Of(seed)!.Quads, asked.Query) != theirs);
    }

    [Fact]
    public void Evaluate_GoldenQueries_EqualJena()
    {
        var file = JenaFactAttribute.GoldenFile();
        if (Environment.GetEnvironmentVariable("HUB_UPDATE_GOLDEN") == "1" && Peer.Jena(JenaFactAttribute.Program) is { } jena)
        {
            using (jena)
                File.WriteAllLines(file, Enumerable.Range(0, int.MaxValue).Select(s => Case.Of(s)).OfType<Case>().Select(c => c with { Answer = Theirs(jena, c, isReference: false) })
                    .Where(c => !IsFailure(c.Answer!) && c.Answer == Theirs(jena, c, isReference: true))
                    .Where(c => c.Answer!.Split('\n').Length <= MaxGoldenRows).Take(GoldenCases).Select(c => JsonSerializer.Serialize(c, s_json)));
        }

        var cases = File.ReadLines(file).Select(l => JsonSerializer.Deserialize<Case>(l)!).ToList();
        Assert.Equal(GoldenCases, cases.Count);
        Assert.All(cases, c => Assert.Equal(c.Answer, Ours(c.Quads, c.Query)));
        Assert.Contains(cases, c => c.Answer != Ours(c.Quads.Replace(":p0", ":p1", StringComparison.Ordinal), c.Query)); // a planted fault
    }

    private static string Ours(string quads, string query) =>
        Lines(SparqlQuery.Parse(query, s_syntax).Evaluate(MemorySource.Of(Dataset.Parse(quads, RdfFormat.TriG).Quads))
            .Select(s => s.Variables.Zip(s).Where(p => p.Second is not null).Select(p => $"?{p.First}={p.Second}")));

    private static string Theirs(Peer jena, Case asked, bool isReference)
    {
        using var answer = JsonDocument.Parse(jena.Ask(JsonSerializer.Serialize(new { quads = asked.Quads, query = "PREFIX : <http://x/> " + asked.Query, isReference })));
        return answer.RootElement.TryGetProperty("rows", out var rows) ? Lines(rows.EnumerateArray().Select(r => r.EnumerateArray().Select(t => t.GetString()!))) : answer.RootElement.ToString();
    }

    private static bool IsFailure(string answer) => answer.StartsWith('{');

    private static string Lines(IEnumerable<IEnumerable<string>> rows) => string.Join('\n', rows.Select(r => string.Join(' ', r.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));

    /// <summary>A query, what it is asked of, and what the answer is.</summary>
    /// <param name="Quads">Quads in TriG.</param>
    /// <param name="Query">The query, without its prefix.</param>
    /// <param name="Answer">Rows in order.</param>
    private sealed record Case(string Quads, string Query, string? Answer = null)
    {
        /// <summary>The case of a seed; null where the text is no query, as the generator knows nothing of scopes.</summary>
        public static Case? Of(int seed, int lost = 0)
        {
            var random = new RandomQueries(seed);
            var quads = random.Quads();
            var text = random.Query();
            try
            {
                SparqlQuery.Parse(text, s_syntax);
            }
            catch (RdfSyntaxException)
            {
                return null;
            }

            return new Case(RdfFormat.TriG.Write(quads.SkipLast(lost), new RdfWriterOptions { Prefixes = new PrefixMap().Add("", "http://x/") }), text);
        }
    }
}
