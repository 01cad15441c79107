using System.Text.RegularExpressions;

namespace Hub.Workflows.Yaml;

/// <summary><c>${VAR}</c> and <c>${VAR:-default}</c>; an unset variable without default is empty, a bare <c>$VAR</c> stays.</summary>
public static partial class Interpolation
{
    /// <summary>Fills variables in.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="environment">Value of a variable, or null.</param>
    public static string Fill(string text, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(environment);
        return Reference().Replace(text, match => Value(match, environment));
    }

    /// <summary>Whether a text refers to a variable.</summary>
    /// <param name="text">Any text.</param>
    public static bool Refers(string text) => Reference().IsMatch(text);

    /// <summary>Every reference of a text: where it stands, how long it is, what it stands for.</summary>
    internal static IEnumerable<(int Index, int Length, string Value)> Find(string text, Func<string, string?> environment) =>
        Reference().Matches(text).Select(m => (m.Index, m.Length, Value(m, environment)));

    /// <summary>As in a shell, a variable that is set to nothing counts as unset.</summary>
    private static string Value(Match match, Func<string, string?> environment) =>
        environment(match.Groups[1].Value) is { Length: > 0 } value ? value : match.Groups[2].Value;

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
