using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>The default codec: both sides as JSON.</summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back.</typeparam>
public sealed class JsonEffectCodec<TRequest, TResult> : EffectCodec<TRequest, TResult>
{
    private JsonEffectCodec()
    {
    }

    /// <summary>The only instance: the codec has no state.</summary>
    internal static JsonEffectCodec<TRequest, TResult> Instance { get; } = new();

    /// <inheritdoc/>
    public override byte[] EncodeRequest(IRun run, TRequest request, IPayloads payloads) =>
        JsonSerializer.SerializeToUtf8Bytes(request, HubJson.For(typeof(TRequest)));

    /// <inheritdoc/>
    public override byte[] EncodeResult(TResult result, IPayloads payloads) =>
        JsonSerializer.SerializeToUtf8Bytes(result, HubJson.For(typeof(TResult)));

    /// <inheritdoc/>
    public override TResult DecodeResult(ReadOnlyMemory<byte> logged, IPayloads payloads) =>
        JsonSerializer.Deserialize<TResult>(logged.Span, HubJson.For(typeof(TResult)))!;
}
