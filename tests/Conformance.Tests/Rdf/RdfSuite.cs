using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Rdf;

/// <summary>The suites of RDF's formats and semantics.</summary>
/// <param name="version">Folder of a version.</param>
/// <param name="more">Manifests that the version's own does not include.</param>
internal abstract class RdfSuite(string version, params string[] more) : ISuite
{
    private const string Terms = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

    /// <inheritdoc/>
    public string Name => version;

    /// <inheritdoc/>
    public string Folder => "rdf-tests";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder)
    {
        var corpus = new Corpus(folder, "https://w3c.github.io/rdf-tests/");
        // The manifests of 1.2 include those of 1.1, which are a suite of their own.
        return more.Prepend("manifest.ttl").SelectMany(m => Manifest.Read(corpus, corpus.IriOf($"rdf/{version}/{m}")))
            .Where(e => e.Manifest.Contains($"/{version}/", StringComparison.Ordinal)).Select(e => new ConformanceTest(e.Id, () => Run(e)));
    }

    private static void Run(ManifestEntry entry)
    {
        var type = entry.Type;
        if (type.EndsWith("C14N", StringComparison.Ordinal))
            Canonical(entry);
        else if (type.EndsWith("NegativeSyntax", StringComparison.Ordinal))
            Rejected(entry);
        else if (type.EndsWith("PositiveSyntax", StringComparison.Ordinal))
            Read(entry, entry.Action);
        else if (type.EndsWith("NegativeEval", StringComparison.Ordinal))
            Rejected(entry);
        else if (type.EndsWith("Eval", StringComparison.Ordinal))
            Evaluated(entry);
        else if (type is "PositiveEntailmentTest" or "NegativeEntailmentTest")
            Entailed(entry, type[0] == 'P');
        else
            throw new TestFailedException($"Tests of the type {type} are unknown here.");
    }

    private static void Evaluated(ManifestEntry entry)
    {
        var actual = Read(entry, entry.Action);
        var expected = Read(entry, entry.Result!);
        if (!Isomorphism.AreIsomorphic(actual.Quads, expected.Quads))
            throw new TestFailedException($"Read:\n{Lines(actual)}\nexpected:\n{Lines(expected)}");
    }

    /// <summary>Whether the action entails the result, or is inconsistent where the result is the literal <c>false</c>.</summary>
    private static void Entailed(ManifestEntry entry, bool isWanted)
    {
        var regime = ((Literal)entry.One(Terms + "entailmentRegime")).Lexical switch
        {
            "simple" => Regime.Simple,
            "RDF" => Regime.Rdf,
            "RDFS" => Regime.Rdfs,
            "RDFS-Plus" => Regime.RdfsPlus,
            var other => throw new TestFailedException($"The entailment regime {other} is unknown here."),
        };
        var conclusion = entry.Result is Iri ? Read(entry, entry.Result) : null;
        var datatypes = new RecognizedDatatypes(entry.List(Terms + "recognizedDatatypes").OfType<Iri>().Select(d => d.Value));
        var entailment = new Entailment(Read(entry, entry.Action), conclusion ?? new Dataset(), regime, datatypes);
        var isEntailed = conclusion is null ? entailment.IsInconsistent : entailment.Entails(conclusion);
        if (isEntailed != isWanted)
            throw new TestFailedException(isEntailed ? "It follows, and should not." : "It does not follow, and should.");
    }

    private static void Canonical(ManifestEntry entry)
    {
        var actual = Lines(Read(entry, entry.Action));
        var expected = string.Join('\n', Encoding.UTF8.GetString(entry.Corpus.Bytes(((Iri)entry.Result!).Value)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        if (actual != expected)
            throw new TestFailedException($"Written:\n{actual}\nexpected:\n{expected}");
    }

    private static void Rejected(ManifestEntry entry)
    {
        Dataset dataset;
        try
        {
            dataset = Read(entry, entry.Action);
        }
        catch (RdfSyntaxException)
        {
            return;
        }

        throw new TestFailedException($"Read without an error:\n{Lines(dataset)}");
    }

    private static Dataset Read(ManifestEntry entry, Term file)
    {
        var iri = ((Iri)file).Value;
        if (iri.EndsWith("/az-tests/same-as-one001.nt", StringComparison.Ordinal) || iri.EndsWith("/az-tests/same-as-one002.nt", StringComparison.Ordinal))
            iri = iri[..^2] + "ttl"; // the manifest names them so, the files are called otherwise
        var dataset = new Dataset();
        RdfFormat.ReadFile(entry.Corpus.PathOf(iri), dataset, new RdfReaderOptions { BaseIri = iri });
        return dataset;
    }

    private static string Lines(Dataset dataset) => string.Join('\n', dataset.Quads.Select(q => q.ToString()).Order(StringComparer.Ordinal));
}

/// <summary>RDF 1.1.</summary>
internal sealed class Rdf11Suite() : RdfSuite("rdf11", "rdf-mt/az-tests/manifest.ttl");

/// <summary>RDF 1.2.</summary>
internal sealed class Rdf12Suite() : RdfSuite("rdf12");
