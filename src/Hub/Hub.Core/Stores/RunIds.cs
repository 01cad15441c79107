using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Finds a run by the beginning of its id.</summary>
internal static class RunIds
{
    /// <summary>The one id that begins so.</summary>
    /// <exception cref="UnknownNameException">None does, or more than one.</exception>
    public static string Resolve(string idOrPrefix, IEnumerable<string> ids)
    {
        string[] known = [.. ids];
        if (known.Contains(idOrPrefix, StringComparer.Ordinal))
            return idOrPrefix;
        string[] matches = idOrPrefix.Length == 0 ? [] : [.. known.Where(k => k.StartsWith(idOrPrefix, StringComparison.OrdinalIgnoreCase))];
        return matches.Length == 1 ? matches[0] : throw new UnknownNameException("single run", idOrPrefix, matches.Length > 1 ? matches : known);
    }
}
