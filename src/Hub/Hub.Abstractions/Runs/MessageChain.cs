using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>
/// Names conversations by hash, so that a log holds each message once and a request holds only what is new.
/// </summary>
/// <remarks>
/// The head of a conversation is a chain: <c>head(n) = SHA-256(head(n-1) || hash(message n))</c>. What a scope asked last
/// is kept by reference, so a request that adds k messages to it costs k hashes. Messages are values: a caller that
/// changes one after sending it changes its next request's text, but not its logged hash.
/// </remarks>
internal sealed class MessageChain
{
    private static readonly ConditionalWeakTable<ChatMessage, string> s_hashes = [];
    private static readonly ConditionalWeakTable<IRun, MessageChain> s_chains = [];

    private readonly List<ChatMessage> _messages = [];
    private readonly List<byte[]> _heads = [];

    public static MessageChain Of(IRun run) => s_chains.GetValue(run, static _ => new MessageChain());

    /// <summary>Hash of one message, stored through <paramref name="payloads"/> on first sight.</summary>
    public static string Hash(ChatMessage message, IPayloads payloads)
    {
        if (s_hashes.TryGetValue(message, out var known) && payloads.Contains(known))
            return known;
        var hash = payloads.Put(JsonSerializer.SerializeToUtf8Bytes(message, HubJson.Options));
        s_hashes.AddOrUpdate(message, hash);
        return hash;
    }

    /// <summary>Remembers the hash of a message that was just read back.</summary>
    public static void Remember(ChatMessage message, string hash) => s_hashes.AddOrUpdate(message, hash);

    /// <summary>Splits a conversation into a head known from the last request and the hashes of what is new.</summary>
    /// <returns>Head before the new messages (null for none), hashes of the new ones, head after them.</returns>
    public (string? Prefix, List<string> New, string Head) Advance(IReadOnlyList<ChatMessage> messages, IPayloads payloads)
    {
        var common = 0;
        while (common < messages.Count && common < _messages.Count && ReferenceEquals(messages[common], _messages[common]))
            common++;
        // Only the whole of the last request is a head that the log can resolve.
        if (common < _messages.Count)
        {
            common = 0;
            _messages.Clear();
            _heads.Clear();
        }

        var prefix = common == 0 ? null : Convert.ToHexStringLower(_heads[common - 1]);
        List<string> added = [];
        Span<byte> joined = stackalloc byte[64];
        for (var i = common; i < messages.Count; i++)
        {
            var hash = Hash(messages[i], payloads);
            added.Add(hash);
            joined.Clear();
            if (i > 0)
                _heads[i - 1].CopyTo(joined);
            Convert.FromHexString(hash, joined[32..], out _, out _);
            _messages.Add(messages[i]);
            _heads.Add(SHA256.HashData(joined));
        }

        return (prefix, added, messages.Count == 0 ? "" : Convert.ToHexStringLower(_heads[^1]));
    }
}
