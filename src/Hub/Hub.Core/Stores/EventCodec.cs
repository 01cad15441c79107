using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Stored form of events and headers, and the hash chain over them.</summary>
internal static class EventCodec
{
    private static readonly JsonSerializerOptions s_options = new(HubJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static byte[] Encode(RunEvent entry) => EventJson.Encode(entry, entry.Sequence);

    /// <summary>What <see cref="EventJson"/> must agree with.</summary>
    internal static byte[] EncodeByReflection(RunEvent entry) => JsonSerializer.SerializeToUtf8Bytes(entry, s_options);

    public static RunEvent Decode(ReadOnlySpan<byte> stored, string chainHash) =>
        (JsonSerializer.Deserialize<RunEvent>(stored, s_options) ?? throw new JsonException("The event is null.")) with { ChainHash = chainHash };

    public static byte[] EncodeHeader(RunHeader header) => JsonSerializer.SerializeToUtf8Bytes(header, s_options);

    public static RunHeader DecodeHeader(ReadOnlySpan<byte> stored) =>
        JsonSerializer.Deserialize<RunHeader>(stored, s_options) ?? throw new JsonException("The header is null.");

    /// <summary>Hash of the header: the chain's first link.</summary>
    public static string Root(byte[] header) => Hash(header);

    /// <summary>SHA-256 over the hash before and the event's stored form, which holds payloads by hash only.</summary>
    public static string Link(string before, ReadOnlySpan<byte> stored)
    {
        const int LinkBytes = SHA256.HashSizeInBytes;
        var joined = ArrayPool<byte>.Shared.Rent(LinkBytes + stored.Length);
        try
        {
            Convert.FromHexString(before, joined, out _, out _);
            stored.CopyTo(joined.AsSpan(LinkBytes));
            return Hash(joined.AsSpan(0, LinkBytes + stored.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    public static string PayloadHash(ReadOnlySpan<byte> content) => Hash(content);

    private static string Hash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash);
    }
}
