using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Abstractions.Tests.Runs;

public sealed class ResultTextTests
{
    [Theory]
    [InlineData("\"text\\nin lines\"", "text\nin lines")]
    [InlineData("42", "42")]
    [InlineData("{\"a\":[1,2]}", "{\"a\":[1,2]}")]
    [InlineData("null", "")]
    [InlineData("true", "true")]
    public void ResultText_Json_StringsBareAndTheRestCompact(string json, string text) => Assert.Equal(text, RunTools.ResultText(JsonElement.Parse(json)));

    [Fact]
    public void ResultText_Objects_AsCompactJson()
    {
        Assert.Equal("", RunTools.ResultText(null));
        Assert.Equal("as it is", RunTools.ResultText("as it is"));
        Assert.Equal("{\"a\":\"ü\"}", RunTools.ResultText(new Dictionary<string, string> { ["a"] = "ü" }));
    }
}
