using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using Knowledge.Rdf;

namespace Knowledge.Store.Tests.Terms;

public class InlineTermTests
{
    private const string Xsd = "http://www.w3.org/2001/XMLSchema#";

    [Theory]
    [InlineData("0", "integer")]
    [InlineData("-1", "integer")]
    [InlineData("134217727", "integer")]
    [InlineData("-134217727", "integer")]
    [InlineData("true", "boolean")]
    [InlineData("false", "boolean")]
    [InlineData("0001-01-01", "date")]
    [InlineData("9999-12-31", "date")]
    [InlineData("2024-02-29", "date")]
    public void TryEncode_SmallCanonicalLiteral_WritesTheSameText(string lexical, string datatype)
    {
        var text = $"\"{lexical}\"^^<{Xsd}{datatype}>";

        Assert.True(InlineTerm.TryEncode(Encoding.UTF8.GetBytes(text), out var id));
        Assert.True(id > TermId.MaxDense);
        Assert.Equal(text, Written(id));
    }

    [Theory]
    [InlineData("\"01\"^^<" + Xsd + "integer>")]
    [InlineData("\"-0\"^^<" + Xsd + "integer>")]
    [InlineData("\"+1\"^^<" + Xsd + "integer>")]
    [InlineData("\"\"^^<" + Xsd + "integer>")]
    [InlineData("\"-\"^^<" + Xsd + "integer>")]
    [InlineData("\"134217728\"^^<" + Xsd + "integer>")]
    [InlineData("\"12a\"^^<" + Xsd + "integer>")]
    [InlineData("\"1\"^^<" + Xsd + "boolean>")]
    [InlineData("\"2023-02-29\"^^<" + Xsd + "date>")]
    [InlineData("\"2023-02-01Z\"^^<" + Xsd + "date>")]
    [InlineData("\"1\"^^<" + Xsd + "int>")]
    [InlineData("\"1\"")]
    [InlineData("<" + Xsd + "integer>")]
    [InlineData("_:b")]
    public void TryEncode_AnythingElse_IsNotInline(string text) => Assert.False(InlineTerm.TryEncode(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryEncode_RandomLexicalForms_RoundTripsExactlyOrNotAtAll() =>
        Gen.Select(Gen.OneOf(Gen.Long.Select(l => l.ToString(CultureInfo.InvariantCulture)), Gen.Int[-2000, 2000].Select(i => i.ToString(CultureInfo.InvariantCulture)),
                Gen.String[Gen.Char["0123456789-+.Zte"], 0, 11]), Gen.OneOf(Gen.Const("integer"), Gen.Const("boolean"), Gen.Const("date")))
            .Sample((lexical, datatype) =>
            {
                var text = $"\"{lexical}\"^^<{Xsd}{datatype}>";
                return !InlineTerm.TryEncode(Encoding.UTF8.GetBytes(text), out var id) || Written(id) == text;
            });

    [Fact]
    public void Write_IdOfNoLiteral_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Written(0xFFFF_FFFF));

    private static string Written(uint id)
    {
        var output = new ArrayBufferWriter<byte>();
        InlineTerm.Write(id, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
