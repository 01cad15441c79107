using Hub.Abstractions;

namespace Hub.Core;

/// <summary>A link that is made from the events themselves when somebody first asks for it: a log that never leaves memory costs no hashes.</summary>
/// <remarks>Events and headers do not change, so a link made late is the link that would have been made at once. Thread safety: all members.</remarks>
/// <param name="header">The run's header, of which the chain's first hash is made.</param>
/// <param name="before">The link before; null for the first event.</param>
internal sealed class LazyLink(RunHeader header, LazyLink? before) : ChainLink(null)
{
    // Whoever sees no link before sees the hash that was made of it.
    private volatile LazyLink? _before = before;
    private volatile string? _hash;

    /// <summary>The event, with this link.</summary>
    public RunEvent? Event { get; set; }

    public override string Hash
    {
        get
        {
            if (_hash is { } known)
                return known;
            var open = new Stack<LazyLink>();
            var link = this;
            for (; link is { _hash: null }; link = link._before)
                open.Push(link);
            var hash = link?._hash ?? EventCodec.Root(EventCodec.EncodeHeader(header));
            while (open.TryPop(out var next))
            {
                hash = next._hash ?? EventCodec.Link(hash, EventCodec.Encode(next.Event!));
                next._hash = hash;
                next._before = null;
            }

            return hash;
        }
    }
}
