using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Sparql.Tests.Results;

public sealed class ResultFormatTests
{
    private static readonly SolutionTable s_table = new(["a", "b"],
    [
        [new Iri("http://x/a"), new Literal("plain \"quoted\"\twith\nall\r\\")],
        [new BlankNode("b0"), Literal.InLanguage("hallo", "de")],
        [null, Literal.InLanguage("مرحبا", "ar", BaseDirection.RightToLeft)],
        [new Literal("01", XsdVocabulary.Integer), new Literal("1.5e3", XsdVocabulary.Double)],
        [new Literal("x", "http://x/type"), new TripleTerm(new Iri("http://x/s"), new Iri("http://x/p"), new Literal("o"))],
        [new Literal(""), null],
    ]);

    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    [InlineData("tsv")]
    public void Read_WhatWasWritten_IsTheSame(string name)
    {
        Assert.True(ResultFormat.TryByName(name, out var format));
        using var stream = new MemoryStream();
        format.Write(s_table.Variables, s_table, stream);
        stream.Position = 0;
        var read = format.Read(stream).Solutions!;
        Assert.Equal(s_table.Select(s => s.ToString()), read.Select(s => s.ToString()));
    }

    [Fact]
    public void Write_Csv_QuotesWhatHasSeparators()
    {
        using var stream = new MemoryStream();
        ResultFormat.Csv.Write(["a"], new SolutionTable(["a"], [[new Literal("x,\"y\"")], [new Iri("http://x/")]]), stream);
        Assert.Equal("a\r\n\"x,\"\"y\"\"\"\r\nhttp://x/\r\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData("xml", "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\"><head/></sparql>")]
    [InlineData("xml", "<sparql")]
    [InlineData("json", "{\"head\":{}}")]
    [InlineData("json", "[")]
    [InlineData("tsv", "?a\n<http://x/>\t1")]
    [InlineData("csv", "a\r\n1,2\r\n")]
    public void Read_WrongText_SaysSo(string name, string text)
    {
        Assert.True(ResultFormat.TryByName(name, out var format));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.Throws<RdfSyntaxException>(() => format.Read(stream));
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    public void Read_Boolean_IsTheSame(string name)
    {
        Assert.True(ResultFormat.TryByName(name, out var format));
        foreach (var answer in new[] { true, false })
        {
            using var stream = new MemoryStream();
            format.Write(answer, stream);
            stream.Position = 0;
            Assert.Equal(answer, format.Read(stream).Boolean);
        }
    }
}
