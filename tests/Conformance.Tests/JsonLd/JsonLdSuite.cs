using System.Text;
using System.Text.Json.Nodes;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rdf.JsonLd;

namespace Conformance.Tests.JsonLd;

/// <summary>One manifest of the JSON-LD API's suite. Its documents are got through a loader that answers from the files.</summary>
/// <param name="part">Name of the manifest.</param>
internal abstract class JsonLdSuite(string part) : ISuite
{
    /// <inheritdoc/>
    public string Name => "json-ld-" + part.ToLowerInvariant();

    /// <inheritdoc/>
    public string Folder => "json-ld-tests";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, part + "-manifest.jsonld")))!;
        var files = new JsonLdFiles(folder, (string)manifest["baseIri"]!);
        return manifest["sequence"]!.AsArray().Select(t => new JsonLdTest(files, t!)).Select(t => new ConformanceTest(t.Id, t.Run)).ToList();
    }
}

/// <summary>Expansion.</summary>
internal sealed class JsonLdExpandSuite() : JsonLdSuite("expand");

/// <summary>Compaction.</summary>
internal sealed class JsonLdCompactSuite() : JsonLdSuite("compact");

/// <summary>Flattening.</summary>
internal sealed class JsonLdFlattenSuite() : JsonLdSuite("flatten");

/// <summary>JSON-LD to RDF.</summary>
internal sealed class JsonLdToRdfSuite() : JsonLdSuite("toRdf");

/// <summary>RDF to JSON-LD.</summary>
internal sealed class JsonLdFromRdfSuite() : JsonLdSuite("fromRdf");

/// <summary>JSON-LD in pages of HTML.</summary>
internal sealed class JsonLdHtmlSuite() : JsonLdSuite("html");

/// <summary>Redirections and link headers.</summary>
internal sealed class JsonLdRemoteDocumentSuite() : JsonLdSuite("remote-doc");

/// <summary>One test of the suite.</summary>
internal sealed class JsonLdTest(JsonLdFiles files, JsonNode entry)
{
    private readonly JsonObject _option = entry["option"] as JsonObject ?? [];

    /// <summary>The test's fragment without its sign.</summary>
    public string Id => ((string)entry["@id"]!).TrimStart('#');

    private IEnumerable<string> Types => entry["@type"]!.AsArray().Select(t => (string)t!);

    private string Input => files.IriOf((string)entry["input"]!);

    /// <summary>Runs it.</summary>
    public void Run()
    {
        var expectsError = Types.Contains("jld:NegativeEvaluationTest");
        try
        {
            var actual = Actual();
            if (expectsError)
                throw new TestFailedException($"No error, but:\n{actual?.ToJsonString()}\nexpected: {entry["expectErrorCode"]}");
            if (actual is not null && !JsonLdComparison.AreEqual(Expected(), actual))
                throw new TestFailedException($"Is:\n{actual.ToJsonString()}\nexpected:\n{Expected()?.ToJsonString()}");
        }
        catch (JsonLdException error) when (expectsError)
        {
            if (error.Code != (string?)entry["expectErrorCode"])
                throw new TestFailedException($"The code is '{error.Code}'; expected: {entry["expectErrorCode"]}. {error.Message}");
        }
    }

    private JsonNode? Expected() => JsonNode.Parse(File.ReadAllText(files.PathOf(files.IriOf((string)entry["expect"]!))));

    private JsonNode? Actual()
    {
        var options = Options();
        if (Types.Contains("jld:FromRDFTest"))
        {
            var dataset = new Dataset();
            RdfFormat.ReadFile(files.PathOf(Input), dataset);
            return JsonLdApi.FromRdf(dataset.Quads.OrderBy(q => q.ToString(), StringComparer.Ordinal), options);
        }

        var toRdf = Types.Contains("jld:ToRDFTest");
        var document = JsonLdApi.Load(Input, options, extractAllScripts: toRdf);
        if (toRdf)
        {
            ToRdf(document, options);
            return null;
        }

        return Types.Contains("jld:ExpandTest") ? JsonLdApi.Expand(document, options)
            : Types.Contains("jld:CompactTest") ? JsonLdApi.Compact(document, Context(), options)
            : JsonLdApi.Flatten(document, Context(), options);
    }

