using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>Logs a tool call: arguments as JSON, and the result, which is the JSON that the tool's limit was measured on.</summary>
internal sealed class ToolEffectCodec : EffectCodec<Dictionary<string, object?>, byte[]>
{
    public static ToolEffectCodec Instance { get; } = new();

    public override byte[] EncodeRequest(IRun run, Dictionary<string, object?> request, IPayloads payloads) =>
        JsonSerializer.SerializeToUtf8Bytes(request, HubJson.Options);

    public override byte[] EncodeResult(byte[] result, IPayloads payloads) => result;

    public override byte[] DecodeResult(ReadOnlyMemory<byte> logged, IPayloads payloads)
    {
        var bytes = logged.ToArray();
        // What a person gave as the result may be no JSON.
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        reader.Skip();
        return !reader.Read() ? bytes : throw new JsonException("There is more than one value.");
    }
}
