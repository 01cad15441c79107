using System.Text.Json;
using Hub.Core.Answers;

namespace Hub.Core.Tests.Answers;

public sealed class JsonTextTests
{
    [Fact]
    public void Parse_RandomText_IsWhatTheParserSays()
    {
        const string Characters = "{}[]\",:0123456789-+.eE tfnrualse\n\u00a0";
        var random = new Random(20261129);
        string[] whole = ["true", "false", "null", " {} ", "[1, 2]\n", "\"x\"", "-1.5e3", "1e", "nul", "{\"a\":1}", "", " ", "+1", "\u00a0true"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = i < whole.Length ? whole[i] : new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => Characters[random.Next(Characters.Length)])]);

            Assert.Equal(Slow(text)?.GetRawText(), JsonText.Parse(text)?.GetRawText());
        }
    }

    private static JsonElement? Slow(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
