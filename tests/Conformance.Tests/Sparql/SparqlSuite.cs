using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Sparql;

/// <summary>Suites of SPARQL.</summary>
/// <param name="name">What the summary calls it.</param>
/// <param name="version">Folder of a version.</param>
/// <param name="folders">The folders of tests that belong to it; none for all that belong to no other.</param>
internal abstract class SparqlSuite(string name, string version, params string[] folders) : ISuite
{
    private static readonly string[] s_others = ["entailment", "protocol", "graph-store-protocol", "http-rdf-update", "service-description"];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Folder => "rdf-tests";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder)
    {
        var corpus = new Corpus(folder, "https://w3c.github.io/rdf-tests/");
        var manifests = folders.Length > 0 ? folders.Select(f => $"{version}/{f}/manifest.ttl") : [$"{version}/{(version == "sparql11" ? "manifest-all.ttl" : "manifest.ttl")}"];
        return manifests.SelectMany(m => Manifest.Read(corpus, corpus.IriOf($"sparql/{m}")))
            .Where(e => folders.Length > 0 || !s_others.Any(o => e.Manifest.Contains($"/{o}/", StringComparison.Ordinal)))
            .Select(e => new ConformanceTest(e.Id, () => Run(e)));
    }

    private static void Run(ManifestEntry entry)
    {
        switch (entry.Type)
        {
            case "PositiveSyntaxTest" or "PositiveSyntaxTest11":
                SyntaxTest.Accepts(entry, isUpdate: false);
                break;
            case "NegativeSyntaxTest" or "NegativeSyntaxTest11":
                SyntaxTest.Rejects(entry, isUpdate: false);
                break;
            case "PositiveUpdateSyntaxTest" or "PositiveUpdateSyntaxTest11":
                SyntaxTest.Accepts(entry, isUpdate: true);
                break;
            case "NegativeUpdateSyntaxTest" or "NegativeUpdateSyntaxTest11":
                SyntaxTest.Rejects(entry, isUpdate: true);
                break;
            case "QueryEvaluationTest" or "CSVResultFormatTest":
                QueryTest.Run(entry);
                break;
            case "UpdateEvaluationTest":
                UpdateTest.Run(entry);
                break;
            default:
                throw new TestFailedException($"Tests of the type {entry.Type} are unknown here.");
        }
    }
}

/// <summary>SPARQL 1.0: query.</summary>
internal sealed class Sparql10Suite() : SparqlSuite("sparql-10", "sparql10");

/// <summary>SPARQL 1.1: query, update, federation and result formats.</summary>
internal sealed class Sparql11Suite() : SparqlSuite("sparql-11", "sparql11");

/// <summary>SPARQL 1.1: entailment regimes.</summary>
internal sealed class Sparql11EntailmentSuite() : SparqlSuite("sparql-11-entailment", "sparql11", "entailment");

/// <summary>SPARQL 1.2.</summary>
internal sealed class Sparql12Suite() : SparqlSuite("sparql-12", "sparql12");
