namespace Knowledge.Rdf.JsonLd;

/// <summary>A media type with its parameters, or one target of a Link header with its attributes: both are a word and <c>; name="value"</c> pairs (RFC 9110, 8.3.1; RFC 8288, 3).</summary>
/// <param name="Name">The type in lower case, or the target as it stands.</param>
/// <param name="Parameters">Parameters; names in any case.</param>
internal sealed record MediaType(string Name, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    public const string JsonLd = "application/ld+json";
    public const string Json = "application/json";

    public bool IsHtml => Name is "text/html" or "application/xhtml+xml";

    public bool IsJson => Name is Json or JsonLd || Name.EndsWith("+json", StringComparison.Ordinal);

    public string? Parameter(string name) => Parameters.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

#pragma warning disable CA1308 // media types are compared in lower case
    public static MediaType Of(string text)
    {
        var parts = Split(text, ';');
        return new MediaType(parts[0].ToLowerInvariant(), [.. parts.Skip(1).Select(Pair)]);
    }
#pragma warning restore CA1308

    /// <summary>The links of one Link header.</summary>
    public static IEnumerable<MediaType> Links(string header)
    {
        foreach (var link in Split(header, ','))
        {
            var close = link.IndexOf('>', StringComparison.Ordinal);
            if (link.StartsWith('<') && close > 0)
                yield return new MediaType(link[1..close], [.. Split(link[(close + 1)..], ';').Where(p => p.Length > 0).Select(Pair)]);
        }
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new(text, "") : new(text[..equals].Trim(), text[(equals + 1)..].Trim().Trim('"'));
    }

    /// <summary>Parts between separators that stand neither in quotes nor in angle brackets, trimmed.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, quoted, bracketed) = (0, false, false);
        for (var at = 0; at < text.Length; at++)
        {
            quoted ^= text[at] == '"';
            bracketed = text[at] == '<' || (bracketed && text[at] != '>');
            if (text[at] == separator && !quoted && !bracketed)
            {
                parts.Add(text[start..at].Trim());
                start = at + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}
