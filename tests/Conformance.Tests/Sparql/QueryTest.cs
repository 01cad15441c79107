using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Sparql;

namespace Conformance.Tests.Sparql;

/// <summary>Tests of what a query answers.</summary>
internal static class QueryTest
{
    /// <summary>Runs a test.</summary>
    public static void Run(ManifestEntry entry)
    {
        var action = entry.At(entry.Action);
        var iri = ((Iri)(action.Maybe(TestData.Query + "query") ?? entry.Action)).Value;
        var query = SparqlQuery.Parse(Encoding.UTF8.GetString(entry.Corpus.Bytes(iri)), new SparqlSyntaxOptions { BaseIri = iri });
        var quads = TestData.Of(action, TestData.Query);

        // Where the manifest names no data, the query's own clauses do.
        if (quads.Count == 0 && action.Maybe(TestData.Query + "data") is null)
            quads.AddRange(DatasetOf(entry.Corpus, query.Text, iri));
        using var store = TestData.Store(quads);
        var options = new QueryOptions { Seed = 1, Federation = new TestEndpoints(action) };
        var result = query.Evaluate(EntailmentRegime.Of(action) is { } ruleSet ? InferredGraph.Over(store, RuleSet.Named(ruleSet), RuleMode.Hybrid) : store, options);
        var isLax = entry.Maybe(TestData.Manifest + "resultCardinality") is Iri { Value: TestData.Manifest + "LaxCardinality" };
        ResultComparison.Check(result, entry.Corpus, ((Iri)entry.Result!).Value, isLax);
    }

    private static IEnumerable<Quad> DatasetOf(Corpus corpus, string query, string iri)
    {
        foreach (System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(query, @"FROM\s+(NAMED\s+)?<([^>]+)>"))
        {
            var file = new Uri(new Uri(iri), match.Groups[2].Value).ToString();
            foreach (var quad in TestData.File(corpus, file, $"f{match.Index}").Quads)
                yield return quad with { Graph = new Iri(file) };
        }
    }

    /// <summary>Endpoints whose data the manifest gives.</summary>
    private sealed class TestEndpoints(ManifestEntry action) : IFederation
    {
        public SolutionTable Select(string endpoint, string query, CancellationToken cancellationToken)
        {
            foreach (var service in action.Values(TestData.Query + "serviceData").Select(action.At))
            {
                if (service.One(TestData.Query + "endpoint") is not Iri iri || iri.Value != endpoint)
                    continue;
                using var store = TestData.Store(TestData.Of(service, TestData.Query));
                var result = SparqlQuery.Parse(query, new SparqlSyntaxOptions { BaseIri = endpoint }).Evaluate(store, new QueryOptions { Federation = this });
                return new SolutionTable(result.Variables, [.. result.Select(s => s.ToArray())]);
            }

            throw new FederationException(endpoint, "the test has no such endpoint.");
        }
    }
}
