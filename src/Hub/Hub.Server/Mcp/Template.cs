using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hub.Server.Mcp;

/// <summary>Texts and addresses with places: <c>{name}</c>. Of RFC 6570, simple expansion of one name that stops at a slash.</summary>
internal static class Template
{
    private const int MaxDepth = 32;

    /// <summary>Whether an address has places.</summary>
    public static bool IsTemplate(string uri) => Parts(uri).Any(p => p.IsPlace);

    /// <summary>A text with values in its places; a place without a value stays as it is.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder(text.Length);
        foreach (var (part, isPlace) in Parts(text))
            filled.Append(!isPlace ? part : values.TryGetValue(part, out var value) ? value : $"{{{part}}}");
        return filled.ToString();
    }

    /// <summary>JSON whose texts have values in their places.</summary>
    /// <exception cref="JsonException">It is nested too deeply.</exception>
    public static JsonNode? Fill(JsonElement json, IReadOnlyDictionary<string, string> values, int depth = 0) => depth > MaxDepth
        ? throw new JsonException($"It is nested deeper than {MaxDepth}.")
        : json.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Fill(p.Value, values, depth + 1)))),
            JsonValueKind.Array => new JsonArray([.. json.EnumerateArray().Select(e => Fill(e, values, depth + 1))]),
            JsonValueKind.String => JsonValue.Create(Fill(json.GetString()!, values)),
            _ => JsonNode.Parse(json.GetRawText()),
        };

    /// <summary>What stands in the places of an address; null where it does not fit the template.</summary>
    public static Dictionary<string, string>? Match(string template, string uri)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var parts = Parts(template).ToArray();
        var at = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var (part, isPlace) = parts[i];
            if (!isPlace)
            {
                if (string.CompareOrdinal(uri, at, part, 0, part.Length) != 0)
                    return null;
                at += part.Length;
                continue;
            }

            var next = i + 1 < parts.Length ? parts[i + 1].Text : null;
            var end = next is null ? uri.Length : uri.IndexOf(next, at, StringComparison.Ordinal);
            if (end <= at || uri.AsSpan(at, end - at).Contains('/'))
                return null;
            values[part] = Uri.UnescapeDataString(uri[at..end]);
            at = end;
        }

        return at == uri.Length ? values : null;
    }

    /// <summary>Literal parts and names of places, in turn; a brace that encloses no name is literal.</summary>
    private static IEnumerable<(string Text, bool IsPlace)> Parts(string text)
    {
        var from = 0;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close <= open + 1 || !text.AsSpan(open + 1, close - open - 1).ContainsOnlyNameCharacters())
                continue;
            if (open > from)
                yield return (text[from..open], false);
            yield return (text[(open + 1)..close], true);
            from = close + 1;
        }

        if (from < text.Length)
            yield return (text[from..], false);
    }

    private static bool ContainsOnlyNameCharacters(this ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
                return false;
        }

        return true;
    }
}
