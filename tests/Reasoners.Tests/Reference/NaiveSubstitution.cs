using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reasoners.Tests.Reference;

/// <summary>Substitution of results by names, one character at a time over a tree of nodes.</summary>
internal static class NaiveSubstitution
{
    public static JsonNode? Fill(JsonNode? value, IReadOnlyDictionary<string, JsonElement> results)
    {
        switch (value)
        {
            case JsonObject members:
                var filled = new JsonObject();
                foreach (var (key, member) in members)
                    filled[key] = Fill(member, results);
                return filled;
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Fill(item, results))]);
            case JsonValue leaf when leaf.GetValueKind() == JsonValueKind.String:
                var text = leaf.GetValue<string>();
                return results.TryGetValue(text, out var whole) ? JsonNode.Parse(whole.GetRawText()) : JsonValue.Create(FillText(text, results));
            default:
                return value?.DeepClone();
        }
    }

    private static string FillText(string text, IReadOnlyDictionary<string, JsonElement> results)
    {
        var filled = "";
        for (var i = 0; i < text.Length; i++)
        {
            var end = i;
            if (text[i] == '#' && i + 1 < text.Length && text[i + 1] == 'E')
            {
                end = i + 2;
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                    end++;
            }

            if (end > i && results.TryGetValue(text[i..end], out var part))
            {
                filled += part.ValueKind switch
                {
                    JsonValueKind.String => part.GetString(),
                    JsonValueKind.Null => "",
                    _ => part.GetRawText(),
                };
                i = end - 1;
            }
            else
            {
                filled += text[i];
            }
        }

        return filled;
    }
}
