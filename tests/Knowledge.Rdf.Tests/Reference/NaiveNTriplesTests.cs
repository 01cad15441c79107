using System.Text;
using CsCheck;
using Knowledge.Rdf.Tests.Formats;

namespace Knowledge.Rdf.Tests.Reference;

public sealed class NaiveNTriplesTests
{
    private static readonly Gen<byte[]> s_documents = Documents.AnyOf(
        "<urn:a>", "<http://a.b/c#d>", "<urn:\\u00e9>", "<urn:é>", "<a>", "<urn:a%2>", "_:a", "_:é.b", "_:-", "\"x\"", "\"x\\n\\u00E9\"", "\"é\"@en-GB", "\"x\"@en--rtl", "\"x\"@en--up", "\"x\"^^<urn:t>", "\"\t\u0001\"",
        "\"\\uD800\"", "\"x\" ^^ <http://www.w3.org/2001/XMLSchema#string>", " ", "  ", "\t", ".", " .", ".\n", " .\n", "\r\n", "# c\n", "\n", "<", ">", "\"", "\\", "é", "@", "^^")
        .Array[0, 9].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

    private static readonly Gen<byte[]> s_statements = Gen.Select(
        Documents.AnyOf("<urn:a>", "_:a", "<http://a.b/é>", " _:b.c", "<urn:\\U0000006F>"), Documents.AnyOf("<urn:p>", " <http://a.b/p#q>", "\t<urn:p>"),
        Documents.AnyOf("<urn:o>", " _:o", "_:o.", "\"x\"", " \"x\\\"\"", "\"é\u007F\"@EN", " \"\\t\"@en--ltr", "\"1\"^^<urn:t>", "\"1\" ^^ <urn:\\u00E9>", "\"\uFFFE\""), Documents.AnyOf(".", " .", " . # c", "", ". x"),
        Documents.AnyOf("\n", "\r\n", "\r", "\n\n", "")).Select((s, p, o, end, line) => s + p + o + end + line).Array[1, 4].Select(lines => Encoding.UTF8.GetBytes(string.Concat(lines)));

    [Fact]
    public void Read_RandomDocuments_EqualsTheNaiveReader()
    {
        var good = 0;
        Gen.OneOf(s_documents, s_statements).Sample(document =>
        {
            Assert.True(Agree(document, out var isGood), Encoding.UTF8.GetString(document));
            good += isGood ? 1 : 0;
        }, iter: 3000, threads: 1);
        Assert.InRange(good, 100, 2900);
    }

    [Theory]
    [InlineData("<urn:a> <urn:p> \"\\u00e9\" .", "<urn:a> <urn:p> \"é\" .")] // an escape left as it was
    [InlineData("<urn:a> <urn:p> \"x\"@EN .", "<urn:a> <urn:p> \"x\"@EN .")] // a language tag in capitals
    public void Oracle_PlantedFault_IsCaught(string document, string faulty) => Assert.NotEqual(NaiveNTriples.Read(Encoding.UTF8.GetBytes(document)), document.Contains('\\', StringComparison.Ordinal) ? [document] : [faulty]);

    private static bool Agree(byte[] document, out bool isGood)
    {
        var naive = NaiveNTriples.Read(document);
        isGood = naive is not null;
        var lines = new Lines();
        try
        {
            RdfFormat.NTriples.Read(document, lines);
            return naive is not null && naive.SequenceEqual(lines.Text);
        }
        catch (RdfSyntaxException)
        {
            return naive is null;
        }
    }
}
