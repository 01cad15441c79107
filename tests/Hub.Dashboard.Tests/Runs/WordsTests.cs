using Hub.Dashboard.Http;

namespace Hub.Dashboard.Tests.Runs;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.00001, "<0.1 ms")]
    [InlineData(0.00042, "0.4 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(1.54, "1.5 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(7260, "2 h 1 min")]
    [InlineData(432000, "5 days")]
    public void Of_Duration_HasTheUnitThatSuits(double seconds, string expected) => Assert.Equal(expected, Words.Of(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(null, "–")]
    [InlineData("0.00042", "0.00042")]
    [InlineData("1.5", "1.50")]
    public void Of_Cost_KeepsWhatMatters(string? cost, string expected) =>
        Assert.Equal(expected, Words.Of(cost is null ? null : decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("{\"a\":1}", "{\n  \"a\": 1\n}")]
    [InlineData("[not json", "[not json")]
    [InlineData("words", "words")]
    public void Pretty_Text_LaysJsonOut(string text, string expected) => Assert.Equal(expected, Words.Pretty(text).ReplaceLineEndings("\n"));
}
