using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Knowledge.Endpoint;

/// <summary>What an endpoint says of itself. SPARQL 1.1 Service Description.</summary>
internal static class ServiceDescription
{
    private const string Sd = "http://www.w3.org/ns/sparql-service-description#";
    private const string Formats = "http://www.w3.org/ns/formats/";

    /// <summary>The triples that describe an endpoint.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="isReadOnly">Whether updates are refused.</param>
    public static IEnumerable<Triple> Of(string url, bool isReadOnly)
    {
        Term service = new BlankNode("service");
        yield return new Triple(service, new Iri(RdfVocabulary.Type), new Iri(Sd + "Service"));
        yield return new Triple(service, new Iri(Sd + "endpoint"), new Iri(url));
        foreach (var language in isReadOnly ? ["SPARQL11Query"] : (string[])["SPARQL11Query", "SPARQL11Update"])
            yield return new Triple(service, new Iri(Sd + "supportedLanguage"), new Iri(Sd + language));
        foreach (var name in Results.Concat(Documents))
            yield return new Triple(service, new Iri(Sd + "resultFormat"), new Iri(Formats + name));
        foreach (var name in Documents)
            yield return new Triple(service, new Iri(Sd + "inputFormat"), new Iri(Formats + name));
        Term dataset = new BlankNode("dataset"), graph = new BlankNode("graph");
        yield return new Triple(service, new Iri(Sd + "defaultDataset"), dataset);
        yield return new Triple(dataset, new Iri(RdfVocabulary.Type), new Iri(Sd + "Dataset"));
        yield return new Triple(dataset, new Iri(Sd + "defaultGraph"), graph);
        yield return new Triple(graph, new Iri(RdfVocabulary.Type), new Iri(Sd + "Graph"));
    }

    private static IEnumerable<string> Results => ResultFormat.All.Select(f => $"SPARQL_Results_{f.Name.ToUpperInvariant()}");

    private static IEnumerable<string> Documents => RdfFormat.All.Select(f => f.Name.Replace('/', '_'));
}
