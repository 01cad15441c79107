using System.Diagnostics.CodeAnalysis;

namespace Knowledge.Rdf;

/// <summary>What a prefix of a document stands for.</summary>
internal sealed class PrefixedNamespace
{
    /// <summary>A prefix with its IRI.</summary>
    /// <param name="prefix">Without the colon.</param>
    /// <param name="start">The IRI with its opening bracket, without the closing one.</param>
    public PrefixedNamespace(byte[] prefix, byte[] start)
    {
        Prefix = prefix;
        Start = start;
        var iri = start.AsSpan(1);
        var rest = iri[(IriSyntax.SchemeLength(iri) + 1)..];
        IsPastAuthority = !rest.StartsWith("//"u8) || rest[2..].IndexOfAny("/?#"u8) >= 0;
    }

    /// <summary>The prefix, without the colon.</summary>
    public byte[] Prefix { get; }

    /// <summary>The IRI with its opening bracket, without the closing one.</summary>
    public byte[] Start { get; }

    /// <summary>Whether what is appended lies behind the authority, where every ASCII character of a name may stand.</summary>
    public bool IsPastAuthority { get; }
}

/// <summary>Equality of byte strings, so that they can be looked up without making one.</summary>
internal sealed class Utf8Equality : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    /// <summary>The one instance.</summary>
    public static Utf8Equality Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(byte[]? x, byte[]? y) => x is null ? y is null : y is not null && x.AsSpan().SequenceEqual(y);

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    /// <inheritdoc/>
    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    /// <inheritdoc/>
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
