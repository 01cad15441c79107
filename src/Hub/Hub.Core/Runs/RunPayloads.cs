using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>Payloads of a run under way, and which of its messages they hold.</summary>
/// <param name="writer">The run's log.</param>
/// <remarks>Thread safety: all members, as the branches of a run work side by side.</remarks>
internal sealed class RunPayloads(IRunWriter writer) : IMessageHashes
{
    /// <summary>Beyond so many messages all are forgotten: what is forgotten is only written and hashed once more.</summary>
    private const int MaxRemembered = 65_536;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, string> _hashes = new(ReferenceEqualityComparer.Instance);

    public string Put(byte[] content) => writer.Put(content);

    public bool Contains(string hash) => writer.Contains(hash);

    public byte[] Get(string hash) => writer.Get(hash);

    public string? HashOf(ChatMessage message)
    {
        lock (_lock)
            return _hashes.GetValueOrDefault(message);
    }

    public void Remember(ChatMessage message, string hash)
    {
        lock (_lock)
        {
            if (_hashes.Count >= MaxRemembered)
                _hashes.Clear();
            _hashes[message] = hash;
        }
    }
}
