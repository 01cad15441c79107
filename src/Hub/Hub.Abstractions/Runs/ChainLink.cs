namespace Hub.Abstractions;

/// <summary>A link of a log's hash chain: the hash of an event and of everything before it.</summary>
/// <param name="hash">The hash; null where a store makes it when it is first asked for.</param>
internal class ChainLink(string? hash)
{
    /// <summary>The hash, lower-case hexadecimal.</summary>
    public virtual string Hash { get; } = hash ?? "";

    public override bool Equals(object? obj) => obj is ChainLink other && other.Hash == Hash;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Hash);
}
