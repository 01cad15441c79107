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

    public static byte[] Encode(RunEvent entry) => JsonSerializer.SerializeToUtf8Bytes(entry, s_options);

    public static RunEvent Decode(ReadOnlySpan<byte> stored, string chainHash) =>
        (JsonSerializer.Deserialize<RunEvent>(stored, s_options) ?? throw new JsonException("The event is null.")) with { ChainHash = chainHash };

    public static byte[] EncodeHeader(RunHeader header) => JsonSerializer.SerializeToUtf8Bytes(header, s_options);

    public static RunHeader DecodeHeader(ReadOnlySpan<byte> stored) =>
        JsonSerializer.Deserialize<RunHeader>(stored, s_options) ?? throw new JsonException("The header is null.");

    /// <summary>Hash of the header: the chain's first link.</summary>
    public static string Root(byte[] header) => Convert.ToHexStringLower(SHA256.HashData(header));

    /// <summary>SHA-256 over the hash before and the event's stored form, which holds payloads by hash only.</summary>
    public static string Link(string before, ReadOnlySpan<byte> stored)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> link = stackalloc byte[32];
        Convert.FromHexString(before, link, out _, out _);
        hash.AppendData(link);
        hash.AppendData(stored);
        hash.GetHashAndReset(link);
        return Convert.ToHexStringLower(link);
    }

    public static string PayloadHash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
