namespace Hub.Abstractions;

/// <summary>A model, tool or reasoner was asked for by a name that nobody registered.</summary>
public sealed class UnknownNameException : HubException
{
    /// <summary>Creates the error, with the nearest names.</summary>
    /// <param name="kind">What was sought: <c>model</c>, <c>tool</c>, <c>reasoner</c>, <c>run</c>.</param>
    /// <param name="name">The name asked for.</param>
    /// <param name="known">Names that exist.</param>
    public UnknownNameException(string kind, string name, IEnumerable<string> known)
        : base(Describe(kind, name, [.. known]))
    {
        Name = name;
    }

    /// <summary>The name asked for.</summary>
    public string Name { get; }

    private static string Describe(string kind, string name, string[] known)
    {
        var near = NearNames.Of(name, known);
        var hint = near.Count > 0 ? $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?"
            : known.Length == 0 ? $"No {kind} is registered."
            : $"Known: {string.Join(", ", known.Order(StringComparer.Ordinal).Take(20))}{(known.Length > 20 ? ", …" : "")}.";
        return $"There is no {kind} named '{name}'. {hint}";
    }
}
