using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Payloads that remember which messages they hold: one that was read back and is asked again is not written and hashed again.</summary>
internal interface IMessageHashes : IPayloads
{
    /// <summary>Hash of a message that was read from these payloads; null for any other.</summary>
    string? HashOf(ChatMessage message);

    /// <summary>Remembers the hash of a message that was just read back: it will be part of the next request.</summary>
    void Remember(ChatMessage message, string hash);
}
