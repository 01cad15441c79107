using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Shapes;
using Knowledge.Store;

namespace Conformance.Tests.Shapes;

/// <summary>SHACL: core and SPARQL-based constraints. Reports are compared in RDF, each result by all that the suite says of it.</summary>
internal sealed class ShaclSuite : ISuite
{
    private const string TestTerms = "http://www.w3.org/ns/shacl-test#";

    /// <inheritdoc/>
    public string Name => "shacl";

    /// <inheritdoc/>
    public string Folder => "shacl-tests";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder)
    {
        var corpus = new Corpus(folder, "https://w3c.github.io/data-shapes/data-shapes-test-suite/tests/");
        // Each file is a manifest of its own; the suite's manifests leave one out.
        return Directory.EnumerateFiles(folder, "*.ttl", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "manifest.ttl").Order(StringComparer.Ordinal)
            .SelectMany(f => Manifest.Read(corpus, corpus.IriOf(Path.GetRelativePath(folder, f)))).Select(e => new ConformanceTest(e.Id, () => Run(e))).ToList();
    }

    private static void Run(ManifestEntry entry)
    {
        var action = entry.At(entry.Action);
        var (data, shapes) = ((Iri)action.One(TestTerms + "dataGraph"), (Iri)action.One(TestTerms + "shapesGraph"));
        using var store = QuadStore.InMemory();
        using (var transaction = store.Begin())
        {
            foreach (var quad in Load(entry.Corpus, data).Quads)
                transaction.Add(quad);
            foreach (var quad in Load(entry.Corpus, shapes).Quads)
                transaction.Add(quad with { Graph = shapes });
            transaction.Commit();
        }

        if (entry.Result is Iri { Value: TestTerms + "Failure" })
        {
            Fails(store, shapes);
            return;
        }

        var report = new Dataset(Validate(store, shapes).ToQuads());
        var node = report.Match(predicate: new Iri(RdfVocabulary.Type), @object: new Iri(ReportText.Shacl + "ValidationReport")).Single().Subject;
        var expected = ReportText.Of(new Dataset(entry.Graph.SelectMany(g => g)), entry.Result!);
        var actual = ReportText.Of(report, node, withMessages: expected.Contains("resultMessage", StringComparison.Ordinal));
        if (actual != expected)
            throw new TestFailedException($"Is:\n{actual}\nexpected:\n{expected}");
    }

    private static ValidationReport Validate(QuadStore store, Iri shapes)
    {
        using var snapshot = store.Snapshot();
        return ShapesGraph.Read(snapshot, shapes).Validate(snapshot, new ValidationOptions { ShapesGraph = shapes });
    }

    private static void Fails(QuadStore store, Iri shapes)
    {
        ValidationReport report;
        try
        {
            report = Validate(store, shapes);
        }
        catch (ShapesException)
        {
            return;
        }

        throw new TestFailedException($"There is a report, with {report.Results.Count} results; a failure is expected.");
    }

    private static Dataset Load(Corpus corpus, Iri file)
    {
        var dataset = new Dataset();
        RdfFormat.ReadFile(corpus.PathOf(file.Value), dataset, new RdfReaderOptions { BaseIri = file.Value });
        return dataset;
    }
}

/// <summary>A validation report in RDF as text that is equal where reports say the same. Nodes of the shapes and of the data keep their labels; those of paths are written out.</summary>
internal static class ReportText
{
    public const string Shacl = "http://www.w3.org/ns/shacl#";
    private static readonly string[] s_nodes = ["focusNode", "value", "resultSeverity", "sourceShape", "sourceConstraint", "sourceConstraintComponent"];

    public static string Of(Dataset graph, Term report, bool withMessages = true)
    {
        var results = Objects(graph, report, Shacl + "result").Select(r => Result(graph, r, withMessages)).Order(StringComparer.Ordinal);
        return string.Join('\n', results.Prepend($"conforms {string.Join(' ', Objects(graph, report, Shacl + "conforms"))}"));
    }

    private static string Result(Dataset graph, Term result, bool withMessages)
    {
        var parts = s_nodes.Select(n => $"{n} {string.Join(' ', Objects(graph, result, Shacl + n))}").ToList();
        parts.AddRange(Objects(graph, result, Shacl + "resultPath").Select(p => $"resultPath {Path(graph, p, 0)}"));
        if (withMessages)
            parts.AddRange(Objects(graph, result, Shacl + "resultMessage").Select(m => $"resultMessage {m}").Order(StringComparer.Ordinal));
        return string.Join("; ", parts);
    }

    private static string Path(Dataset graph, Term path, int depth) => path is Iri || depth > 20 ? path.ToString()
        : "[" + string.Join(", ", graph.Match(subject: path).Select(q => $"{q.Predicate} {Path(graph, q.Object, depth + 1)}").Order(StringComparer.Ordinal)) + "]";

    private static IEnumerable<Term> Objects(Dataset graph, Term subject, string predicate) => graph.Match(subject, new Iri(predicate)).Select(q => q.Object);
}
