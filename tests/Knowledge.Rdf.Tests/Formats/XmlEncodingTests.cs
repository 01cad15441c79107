using System.Text;

namespace Knowledge.Rdf.Tests.Formats;

public sealed class XmlEncodingTests
{
    private const string Document = """
        <?xml version="1.0" encoding="utf-8"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:eg="http://example.org/">
          <rdf:Description rdf:about="http://example.org/a"><eg:name>Dürst 😀</eg:name></rdf:Description>
          <rdf:Description rdf:about="http://example.org/b"><eg:name>Ada</eg:name></rdf:Description>
        </rdf:RDF>
        """;

    [Fact]
    public void Read_ByteThatIsNoUtf8_EndsAtItWhateverThePieces()
    {
        var text = Encoding.UTF8.GetBytes(Document);
        for (var at = Document.IndexOf('>', StringComparison.Ordinal) + 1; at <= text.Length; at++)
        {
            byte[] broken = [.. text[..at], 0xF8, .. text[at..]];
            var whole = Documents.Lines(sink => RdfFormat.RdfXml.Read(broken, sink));
            Assert.Contains("A byte is no UTF-8", whole[^1], StringComparison.Ordinal);
            for (var largest = 1; largest < 4; largest++)
                Assert.Equal(whole, Documents.Lines(sink => RdfFormat.RdfXml.Read(new TrickleStream(broken, at, largest), sink)));
        }
    }

    [Fact]
    public void Read_ByteThatIsNoUtf8_GivesWhatStandsBeforeAndThePlace()
    {
        byte[] broken = [.. Encoding.UTF8.GetBytes(Document.Replace("Ada", "A", StringComparison.Ordinal)[..^12]), 0xC3];
        var lines = Documents.Lines(sink => RdfFormat.RdfXml.Read(broken, sink));
        Assert.Contains(lines, l => l.Contains("Dürst 😀", StringComparison.Ordinal));
        Assert.StartsWith("Line 4, column ", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", "utf-8")]
    [InlineData("UTF-8", "utf-8")]
    [InlineData("iso-8859-1", "iso-8859-1")]
    [InlineData("utf-16", "utf-16")]
    [InlineData("utf-16", "utf-16BE")]
    public void Read_EncodingThatIsDeclared_IsRead(string declared, string used)
    {
        var encoding = Encoding.GetEncoding(used);
        var text = Document.Replace("utf-8", declared, StringComparison.Ordinal).Replace(" 😀", "", StringComparison.Ordinal);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        var expected = Documents.Lines(sink => RdfFormat.RdfXml.Read(Encoding.UTF8.GetBytes(Document.Replace(" 😀", "", StringComparison.Ordinal)), sink));
        Assert.Contains(expected, l => l.Contains("Dürst", StringComparison.Ordinal));
        Assert.Equal(expected, Documents.Lines(sink => RdfFormat.RdfXml.Read(bytes, sink)));
        Assert.Equal(expected, Documents.Lines(sink => RdfFormat.RdfXml.Read(new TrickleStream(bytes, 1), sink)));
    }

    [Fact]
    public void Read_DeclarationThatIsNeverClosed_IsASyntaxError()
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml " + new string(' ', 10_000));
        Assert.Throws<RdfSyntaxException>(() => RdfFormat.RdfXml.Read(bytes, new Dataset()));
    }
}
