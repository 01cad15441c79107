using Knowledge.Rdf;

namespace Conformance.Tests.Harness;

/// <summary>Manifests as the W3C's RDF suites write them: a list of entries, and a list of other manifests.</summary>
internal static class Manifest
{
    private const string Terms = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

    /// <summary>Reads a manifest and those that it includes.</summary>
    /// <param name="corpus">The files.</param>
    /// <param name="iri">Where the manifest is published.</param>
    public static IEnumerable<ManifestEntry> Read(Corpus corpus, string iri)
    {
        var dataset = new Dataset();
        RdfFormat.ReadFile(corpus.PathOf(iri), dataset, new RdfReaderOptions { BaseIri = iri });
        var graph = dataset.Quads.ToLookup(q => q.Subject);
        var here = new ManifestEntry(corpus, iri, graph, new Iri(iri));
        foreach (var manifest in dataset.Match(predicate: new Iri(Terms + "include")).Select(q => here.At(q.Subject)))
            foreach (var included in manifest.List(Terms + "include").SelectMany(m => Read(corpus, ((Iri)m).Value)))
                yield return included;
        foreach (var manifest in dataset.Match(predicate: new Iri(Terms + "entries")).Select(q => here.At(q.Subject)))
            foreach (var entry in manifest.List(Terms + "entries"))
                yield return here.At(entry);
    }
}

/// <summary>A node of a manifest: an entry, or something that an entry names.</summary>
/// <param name="Corpus">The files.</param>
/// <param name="Manifest">IRI of the manifest.</param>
/// <param name="Graph">The manifest's triples, by subject.</param>
/// <param name="Node">The node.</param>
internal sealed record ManifestEntry(Corpus Corpus, string Manifest, ILookup<Term, Quad> Graph, Term Node)
{
    private const string Terms = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

    /// <summary>Folder and fragment of the entry's IRI: <c>rdf-turtle#turtle-eval-struct-01</c>.</summary>
    public string Id
    {
        get
        {
            var folder = new Uri(Manifest).Segments;
            var name = ((Iri)Node).Value;
            return $"{string.Concat(folder.Skip(Math.Max(1, folder.Length - 3)).SkipLast(1)).TrimEnd('/')}#{name[(name.LastIndexOfAny(['#', '/']) + 1)..]}";
        }
    }

    /// <summary>Last part of the entry's type: <c>TestTurtleEval</c>. Where it has several types, the one that is not NegativeSyntax and the like alone, the longest.</summary>
    public string Type => Values(RdfVocabulary.Type).OfType<Iri>().Select(t => t.Value[(t.Value.LastIndexOf('#') + 1)..]).MaxBy(t => t.Length) ?? "";

    /// <summary>The entry's action: an IRI, or a node with more.</summary>
    public Term Action => One(Terms + "action");

    /// <summary>The entry's result; null where it has none.</summary>
    public Term? Result => Maybe(Terms + "result");

    /// <summary>The same manifest at another node.</summary>
    public ManifestEntry At(Term node) => this with { Node = node };

    /// <summary>The values of a property.</summary>
    public IEnumerable<Term> Values(string property) => Graph[Node].Where(q => q.Predicate is Iri p && p.Value == property).Select(q => q.Object);

    /// <summary>The value of a property, or null.</summary>
    public Term? Maybe(string property) => Values(property).FirstOrDefault();

    /// <summary>The value of a property that must be there.</summary>
    public Term One(string property) => Maybe(property) ?? throw new TestFailedException($"The manifest gives {Node} no <{property}>.");

    /// <summary>The members of a property's list; none where it has no such property.</summary>
    public IEnumerable<Term> List(string property)
    {
        for (var at = Maybe(property); at is not null and not Iri { Value: RdfVocabulary.Nil }; at = At(at).One(RdfVocabulary.Rest))
            yield return At(at).One(RdfVocabulary.First);
    }
}
