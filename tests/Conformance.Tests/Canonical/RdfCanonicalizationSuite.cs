using System.Text.Json.Nodes;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rdf.Canonical;

namespace Conformance.Tests.Canonical;

/// <summary>RDFC-1.0: canonical text, maps of labels, and graphs that are too hard.</summary>
internal sealed class RdfCanonicalizationSuite : ISuite
{
    /// <inheritdoc/>
    public string Name => "rdfc10";

    /// <inheritdoc/>
    public string Folder => "rdfc10-tests";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "manifest.jsonld")))!["entries"]!.AsArray()
            .Select(e => new ConformanceTest(((string)e!["id"]!).TrimStart('#'), () => Run(folder, e))).ToList();

    private static void Run(string folder, JsonNode entry)
    {
        var type = (string)entry["type"]!;
        var dataset = new Dataset();
        RdfFormat.ReadFile(Path.Combine(folder, (string)entry["action"]!), dataset);
        var options = new CanonicalizationOptions { Hash = (string?)entry["hashAlgorithm"] == "SHA384" ? CanonicalizationHash.Sha384 : CanonicalizationHash.Sha256 };
        if (type == "rdfc:RDFC10NegativeEvalTest")
        {
            Refused(dataset, options);
            return;
        }

        var actual = RdfCanonicalization.Canonicalize(dataset.Quads, options);
        var expected = File.ReadAllText(Path.Combine(folder, (string)entry["result"]!));
        if (type == "rdfc:RDFC10EvalTest" && actual.NQuads != expected)
            throw new TestFailedException($"Is:\n{actual.NQuads}\nexpected:\n{expected}");
        if (type == "rdfc:RDFC10MapTest" && !JsonNode.DeepEquals(JsonNode.Parse(expected), new JsonObject(actual.IssuedIdentifiers.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)))))
            throw new TestFailedException($"Is:\n{string.Join('\n', actual.IssuedIdentifiers)}\nexpected:\n{expected}");
    }

    private static void Refused(Dataset dataset, CanonicalizationOptions options)
    {
        try
        {
            RdfCanonicalization.Canonicalize(dataset.Quads, options);
        }
        catch (CanonicalizationLimitException)
        {
            return;
        }

        throw new TestFailedException("Labels were found; the dataset is made to be too hard.");
    }
}
