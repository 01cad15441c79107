using System.Text.Json;
using Microsoft.Extensions.AI;
using Reasoners.Tests.Support;
using Reasoners.Tools;

namespace Reasoners.Tests.Tools;

public sealed class ToolInputTests
{
    [Theory]
    [InlineData("{\"a\": 1}", """{"a":1}""")]
    [InlineData(" [1, 2] ", "[1,2]")]
    [InlineData("5", "5")]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("None", "\"None\"")]
    [InlineData("plain words", "\"plain words\"")]
    [InlineData("", "\"\"")]
    [InlineData("{'a': 'b'}", """{"a":"b"}""")]
    [InlineData("['x', 'y']", """["x","y"]""")]
    [InlineData("{'a': None}", """{"a":null}""")]
    [InlineData("{'a': True, 'b': False, \"c\": -1.5}", """{"a":true,"b":false,"c":-1.5}""")]
    [InlineData("[None, 'it\\'s']", """[null,"it's"]""")]
    [InlineData("{'q': \"it's\", 'r': 'say \"hi\"'}", """{"q":"it's","r":"say \"hi\""}""")]
    [InlineData("(1, 2,)", "[1,2]")]
    [InlineData("{'a': [1, {'b': ()}],}", """{"a":[1,{"b":[]}]}""")]
    [InlineData("{'a': 1", "\"{'a': 1\"")]
    [InlineData("{'a': open}", "\"{'a': open}\"")]
    [InlineData("it's fine", "\"it's fine\"")]
    public void Parse_Normalising_GivesTheValue(string text, string json) =>
        Assert.Equal(json, Compact(ToolInput.Parse(text, normalizeQuotes: true)));

    [Theory]
    [InlineData("{\"a\": 1}", """{"a":1}""")]
    [InlineData("{'a': 1}", "\"{'a': 1}\"")]
    [InlineData("{'a': None}", "\"{'a': None}\"")]
    public void Parse_NotNormalising_ReadsJsonOnly(string text, string json) => Assert.Equal(json, Compact(ToolInput.Parse(text, normalizeQuotes: false)));

    [Fact]
    public void Parse_DeepNesting_IsTextAndNoStackOverflow()
    {
        var deep = new string('[', 100_000);
        Assert.Equal(JsonValueKind.String, ToolInput.Parse(deep, normalizeQuotes: true).ValueKind);
    }

    [Theory]
    [InlineData("echo", "hello", "text=\"hello\"")]
    [InlineData("echo", "5", "text=\"5\"")] // a parameter that wants text gets text
    [InlineData("echo", "{\"text\": \"a\"}", "text=\"a\"")]
    [InlineData("echo", "None", "text=\"None\"")]
    [InlineData("sum", "[1, 2]", "numbers=[1,2]")]
    [InlineData("now", "None", "")]
    [InlineData("now", "", "")]
    [InlineData("now", "whatever", "")]
    [InlineData("multiply", "{\"a\": 1, \"b\": 2, \"a\": 3}", "a=3;b=2")]
    public void Arguments_Value_GoesToTheParameters(string name, string input, string expected)
    {
        var (arguments, fault) = ToolInput.Arguments(Tool(name), ToolInput.Parse(input, normalizeQuotes: true));
        Assert.Null(fault);
        Assert.Equal(expected, string.Join(';', arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={Compact((JsonElement)a.Value!)}")));
    }

    [Fact]
    public void Arguments_OneValueForTwoParameters_NamesThem()
    {
        var (_, fault) = ToolInput.Arguments(Tool("multiply"), ToolInput.Parse("5", normalizeQuotes: true));
        Assert.Equal("The tool 'multiply' has the arguments a, b. Give a JSON object with them.", fault);
    }

    private static AIFunction Tool(string name)
    {
        var tools = new TestTools();
        return new[] { tools.Echo, tools.Sum, tools.Now, tools.Multiply }.Single(t => t.Name == name);
    }

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value, Hub.Abstractions.HubJson.Options);
}
