using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>JSON text as nodes (RFC 8259), within limits.</summary>
internal static class JsonReading
{
    private static readonly JsonWriterOptions s_text = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="utf8">The text; a byte order mark is skipped.</param>
    /// <param name="limits">Limits.</param>
    /// <exception cref="RdfSyntaxException">It is no JSON, with its line and column; or a name stands twice in one map.</exception>
    /// <exception cref="JsonLdException">It has more bytes than allowed.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> utf8, JsonLdLimits limits)
    {
        if (utf8.Length > limits.MaxDocumentBytes)
            throw new JsonLdException(JsonLdErrorCode.DocumentTooLarge, $"the document has {utf8.Length} bytes; at most {limits.MaxDocumentBytes} are read (JsonLdLimits.MaxDocumentBytes).");
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = limits.MaxDepth });
        try
        {
            reader.Read();
            var node = Value(ref reader, utf8);
            reader.Read();
            return node;
        }
        catch (JsonException wrong)
        {
            throw new RdfSyntaxException(wrong.Message, (wrong.LineNumber ?? -1) + 1, (wrong.BytePositionInLine ?? -1) + 1, wrong);
        }
        catch (InvalidOperationException wrong)
        {
            var (line, column) = PlaceOf(utf8, (int)reader.TokenStartIndex);
            throw new RdfSyntaxException("a string has half a surrogate pair or is not UTF-8.", line, column, wrong);
        }
    }

    private static JsonNode? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var map = new JsonObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    var start = (int)reader.TokenStartIndex;
                    reader.Read();
                    if (map.ContainsKey(name))
                    {
                        var (line, column) = PlaceOf(utf8, start);
                        throw new RdfSyntaxException($"the name '{name}' stands twice in one map.", line, column);
                    }

                    map.Add(name, Value(ref reader, utf8));
                }

                return map;
            case JsonTokenType.StartArray:
                var array = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    array.Add(Value(ref reader, utf8));
                return array;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.True or JsonTokenType.False:
                return JsonValue.Create(reader.GetBoolean());
            case JsonTokenType.Number:
                return JsonValue.Create(JsonElement.ParseValue(ref reader));
            default:
                return null;
        }
    }

    private static (long Line, long Column) PlaceOf(ReadOnlySpan<byte> utf8, int at)
    {
        var before = utf8[..at];
        return (before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>Writes nodes as JSON text.</summary>
    public static void Write(JsonNode? node, System.Buffers.IBufferWriter<byte> output, bool indented)
    {
        using var writer = new Utf8JsonWriter(output, s_text with { Indented = indented });
        if (node is null)
            writer.WriteNullValue();
        else
            node.WriteTo(writer);
    }
}
