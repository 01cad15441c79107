namespace Hub.Abstractions;

/// <summary>Names that a person may have meant.</summary>
public static class NearNames
{
    private const int MaxSuggestions = 3;

    /// <summary>Known names within a third of the length in edits, or that contain the name; nearest first, at most three.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What exists.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        var limit = Math.Max(1, name.Length / 3);
        return [.. known.Distinct(StringComparer.Ordinal)
            .Select(k => (Name: k, Distance: k.Contains(name, StringComparison.OrdinalIgnoreCase) && name.Length >= 3 ? 0 : Edits(name, k)))
            .Where(k => k.Distance <= limit)
            .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal)
            .Take(MaxSuggestions).Select(k => k.Name)];
    }

    /// <summary>Levenshtein's distance, case ignored.</summary>
    private static int Edits(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
