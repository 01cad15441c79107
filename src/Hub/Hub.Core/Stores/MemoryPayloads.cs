using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Payloads of all runs of a <see cref="MemoryRunStore"/> by hash, in parts with a lock each, so that runs do not wait for each other.</summary>
internal sealed class MemoryPayloads
{
    private const int Parts = 64;

    private readonly Part[] _parts = [.. Enumerable.Range(0, Parts).Select(_ => new Part())];

    /// <summary>Stores content under its hash.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="content">The content.</param>
    /// <param name="use">Told of the hash before anybody can remove what nobody uses.</param>
    public void Put(string hash, byte[] content, Action<string> use)
    {
        var part = Of(hash);
        lock (part.Lock)
        {
            part.Content.TryAdd(hash, content);
            use(hash);
        }
    }

    /// <summary>Content by its hash; null where there is none.</summary>
    public byte[]? Get(string hash)
    {
        var part = Of(hash);
        lock (part.Lock)
            return part.Content.GetValueOrDefault(hash);
    }

    public bool Remove(string hash)
    {
        var part = Of(hash);
        lock (part.Lock)
            return part.Content.Remove(hash);
    }

    /// <summary>Removes what is not used.</summary>
    /// <param name="used">The hashes in use, asked for while nothing is stored.</param>
    public void Keep(Func<IEnumerable<string>> used)
    {
        foreach (var part in _parts)
            part.Lock.Enter();
        try
        {
            var kept = used().ToHashSet(StringComparer.Ordinal);
            foreach (var part in _parts)
            {
                foreach (var hash in part.Content.Keys.Where(h => !kept.Contains(h)).ToArray())
                    part.Content.Remove(hash);
            }
        }
        finally
        {
            foreach (var part in _parts)
                part.Lock.Exit();
        }
    }

    /// <summary>The part of a hash: by two of its digits, which are as good as random.</summary>
    private Part Of(string hash) => _parts[hash.Length < 2 ? 0 : ((hash[0] * 31) + hash[1]) % Parts];

    private sealed class Part
    {
        public Lock Lock { get; } = new();

        public Dictionary<string, byte[]> Content { get; } = new(StringComparer.Ordinal);
    }
}
