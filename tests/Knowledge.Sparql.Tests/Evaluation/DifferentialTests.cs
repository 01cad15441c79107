using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Sparql.Tests.Reference;

namespace Knowledge.Sparql.Tests.Evaluation;

/// <summary>Random queries over random graphs: plans answer what the algebra says. <c>HUB_SPARQL_QUERIES=5000</c> for the long run.</summary>
public sealed class DifferentialTests
{
    private static readonly int s_queries = int.Parse(Environment.GetEnvironmentVariable("HUB_SPARQL_QUERIES") ?? "300", CultureInfo.InvariantCulture);

    [Fact]
    public void Evaluate_RandomQueries_EqualNaiveEvaluation()
    {
        for (var seed = 0; seed < s_queries; seed++)
            Assert.True(Differs(seed, q => q) is not { } difference, Differs(seed, q => q));
    }

    [Fact]
    public void Oracle_PlantedFault_IsCaught() =>
        // The oracle is given a graph without its last quad: whoever lost one row of a scan would be seen.
        Assert.Contains(Enumerable.Range(0, 20), seed => Differs(seed, quads => [.. quads.Take(quads.Count - 1)]) is not null);

    private static string? Differs(int seed, Func<List<Quad>, List<Quad>> fault)
    {
        var random = new RandomQueries(seed);
        var quads = random.Quads();
        var text = random.Query();
        var options = new SparqlSyntaxOptions { Prefixes = new Dictionary<string, string> { [""] = "http://x/" } };
        SparqlQuery query;
        try
        {
            query = SparqlQuery.Parse(text, options);
        }
        catch (RdfSyntaxException)
        {
            // The generator knows nothing of scopes: BIND to a name that is taken is no query.
            return null;
        }

        var expected = new NaiveEvaluator(fault(quads)).Evaluate(Translation.Query(SparqlParser.ParseQuery(text, options)));
        var actual = query.Evaluate(MemorySource.Of(quads, blockLength: 1 + (seed % 4))).Select(Row).ToList();
        var (left, right) = (Lines(expected), Lines(actual));
        return left == right ? null : $"seed {seed}: {text}\nexpected:\n{left}\nactual:\n{right}\nquads:\n{string.Join('\n', quads)}";
    }

    private static Dictionary<string, Term> Row(Solution solution) => solution.Variables.Zip(solution).Where(p => p.Second is not null).ToDictionary(p => p.First, p => p.Second!);

    private static string Lines(List<Dictionary<string, Term>> rows) => string.Join('\n', rows.Select(NaiveEvaluator.Text).Order(StringComparer.Ordinal));
}
