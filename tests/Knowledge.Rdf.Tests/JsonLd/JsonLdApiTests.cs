using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Knowledge.Rdf.JsonLd;

namespace Knowledge.Rdf.Tests.JsonLd;

public sealed class JsonLdApiTests
{
    [Fact]
    public void Expand_WhatCompactWrote_IsTheDocument() => Gen.Select(ExpandedDocuments.Documents, ExpandedDocuments.Contexts).Sample((document, context) =>
    {
        var compact = JsonLdApi.Compact(document(), context());
        return ExpandedDocuments.Sorted(JsonLdApi.Expand(compact)) == ExpandedDocuments.Sorted(JsonLdApi.Expand(document()));
    }, print: sample => $"{sample.Item1().ToJsonString()}\n{JsonLdApi.Compact(sample.Item1(), sample.Item2()).ToJsonString()}");

    [Fact]
    public void Compact_ContextWhoseTermsSayAnotherThing_IsNotReadBackAsTheDocument()
    {
        // The fault that the test before must catch: names that were given by one context and are read by another.
        var document = JsonNode.Parse("""[{"http://example.org/p0": [{"@value": "x"}], "http://example.org/p1": [{"@value": "y"}]}]""")!;
        var compact = JsonLdApi.Compact(document, JsonNode.Parse("""{"a": "http://example.org/p0", "b": "http://example.org/p1"}"""));
        compact["@context"] = JsonNode.Parse("""{"a": "http://example.org/p1", "b": "http://example.org/p0"}""");
        Assert.NotEqual(ExpandedDocuments.Sorted(document), ExpandedDocuments.Sorted(JsonLdApi.Expand(compact)));
    }

    [Fact]
    public void Flatten_FlatDocument_StaysAsItIs() => ExpandedDocuments.Documents.Sample(document =>
    {
        var once = JsonLdApi.Flatten(document());
        return Quads(JsonLdApi.Flatten(once)) is var again && Isomorphism.AreIsomorphic(again, Quads(once)) && Isomorphism.AreIsomorphic(again, Quads(document()));
    });

    [Fact]
    public void FromRdf_ListThatAnotherGraphRefersTo_StaysInItsGraph()
    {
        var quads = Dataset.Parse("""
            @prefix : <http://x/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
            :g { _:l rdf:first "x" ; rdf:rest () . }
            :h { :s :p _:l . }
            """, RdfFormat.TriG).Quads;
        Assert.True(Isomorphism.AreIsomorphic(quads, Quads(JsonLdApi.FromRdf(quads))));
    }

    [Fact]
    public void ToRdf_WhatFromRdfWrote_IsTheDataset() => ExpandedDocuments.Documents.Sample(document =>
    {
        var quads = Quads(document());
        return Isomorphism.AreIsomorphic(quads, Quads(JsonLdApi.FromRdf(quads)));
    });

    [Fact]
    public void Read_CutDocument_ToldWithItsPlace()
    {
        var error = Assert.Throws<RdfSyntaxException>(() => Dataset.Parse("{\n  \"a\": [1,\n", RdfFormat.JsonLd));
        Assert.Equal(3, error.Line);
    }

    [Theory]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("{\"a\": \"\\uD800\"}")]
    [InlineData("{} {}")]
    public void Read_NoDocument_SaysSo(string text) => Assert.Throws<RdfSyntaxException>(() => Dataset.Parse(text, RdfFormat.JsonLd));

    [Fact]
    public void Read_RemoteContextWithoutLoader_SaysHowToAllowIt()
    {
        var error = Assert.Throws<RdfSyntaxException>(() => Dataset.Parse("""{"@context": "https://example.org/context", "a": 1}""", RdfFormat.JsonLd));
        Assert.Equal(JsonLdErrorCode.LoadingRemoteContextFailed, Assert.IsType<JsonLdException>(error.InnerException).Code);
        Assert.Contains("DocumentLoader", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_InScope_LabelsBeginWithIt()
    {
        var dataset = new Dataset();
        RdfFormat.JsonLd.Read("""{"@id": "_:x", "http://example.org/p": "v"}"""u8, dataset, new RdfReaderOptions { BlankNodeScope = "s7" });
        Assert.Equal(new BlankNode("s7-b0"), Assert.Single(dataset.Quads).Subject);
    }

    [Fact]
    public void Read_InSmallPieces_GivesTheSame()
    {
        var text = """{"@id": "http://example.org/a", "http://example.org/p": [1, {"@list": ["x", "y"]}]}""";
        var dataset = new Dataset();
        RdfFormat.JsonLd.Read(new OneByteStream(Encoding.UTF8.GetBytes(text)), dataset);
        Assert.True(Isomorphism.AreIsomorphic(dataset.Quads, Dataset.Parse(text, RdfFormat.JsonLd).Quads));
    }

    [Fact]
    public void Write_WithPrefixes_IsReadBack()
    {
        var quads = Dataset.Parse("<http://example.org/a> <http://example.org/p> \"v\"@en <http://example.org/g> .", RdfFormat.NQuads).Quads;
        var prefixes = new PrefixMap();
        prefixes.Add("ex", "http://example.org/");
        prefixes.Add("", "http://example.org/none#");
        var text = RdfFormat.JsonLd.Write(quads, new RdfWriterOptions { Prefixes = prefixes });
        Assert.Contains("\"ex:p\"", text, StringComparison.Ordinal);
        Assert.True(Isomorphism.AreIsomorphic(quads, Dataset.Parse(text, RdfFormat.JsonLd).Quads));
    }

    private static IReadOnlySet<Quad> Quads(JsonNode document)
    {
        var dataset = new Dataset();
        JsonLdApi.ToRdf(new RemoteDocument(document, null), dataset, new JsonLdOptions { RdfDirection = RdfDirection.I18nDatatype });
        return dataset.Quads;
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);
    }
}
