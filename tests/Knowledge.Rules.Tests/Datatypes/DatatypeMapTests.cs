using System.Globalization;
namespace Knowledge.Rules.Tests.Datatypes;

public sealed class DatatypeMapTests
{
    [Theory]
    [InlineData("+042", "byte", "42", "integer")]
    [InlineData("-0", "integer", "0", "integer")]
    [InlineData("42.0", "decimal", "42", "integer")]
    [InlineData("-03.1400", "decimal", "-3.14", "decimal")]
    [InlineData(".5", "decimal", "0.5", "decimal")]
    [InlineData("1.0E1", "double", "10", "double")]
    [InlineData("-0.0", "float", "-0", "float")]
    [InlineData("+INF", "double", "INF", "double")]
    [InlineData("1", "boolean", "true", "boolean")]
    [InlineData("0aff", "hexBinary", "0AFF", "hexBinary")]
    [InlineData("2009-04-21T12:30:15.00-05:00", "dateTimeStamp", "2009-04-21T17:30:15Z", "dateTime")]
    [InlineData("2008-12-31T24:00:00", "dateTime", "2009-01-01T00:00:00", "dateTime")]
    [InlineData("abc", "token", "abc", "string")]
    public void Canonical_OneValue_IsOneLiteral(string lexical, string datatype, string canonical, string canonicalDatatype) =>
        Assert.Equal(Xsd(canonical, canonicalDatatype), DatatypeMap.Canonical(Xsd(lexical, datatype)));

    [Theory]
    [InlineData("128", "byte")]
    [InlineData("-1", "unsignedInt")]
    [InlineData(" 1", "integer")]
    [InlineData("1.0E+40", "float")]
    [InlineData("1.0E-50", "float")]
    [InlineData("1e400", "double")]
    [InlineData("2009-02-29T00:00:00", "dateTime")]
    [InlineData("2009-04-21T12:30:15", "dateTimeStamp")]
    [InlineData("0af", "hexBinary")]
    [InlineData("AQ=", "base64Binary")]
    [InlineData(" abc  123 ", "token")]
    [InlineData("en-", "language")]
    [InlineData("ex:tag", "NCName")]
    [InlineData(":abc", "anyURI")]
    public void IsWellFormed_IllFormedLiteral_IsNot(string lexical, string datatype) => Assert.False(DatatypeMap.IsWellFormed(Xsd(lexical, datatype)));

    [Theory]
    [InlineData("1/2", "0.5", "decimal")]
    [InlineData("-6/3", "-2", "integer")]
    [InlineData("1/8", "0.125", "decimal")]
    public void Canonical_Fraction_IsADecimalWhereItHasAnEnd(string lexical, string canonical, string datatype) =>
        Assert.Equal(Xsd(canonical, datatype), DatatypeMap.Canonical(new Literal(lexical, "http://www.w3.org/2002/07/owl#rational")));

    [Fact]
    public void Contains_Values_BelongToDatatypesWhateverTheyWereWrittenAs()
    {
        Assert.True(DatatypeMap.Contains(XsdVocabulary.Decimal, Xsd("42", "byte")));
        Assert.True(DatatypeMap.Contains(XsdVocabulary.Namespace + "byte", Xsd("42.0", "decimal")));
        Assert.False(DatatypeMap.Contains(XsdVocabulary.Namespace + "byte", Xsd("300", "int")));
        Assert.False(DatatypeMap.Contains(XsdVocabulary.Integer, Xsd("true", "boolean")));
        Assert.Null(DatatypeMap.Contains(XsdVocabulary.Integer, new Literal("x", "http://x/unknown")));
    }

    [Fact]
    public void AreDifferent_ValuesAlone_Count()
    {
        Assert.False(DatatypeMap.AreDifferent(Xsd("42", "byte"), Xsd("42.0", "decimal")));
        Assert.True(DatatypeMap.AreDifferent(Xsd("42", "byte"), Xsd("43", "byte")));
        Assert.True(DatatypeMap.AreDifferent(Xsd("0.0", "float"), Xsd("-0.0", "float")));
        Assert.False(DatatypeMap.AreDifferent(Xsd("2000-01-01", "date"), Xsd("2000-01-01Z", "date"))); // nothing is known of days
        Assert.True(DatatypeMap.AreDifferent(new Literal("a"), Literal.InLanguage("a", "en")));
    }

    private static Literal Xsd(string lexical, string datatype) => new(lexical, XsdVocabulary.Namespace + datatype);

    [Fact]
    public void AreWithin_AllDatatypes_AgreeWithSamplesOfTheirValues()
    {
        var bounds = Numbers.Bounds.Values.SelectMany(b => new[] { b.Min, b.Max }).OfType<System.Numerics.BigInteger>().SelectMany(n => new[] { n - 1, n, n + 1 });
        List<Literal> samples =
        [
            .. bounds.Distinct().Select(n => new Literal(n.ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer)), new("0.5", XsdVocabulary.Decimal), new("1/3", "http://www.w3.org/2002/07/owl#rational"),
            new("a b "), new("a\tb"), new("a b"), new("a-b"), new("a_b"), new("a:b"), new(":9"), new("9a"), new("9-"), Literal.InLanguage("a", "en"),
            .. DatatypeMap.Known.Select(d => new Literal(Example(d), d)).Where(DatatypeMap.IsWellFormed),
        ];
        var members = DatatypeMap.Known.ToDictionary(d => d, d => samples.Where(s => DatatypeMap.Contains(d, s) == true).ToHashSet());
        foreach (var one in DatatypeMap.Known)
            foreach (var other in DatatypeMap.Known)
            {
                var both = members[one].Intersect(members[other]).ToList();
                Assert.False(DatatypeMap.AreDisjoint(one, other) && both.Count > 0, $"{one} and {other} share {both.FirstOrDefault()}");
                foreach (var wide in DatatypeMap.Known)
                {
                    var isWithin = both.TrueForAll(members[wide].Contains);
                    Assert.True(isWithin || !DatatypeMap.AreWithin(one, other, wide), $"{one} and {other} share {both.Find(b => !members[wide].Contains(b))}, which is none of {wide}");
                    // The other way round for whole numbers, whose samples lie at all bounds, and for one datatype below another; no literal is real and not rational.
                    var isTold = one == other ? !one.EndsWith("real", StringComparison.Ordinal) : new[] { one, other, wide }.All(IsWhole) && both.Count > 0;
                    Assert.True(!isTold || !isWithin || DatatypeMap.AreWithin(one, other, wide), $"{one}, {other}, {wide}");
                }
            }
    }

    private static bool IsWhole(string datatype) => Numbers.Bounds.ContainsKey(datatype.Split('#')[1]);

    private static string Example(string datatype) => datatype.Split('#')[1] switch
    {
        "boolean" => "true",
        "hexBinary" => "0A",
        "base64Binary" => "AAAA",
        "anyURI" => "http://x/",
        "dateTime" => "2000-01-01T00:00:00",
        "dateTimeStamp" => "2000-01-01T00:00:00Z",
        "date" => "2000-01-01",
        "time" => "00:00:00",
        "gYear" => "2000",
        "gYearMonth" => "2000-01",
        "gMonth" => "--01",
        "gMonthDay" => "--01-01",
        "gDay" => "---01",
        "duration" => "P1D",
        "PlainLiteral" => "a@",
        _ => "1",
    };
}