    private void ToRdf(RemoteDocument document, JsonLdOptions options)
    {
        var actual = new Dataset();
        JsonLdApi.ToRdf(document, actual, options);
        if (!Types.Contains("jld:PositiveEvaluationTest"))
            return;
        var path = files.PathOf(files.IriOf((string)entry["expect"]!));
        var expected = options.ProduceGeneralizedRdf ? Generalized(path) : new Dataset();
        if (!options.ProduceGeneralizedRdf)
            RdfFormat.ReadFile(path, expected);
        if (!Isomorphism.AreIsomorphic(actual.Quads, expected.Quads))
            throw new TestFailedException($"Is:\n{Lines(actual)}\nexpected:\n{Lines(expected)}");
    }

    /// <summary>Quads with blank nodes as predicates, which no format has: a predicate of its own stands in for each while they are read.</summary>
    private static Dataset Generalized(string path)
    {
        const string stand = "urn:blank:";
        var lines = File.ReadLines(path).Select(l => l.Split(' ', 3)).Select(p => p[1].StartsWith("_:", StringComparison.Ordinal) ? $"{p[0]} <{stand}{p[1][2..]}> {p[2]}" : string.Join(' ', p));
        var dataset = Dataset.Parse(string.Join('\n', lines), RdfFormat.NQuads);
        return new Dataset(dataset.Quads.Select(q => q with { Predicate = Back(q.Predicate) }));

        static Term Back(Term predicate) => predicate is Iri { Value: var iri } && iri.StartsWith(stand, StringComparison.Ordinal) ? new BlankNode(iri[stand.Length..]) : predicate;
    }

    private JsonNode? Context() => entry["context"] is { } context ? JsonNode.Parse(File.ReadAllText(files.PathOf(files.IriOf((string)context!)))) : null;

    private JsonLdOptions Options() => new()
    {
        Base = (string?)_option["base"],
        CompactArrays = (bool?)_option["compactArrays"] ?? true,
        CompactToRelative = (bool?)_option["compactToRelative"] ?? true,
        DocumentLoader = new DocumentLoader((url, _) => files.Answer(url, url == Input.Split('#')[0] ? _option : [])),
        ExpandContext = _option["expandContext"] is { } context ? JsonNode.Parse(File.ReadAllText(files.PathOf(files.IriOf((string)context!)))) : null,
        ExtractAllScripts = (bool?)_option["extractAllScripts"],
        ProcessingMode = (string?)(_option["processingMode"] ?? _option["specVersion"]) == "json-ld-1.0" ? JsonLdProcessingMode.JsonLd10 : JsonLdProcessingMode.JsonLd11,
        ProduceGeneralizedRdf = (bool?)_option["produceGeneralizedRdf"] ?? false,
        RdfDirection = (string?)_option["rdfDirection"] switch { "i18n-datatype" => RdfDirection.I18nDatatype, "compound-literal" => RdfDirection.CompoundLiteral, _ => RdfDirection.None },
        UseNativeTypes = (bool?)_option["useNativeTypes"] ?? false,
        UseRdfType = (bool?)_option["useRdfType"] ?? false,
    };

    private static string Lines(Dataset dataset) => string.Join('\n', dataset.Quads.Select(q => q.ToString()).Order(StringComparer.Ordinal));
}

/// <summary>The suite's files under the IRIs where they are published.</summary>
internal sealed class JsonLdFiles(string folder, string iri)
{
    public string IriOf(string path) => iri + path;

    public string PathOf(string url) => Path.Combine(folder, url[iri.Length..]);

    /// <summary>What the published suite's server would answer.</summary>
    public DocumentResponse Answer(string url, JsonObject option)
    {
        if ((string?)option["redirectTo"] is { } target)
            return new DocumentResponse((int)option["httpStatus"]!, "", default, [], IriOf(target));
        if (!url.StartsWith(iri, StringComparison.Ordinal) || !File.Exists(PathOf(url)))
            return new DocumentResponse(404, "", default, []);
        string[] links = option["httpLink"] switch { null => [], JsonArray many => [.. many.Select(l => (string)l!)], var one => [(string)one!] };
        return new DocumentResponse(200, (string?)option["contentType"] ?? TypeOf(Path.GetExtension(url)), Encoding.UTF8.GetBytes(File.ReadAllText(PathOf(url))), links);
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".jsonld" => "application/ld+json",
        ".json" => "application/json",
        ".html" => "text/html",
        _ => "application/octet-stream",
    };
}
