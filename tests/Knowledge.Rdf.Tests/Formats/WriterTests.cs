using CsCheck;

namespace Knowledge.Rdf.Tests.Formats;

public sealed class WriterTests
{
    public static IEnumerable<object[]> Writers => RdfFormat.All.SelectMany(f => new[] { 100_000, 3, 0 }, (f, kept) => new object[] { f.Name, kept });

    [Theory, MemberData(nameof(Writers))]
    public void Write_ThenRead_GivesTheSameQuads(string name, int maxPrettyQuads)
    {
        Assert.True(RdfFormat.TryByName(name, out var format));
        var options = new RdfWriterOptions { MaxPrettyQuads = maxPrettyQuads, Prefixes = new PrefixMap().Add("ex", "http://example.org/").Add("", "http://example.org/p#").Add("1x", "urn:x-y:").Add("rdf", RdfVocabulary.Namespace) };
        Documents.QuadsFor(format).Sample(quads =>
        {
            var text = format.Write(quads, options);
            var read = Dataset.Parse(text, format);
            Assert.True(Isomorphism.AreIsomorphic(quads.ToHashSet(), read.Quads), text);
        }, iter: 400);
    }

    [Fact]
    public void Write_Turtle_AsAPersonWould()
    {
        var family = new Vocabulary("http://example.org/family#");
        const string Text = """
            @prefix : <http://example.org/family#> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

            :ada a :Person ;
                :age 36 ;
                :children ( :bea [ :name "Cleo" ;
                    :pets ( ) ] ) ;
                :knows _:loop ;
                :parent :bea, :cleo .

            _:loop :knows _:loop .

            """;
        var quads = Dataset.Parse(Text, RdfFormat.Turtle);
        Assert.Contains(new Quad(family["ada"], family["parent"], family["cleo"]), quads.Quads);
        var ordered = quads.Quads.OrderBy(q => q.ToString(), StringComparer.Ordinal);
        var written = RdfFormat.Turtle.Write(ordered, new RdfWriterOptions { Prefixes = quads.Prefixes });
        Assert.Equal(Text.Replace("( ) ]", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> ]", StringComparison.Ordinal), written);
    }

    [Fact]
    public void Write_TriGWithoutKeeping_GroupsWhatComesTogether()
    {
        var terms = new Vocabulary("urn:x:");
        Quad[] quads = [new(terms["a"], terms["p"], terms["b"]), new(terms["a"], terms["p"], terms["c"]), new(terms["a"], terms["q"], terms["c"]), new(terms["b"], terms["p"], terms["a"], terms["g"])];
        var text = RdfFormat.TriG.Write(quads, new RdfWriterOptions { MaxPrettyQuads = 0, Prefixes = new PrefixMap().Add("x", "urn:x:") });
        Assert.Equal("@prefix x: <urn:x:> .\n\nx:a x:p x:b , x:c ;\n    x:q x:c .\n\nx:g {\nx:b x:p x:a .\n}\n", text);
    }

    [Fact]
    public void Write_CircleOfNodes_KeepsAllOfIt()
    {
        var circle = Dataset.Parse("_:a <urn:p> _:b . _:b <urn:p> _:c . _:c <urn:p> _:a . _:c <urn:q> [ <urn:r> 1 ] .", RdfFormat.Turtle);
        Assert.True(Isomorphism.AreIsomorphic(circle.Quads, Dataset.Parse(RdfFormat.Turtle.Write(circle.Quads), RdfFormat.Turtle).Quads));
    }

    [Fact]
    public void Write_ChainDeeperThanReadersGo_IsReadAgain()
    {
        var chain = Enumerable.Range(0, 2000).Select(n => new Quad(new BlankNode($"n{n}"), new Iri("urn:p"), new BlankNode($"n{n + 1}"))).ToHashSet();
        Assert.True(Isomorphism.AreIsomorphic(chain, Dataset.Parse(RdfFormat.Turtle.Write(chain), RdfFormat.Turtle).Quads));
    }

    [Fact]
    public void Write_LongListWithoutEnd_TakesNoLongerThanItsLength()
    {
        var list = Enumerable.Range(0, 20_000).SelectMany(n => new[] { new Quad(new BlankNode($"n{n}"), new Iri(RdfVocabulary.First), new Iri("urn:x")), new Quad(new BlankNode($"n{n}"), new Iri(RdfVocabulary.Rest), new BlankNode($"n{n + 1}")) });
        Assert.Equal(40_000, Dataset.Parse(RdfFormat.Turtle.Write(list), RdfFormat.Turtle).Quads.Count);
    }

    [Theory]
    [InlineData("N-Triples")]
    [InlineData("Turtle")]
    [InlineData("RDF/XML")]
    public void Write_GraphWhereTheFormatHasNone_SaysSo(string name)
    {
        Assert.True(RdfFormat.TryByName(name, out var format));
        var wrong = Assert.Throws<NotSupportedException>(() => format.Write([new Quad(new Iri("urn:a"), new Iri("urn:p"), new Iri("urn:b"), new Iri("urn:g"))]));
        Assert.Contains("no named graphs", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<urn:a> <urn:p/1> <urn:b> .", "ends with no")]
    [InlineData("<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> <urn:b> .", "keeps the name")]
    [InlineData("<urn:a> <urn:p> \"\\u0001\" .", "U+0001")]
    public void Write_WhatXmlCannotSay_SaysSo(string triple, string problem)
    {
        var wrong = Assert.Throws<NotSupportedException>(() => RdfFormat.RdfXml.Write(Dataset.Parse(triple, RdfFormat.NTriples).Quads));
        Assert.Contains(problem.Replace("ends with no", "end with a name", StringComparison.Ordinal), wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateWriter_OnAStream_WritesAllOfItWhenDisposed()
    {
        using var stream = new MemoryStream();
        using (var writer = RdfFormat.NQuads.CreateWriter(stream))
            for (var n = 0; n < 10_000; n++)
                writer.Write(new Quad(new Iri($"urn:{n}"), new Iri("urn:p"), new Literal(new string('x', n % 100))));
        stream.Position = 0;
        var read = new Dataset();
        RdfFormat.NQuads.Read(stream, read);
        Assert.Equal(10_000, read.Quads.Count);
    }
}
