using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Abstractions;

namespace Reasoners.ReWoo;

/// <summary>Names of results inside a tool's input: <c>#E1</c>, <c>#E2</c>… in its text values, never in its keys.</summary>
internal static partial class Placeholders
{
    private const int TimeoutMilliseconds = 1000;

    private static readonly JsonWriterOptions s_writer = new() { Encoder = HubJson.Options.Encoder };

    /// <summary>Whether a text is one placeholder and nothing else.</summary>
    public static bool IsOne(string text) => Pattern().Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>All placeholders that a value mentions, repeated as often as it does.</summary>
    public static IEnumerable<string> In(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Pattern().Matches(value.GetString()!).Select(match => match.Value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(In),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => In(member.Value)),
        _ => [],
    };

    /// <summary>
    /// Puts results in the places of their names: a text that is one placeholder becomes the result itself, with its type;
    /// a placeholder inside a longer text becomes the result's text. A name without a result stays.
    /// </summary>
    /// <param name="value">A tool's input.</param>
    /// <param name="results">Results by placeholder. What they contain is not searched again.</param>
    public static JsonElement Fill(JsonElement value, IReadOnlyDictionary<string, JsonElement> results)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_writer))
            Write(writer, value, results);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, IReadOnlyDictionary<string, JsonElement> results)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, results);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, results);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when results.TryGetValue(value.GetString()!, out var whole):
                whole.WriteTo(writer);
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Pattern().Replace(value.GetString()!,
                    match => results.TryGetValue(match.Value, out var part) ? RunTools.ResultText(part) : match.Value));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    [GeneratedRegex("#E[0-9]+", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex Pattern();
}
