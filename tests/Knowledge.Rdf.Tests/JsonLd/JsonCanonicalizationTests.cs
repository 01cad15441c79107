using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Knowledge.Rdf.JsonLd;

namespace Knowledge.Rdf.Tests.JsonLd;

public sealed class JsonCanonicalizationTests
{
    /// <summary>RFC 8785, appendix B.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(unchecked((long)0x8000000000000000), "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(unchecked((long)0x8000000000000001), "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(unchecked((long)0xffefffffffffffff), "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Number_OfTheStandardsTable_IsAsThere(long bits, string expected) => Assert.Equal(expected, JsonCanonicalization.Number(BitConverter.Int64BitsToDouble(bits)));

    [Fact]
    public void Number_AnyFinite_ReadsBack() => Gen.Double.Where(double.IsFinite).Sample(value => double.Parse(JsonCanonicalization.Number(value), CultureInfo.InvariantCulture) == value);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Number_NotFinite_SaysSo(double value) => Assert.Throws<FormatException>(() => JsonCanonicalization.Number(value));

    /// <summary>RFC 8785, 3.2.3: names sort by UTF-16 units, so a character beyond the basic plane comes before U+FB33.</summary>
    [Fact]
    public void Canonicalize_ExampleOfTheStandard_IsAsThere()
    {
        var node = JsonNode.Parse("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"Latin"}""");
        Assert.Equal("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin\",\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji\",\"\ufb33\":\"Hebrew\"}", JsonCanonicalization.Canonicalize(node));
    }

    [Fact]
    public void Canonicalize_HalfASurrogatePair_SaysSo() => Assert.Throws<FormatException>(() => JsonCanonicalization.Canonicalize(JsonValue.Create("\ud800")));
}
