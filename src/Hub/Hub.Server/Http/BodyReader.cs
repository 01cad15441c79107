using System.Text.Json;

namespace Hub.Server.Http;

/// <summary>Typed values of a JSON object's keys; a key that is absent or null is the default.</summary>
/// <param name="body">The object.</param>
internal readonly struct BodyReader(JsonElement body)
{
    public JsonElement Body => body;

    /// <summary>The value of a key; null where it is absent or null.</summary>
    public JsonElement? Find(string key) => body.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <exception cref="RequestException">It is no text.</exception>
    public string? Text(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(key, value, "text");

    /// <exception cref="RequestException">It is no number, or out of range.</exception>
    public double? Number(string key, double least, double most) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, value, FormattableString.Invariant($"a number from {least} to {most}"));

    /// <exception cref="RequestException">It is no whole number, or out of range.</exception>
    public int? Integer(string key, int least, int most) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, value, FormattableString.Invariant($"a whole number from {least} to {most}"));

    /// <exception cref="RequestException">It is no whole number of 64 bits.</exception>
    public long? Long(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong(key, value, "a whole number");

    /// <exception cref="RequestException">It is no truth value.</exception>
    public bool? Flag(string key) => Find(key) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(key, value, "true or false");

    /// <summary>A list of texts, or one text.</summary>
    /// <exception cref="RequestException">It is neither, or has more than <paramref name="most"/>.</exception>
    public IReadOnlyList<string>? Texts(string key, int most)
    {
        if (Find(key) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most || value.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
            throw Wrong(key, value, FormattableString.Invariant($"text or a list of at most {most} texts"));
        return [.. value.EnumerateArray().Select(e => e.GetString()!)];
    }

    private static RequestException Wrong(string key, JsonElement value, string needed)
    {
        var raw = value.GetRawText();
        return RequestException.Invalid($"'{key}' is {(raw.Length > 80 ? "a " + JsonBody.Kind(value) : raw)}; {needed} is needed.", key);
    }
}
