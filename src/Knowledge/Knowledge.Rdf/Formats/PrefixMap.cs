using System.Diagnostics.CodeAnalysis;

namespace Knowledge.Rdf;

/// <summary>Prefixes and the IRIs that they stand for.</summary>
/// <remarks>Not safe for several threads while one of them adds.</remarks>
public sealed class PrefixMap
{
    private readonly SortedDictionary<string, string> _namespaces = new(StringComparer.Ordinal);

    /// <summary>IRIs by prefix, in the order of the prefixes.</summary>
    public IReadOnlyDictionary<string, string> Namespaces => _namespaces;

    /// <summary>Adds a prefix, or gives it another IRI.</summary>
    /// <param name="prefix">Without the colon; may be empty.</param>
    /// <param name="iri">What it stands for.</param>
    public PrefixMap Add(string prefix, string iri)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(iri);
        _namespaces[prefix] = iri;
        return this;
    }

    /// <summary>What a prefix stands for.</summary>
    public bool TryGet(string prefix, [NotNullWhen(true)] out string? iri) => _namespaces.TryGetValue(prefix, out iri);

    /// <summary>The IRI of a prefixed name, as in <c>foaf:name</c>.</summary>
    /// <param name="name">Prefix, colon, local name.</param>
    /// <exception cref="KeyNotFoundException">There is no such prefix.</exception>
    /// <exception cref="FormatException">There is no colon.</exception>
    public string Expand(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            throw new FormatException($"'{name}' has no colon; a prefixed name is a prefix, a colon and a local name.");
        if (!_namespaces.TryGetValue(name[..colon], out var iri))
            throw new KeyNotFoundException($"The prefix '{name[..colon]}:' is not known; known are: {string.Join(", ", _namespaces.Keys.Select(p => p + ":"))}.");
        return iri + name[(colon + 1)..];
    }

    /// <summary>The shortest prefixed name of an IRI that Turtle can hold without escapes.</summary>
    /// <param name="iri">An IRI.</param>
    /// <param name="name">Its prefixed name, or null.</param>
    public bool TryShorten(string iri, [NotNullWhen(true)] out string? name)
    {
        ArgumentNullException.ThrowIfNull(iri);
        name = null;
        foreach (var (prefix, start) in _namespaces)
        {
            var isShorter = name is null || prefix.Length + 1 + iri.Length - start.Length < name.Length;
            if (isShorter && start.Length > 0 && iri.StartsWith(start, StringComparison.Ordinal) && IsLocalName(iri.AsSpan(start.Length)))
                name = $"{prefix}:{iri.AsSpan(start.Length)}";
        }

        return name is not null;
    }

    private static bool IsLocalName(ReadOnlySpan<char> local)
    {
        foreach (var rune in local.EnumerateRunes())
            if (!NameSyntax.IsName(rune.Value))
                return false;
        return local.IsEmpty || local[0] != '-' && local[0] != '\u00B7' && local[0] is not ((>= '\u0300' and <= '\u036F') or '\u203F' or '\u2040');
    }
}
