using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Reads a JSON body whole, within limits.</summary>
internal static class JsonBody
{
    /// <summary>The deepest nesting that a body may have.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>The body, an object.</summary>
    /// <exception cref="RequestException">No JSON, no text in UTF-8, nested too deeply, or no object.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            try
            {
                if (read.IsCompleted)
                    return Parse(read.Buffer);
            }
            finally
            {
                // Whatever comes of it: a reader that is not told how far it was read takes the connection down.
                reader.AdvanceTo(read.IsCompleted ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            }
        }
    }

    private static JsonElement Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            ReadOnlyMemory<byte> bytes = body.IsSingleSegment ? body.First : body.ToArray();
            if (!Utf8.IsValid(bytes.Span))
                throw new RequestException(StatusCodes.Status400BadRequest, "The body is no text in UTF-8.");
            var root = JsonElement.Parse(bytes.Span, s_options);
            CheckEscapes(bytes.Span);
            return root.ValueKind == JsonValueKind.Object ? root : throw RequestException.Invalid($"The body is a JSON {Kind(root)}; an object is needed.");
        }
        catch (JsonException broken)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"The body is no JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}), or nested deeper than {MaxDepth}.");
        }
    }

    /// <summary>Refuses escapes that are half a character (<c>\ud800</c>): they are JSON, and no text can be made of them.</summary>
    private static void CheckEscapes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\u"u8) < 0)
            return;
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"The body has an escape that is half a character (byte {reader.TokenStartIndex}).");
        }
    }

    /// <summary>A word for the kind of a value.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "truth value",
        JsonValueKind.Null => "null",
        _ => "object",
    };
}
