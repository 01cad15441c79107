using Conformance.Tests.Harness;
using Knowledge.Endpoint.Tests;
using Knowledge.Rdf;

namespace Conformance.Tests.Http;

/// <summary>SPARQL 1.1: the protocol, the Graph Store Protocol and the service description, over HTTP.</summary>
internal sealed class HttpSuite : ISuite
{
    private const string Update = "http://www.w3.org/2009/sparql/tests/test-update#";
    private const string Description = "http://www.w3.org/ns/sparql-service-description#";
    private static readonly string[] s_manifests = ["protocol", "graph-store-protocol", "service-description", "http-rdf-update"];

    /// <inheritdoc/>
    public string Name => "sparql-11-http";

    /// <inheritdoc/>
    public string Folder => "rdf-tests";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder)
    {
        var corpus = new Corpus(folder, "https://w3c.github.io/rdf-tests/");
        foreach (var manifest in s_manifests)
        {
            var before = new List<HttpExchange>();
            foreach (var entry in Manifest.Read(corpus, corpus.IriOf($"sparql/sparql11/{manifest}/manifest.ttl")))
            {
                if (manifest == "http-rdf-update")
                {
                    // Each test goes on from where the one before left the store.
                    before.Add(HttpText.Exchange(entry));
                    var exchanges = before.ToArray();
                    yield return new ConformanceTest(entry.Id, () => HttpConnection.RunAsync(exchanges, [], exchanges.Length - 1).GetAwaiter().GetResult());
                    continue;
                }

                yield return new ConformanceTest(entry.Id, () => RunAsync(entry).GetAwaiter().GetResult());
            }
        }
    }

    private static Task RunAsync(ManifestEntry entry) => entry.Type == "ServiceDescriptionTest"
        ? DescribeAsync(entry)
        : HttpConnection.RunAsync(HttpExchange.Of(entry.At(entry.Action)), entry.Values(Update + "graphData").Select(entry.At).SelectMany(GraphData));

    private static IEnumerable<Quad> GraphData(ManifestEntry data)
    {
        var graph = new Iri(((Literal)data.One("http://www.w3.org/2000/01/rdf-schema#label")).Lexical);
        return Dataset.Parse(System.Text.Encoding.UTF8.GetString(data.Corpus.Bytes(((Iri)data.One(Update + "graph")).Value)), RdfFormat.NTriples).Quads.Select(q => q with { Graph = graph });
    }

    // The manifest has names alone: what each wants stands in them.
    private static async Task DescribeAsync(ManifestEntry entry)
    {
        await using var served = await Served.Of("");
        var url = new Uri(served.Client.BaseAddress!, "sparql");
        using var response = await served.Client.GetAsync(url);
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (!response.IsSuccessStatusCode || !RdfFormat.TryByMediaType(type, out var format))
            throw new TestFailedException($"GET answers {(int)response.StatusCode} with '{type}'; RDF is wanted.");
        var graph = Dataset.Parse(await response.Content.ReadAsStringAsync(), format, new RdfReaderOptions { BaseIri = url.AbsoluteUri });
        var services = graph.Match(predicate: new Iri(RdfVocabulary.Type), @object: new Iri(Description + "Service")).Select(q => q.Subject).ToList();
        var isRight = entry.Id[(entry.Id.IndexOf('#', StringComparison.Ordinal) + 1)..] switch
        {
            "returns-rdf" => true,
            "has-endpoint-triple" => graph.Match(predicate: new Iri(Description + "endpoint"), @object: new Iri(url.AbsoluteUri)).Any(),
            "conforms-to-schema" => services.Count == 1 && graph.Quads.All(q => q.Predicate is not Iri p || !p.Value.StartsWith(Description, StringComparison.Ordinal) || IsOfSchema(p, q.Object)),
            var other => throw new TestFailedException($"Tests called {other} are unknown here."),
        };
        if (!isRight)
            throw new TestFailedException($"The description is not what the test wants:\n{string.Join('\n', graph.Quads)}");
    }

    // SPARQL 1.1 Service Description, 3.2: properties and whether their values are nodes.
    private static bool IsOfSchema(Iri property, Term value) => property.Value[Description.Length..] switch
    {
        "endpoint" or "feature" or "defaultEntailmentRegime" or "entailmentRegime" or "defaultSupportedEntailmentProfile" or "supportedEntailmentProfile" => value is not Literal,
        "extensionFunction" or "extensionAggregate" or "languageExtension" or "supportedLanguage" or "propertyFeature" or "resultFormat" or "inputFormat" => value is not Literal,
        "defaultDataset" or "availableGraphs" or "defaultGraph" or "namedGraph" or "name" or "graph" => value is not Literal,
        _ => false,
    };
}
