using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Reads a JSON body whole, within limits.</summary>
internal static class JsonBody
{
    /// <summary>The deepest nesting that a body may have.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    /// <summary>The body, an object.</summary>
    /// <exception cref="RequestException">No JSON, nested too deeply, or no object.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, s_options, http.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw RequestException.Invalid($"The body is a JSON {Kind(document.RootElement)}; an object is needed.");
        }
        catch (JsonException broken)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, $"The body is no JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}), or nested deeper than {MaxDepth}.");
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
