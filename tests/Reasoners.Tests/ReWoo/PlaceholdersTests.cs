using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Reasoners.ReWoo;
using Reasoners.Tests.Reference;

namespace Reasoners.Tests.ReWoo;

public sealed class PlaceholdersTests
{
    private static readonly string[] s_texts =
        ["#E1", "#E2", "#E12", "x", "", " #E1", "#E1#E2", "a #E1 b #E12 c", "#E3", "#E", "##E1", "#e1", "#E1x", "12 #E2", "\"quoted\" #E1", "ä#E2ö"];

    [Theory]
    [InlineData("""{"a":"#E1","b":[1,"#E2"]}""", """{"a":378,"b":[1,"red"]}""")]
    [InlineData("\"#E12\"", """{"x":[true,null]}""")]
    [InlineData("\"is #E1 #E2?\"", "\"is 378 red?\"")]
    [InlineData("\"all: #E12\"", """
        "all: {\"x\":[true,null]}"
        """)]
    [InlineData("""{"#E1":"#E3"}""", """{"#E1":"#E3"}""")] // keys stay, and so do names without a result
    [InlineData("\" #E1\"", "\" 378\"")]
    public void Fill_Placeholders_KeepsNativeTypes(string input, string expected) =>
        Assert.Equal(expected.Trim(), JsonSerializer.Serialize(Placeholders.Fill(JsonElement.Parse(input), Results()), HubJson.Options));

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Fill_RandomValues_EqualsTheNaiveTwin(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var input = Draw(random, depth: 4);
            Assert.True(JsonNode.DeepEquals(NaiveSubstitution.Fill(input, Results()), Filled(input, Results())), input?.ToJsonString() ?? "null");
        }
    }

    [Fact]
    public void Fill_NoResults_ChangesNothing()
    {
        var random = new Random(13);
        for (var i = 0; i < 2_000; i++)
        {
            var input = Draw(random, depth: 4);
            Assert.True(JsonNode.DeepEquals(input, Filled(input, new Dictionary<string, JsonElement>())));
        }
    }

    [Fact]
    public void NaiveTwin_PlantedFaultTextReplacement_IsCaught()
    {
        // The obvious mistake: replacing "#E1" as text also hits "#E12".
        static string Planted(string text) => Results().Aggregate(text, (t, r) => t.Replace(r.Key, RunTools.ResultText(r.Value), StringComparison.Ordinal));

        Assert.Contains(s_texts, text => NaiveSubstitution.Fill(text, Results()) is JsonValue value && value.ToString() != Planted(text));
    }

    [Fact]
    public void In_NestedValue_FindsNamesInTextsOnly() =>
        Assert.Equal(["#E1", "#E12", "#E2", "#E2"], Placeholders.In(JsonElement.Parse("""{"#E9":["#E1 and #E12",{"k":"#E2#E2"}],"n":1}"""u8)));

    private static Dictionary<string, JsonElement> Results() => new()
    {
        ["#E1"] = JsonElement.Parse("378"u8),
        ["#E2"] = JsonElement.Parse("\"red\""u8),
        ["#E12"] = JsonElement.Parse("""{"x":[true,null]}"""u8),
    };

    private static JsonNode? Filled(JsonNode? input, IReadOnlyDictionary<string, JsonElement> results) =>
        JsonNode.Parse(Placeholders.Fill(JsonSerializer.SerializeToElement(input), results).GetRawText());

    private static JsonNode? Draw(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => random.Next(-9, 9),
        1 => random.Next(3) switch { 0 => true, 1 => false, _ => null },
        2 or 3 => s_texts[random.Next(s_texts.Length)],
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Draw(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create(i == 0 ? "#E1" : $"k{i}", Draw(random, depth - 1)))),
    };
}
