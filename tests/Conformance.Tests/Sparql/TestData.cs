using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Store;

namespace Conformance.Tests.Sparql;

/// <summary>Names of properties in manifests, and the data that they lead to.</summary>
internal static class TestData
{
    public const string Query = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
    public const string Update = "http://www.w3.org/2009/sparql/tests/test-update#";
    public const string Manifest = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
    private const string Label = "http://www.w3.org/2000/01/rdf-schema#label";

    /// <summary>The quads of an entry's data: one file or more for the default graph, and files for named graphs.</summary>
    /// <param name="entry">An action or a result.</param>
    /// <param name="vocabulary">Of queries, or of updates.</param>
    public static List<Quad> Of(ManifestEntry entry, string vocabulary)
    {
        var quads = new List<Quad>();
        foreach (var data in entry.Values(vocabulary + "data").OfType<Iri>())
            quads.AddRange(File(entry.Corpus, data.Value, $"d{quads.Count}").Quads);
        foreach (var data in entry.Values(vocabulary + "graphData"))
        {
            var (file, name) = data is Iri iri ? (iri, iri) : (Named(entry.At(data), vocabulary), new Iri(((Literal)entry.At(data).One(Label)).Lexical));
            quads.AddRange(File(entry.Corpus, file.Value, $"d{quads.Count}").Quads.Select(q => q with { Graph = name }));
        }

        return quads;
    }

    private static Iri Named(ManifestEntry entry, string vocabulary) => (Iri)(entry.Maybe(vocabulary + "graph") ?? entry.One(vocabulary + "data"));

    /// <summary>The quads of a file.</summary>
    public static Dataset File(Corpus corpus, string iri, string scope)
    {
        var dataset = new Dataset();
        RdfFormat.ReadFile(corpus.PathOf(iri), dataset, new RdfReaderOptions { BaseIri = iri, BlankNodeScope = scope });
        return dataset;
    }

    /// <summary>A store with quads.</summary>
    public static QuadStore Store(IEnumerable<Quad> quads)
    {
        var store = QuadStore.InMemory();
        using var transaction = store.Begin();
        foreach (var quad in quads)
            transaction.Add(quad);
        transaction.Commit();
        return store;
    }
}
