using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Server.Http;

/// <summary>How JSON goes over the wire: snake_case names, nulls written, characters as they are.</summary>
internal static class Wire
{
    /// <summary>For bodies with fixed keys: what is null is written as null, as the toolkit and OpenAI do.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never written into HTML: content types are JSON and event streams
        DictionaryKeyPolicy = null,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>UTF-8 JSON of a value.</summary>
    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>JSON of a value as text.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);
}
