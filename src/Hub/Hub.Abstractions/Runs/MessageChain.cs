using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
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
    private static readonly ConditionalWeakTable<IRun, MessageChain> s_chains = [];

    private readonly List<ChatMessage> _messages = [];
    private readonly List<byte[]> _heads = [];

    /// <summary>What a scope asked last: the scope keeps it itself, or it is kept beside it.</summary>
    public static MessageChain Of(IRun run) => run.GetService(typeof(MessageChain)) as MessageChain ?? s_chains.GetValue(run, static _ => new MessageChain());

    /// <summary>Hash of one message, which is stored through <paramref name="payloads"/> unless it was read from there.</summary>
    public static string Hash(ChatMessage message, IPayloads payloads) =>
        (payloads as IMessageHashes)?.HashOf(message) ?? payloads.Put(MessageJson.Encode(message));

    /// <summary>Reads a message back.</summary>
    /// <exception cref="PayloadErasedException">It was erased.</exception>
    public static ChatMessage Read(string hash, IPayloads payloads)
    {
        var message = MessageReader.Decode(payloads.Get(hash));
        (payloads as IMessageHashes)?.Remember(message, hash);
        return message;
    }

    /// <summary>Splits a conversation into a head known from the last request and the hashes of what is new.</summary>
    /// <returns>Head before the new messages (null for none), hashes of the new ones, head after them.</returns>
    public (string? Prefix, List<string> New, string Head) Advance(IReadOnlyList<ChatMessage> messages, IPayloads payloads)
    {
        var common = Common(messages);
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

    /// <summary>How many messages the last request and this one have in common, from the beginning.</summary>
    private int Common(IReadOnlyList<ChatMessage> messages)
    {
        // A long conversation is compared at each of its steps, so that lists are compared as the arrays that they are.
        var last = CollectionsMarshal.AsSpan(_messages);
        var asked = messages switch
        {
            List<ChatMessage> list => CollectionsMarshal.AsSpan(list),
            ChatMessage[] array => array.AsSpan(),
            _ => [.. messages],
        };
        var most = Math.Min(last.Length, asked.Length);
        for (var i = 0; i < most; i++)
        {
            if (!ReferenceEquals(last[i], asked[i]))
                return i;
        }

        return most;
    }
}
