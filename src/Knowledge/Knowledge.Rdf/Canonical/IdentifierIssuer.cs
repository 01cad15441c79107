using System.Globalization;

namespace Knowledge.Rdf.Canonical;

/// <summary>Identifier issuer and Issue Identifier algorithm (RDFC-1.0, 4.3 and 4.5).</summary>
internal sealed class IdentifierIssuer
{
    private readonly string _prefix;
    private readonly Dictionary<string, string> _issued;
    private readonly List<string> _order;

    public IdentifierIssuer(string prefix)
    {
        _prefix = prefix;
        _issued = new(StringComparer.Ordinal);
        _order = [];
    }

    private IdentifierIssuer(IdentifierIssuer other)
    {
        _prefix = other._prefix;
        _issued = new(other._issued, StringComparer.Ordinal);
        _order = [.. other._order];
    }

    /// <summary>Labels of the input in the order in which they were given identifiers.</summary>
    public IReadOnlyList<string> Order => _order;

    public IReadOnlyDictionary<string, string> Issued => _issued;

    public IdentifierIssuer Copy() => new(this);

    public string Issue(string label)
    {
        if (_issued.TryGetValue(label, out var known))
            return known;
        var identifier = _prefix + _order.Count.ToString(CultureInfo.InvariantCulture);
        _issued[label] = identifier;
        _order.Add(label);
        return identifier;
    }
}
