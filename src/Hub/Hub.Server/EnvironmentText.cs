using System.Text.RegularExpressions;
using Hub.Abstractions;

namespace Hub.Server;

/// <summary>Texts of the effective configuration that stand for a variable of the environment, as secrets do there.</summary>
internal static partial class EnvironmentText
{
    private const string Hidden = "(secret)";
    private const int TimeoutMs = 100;

    /// <summary>The text with each <c>${NAME}</c> and <c>${NAME:-default}</c> replaced by its value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="key">Where it stands, for the message.</param>
    /// <exception cref="HubException">The variable is not set, or a secret is written out in the file.</exception>
    public static string Resolve(string text, string key)
    {
        if (text is Hidden or "")
            throw new HubException($"{key} must be a reference to the environment: ${{NAME}}. A secret that stands in the file itself is not used.");
        return Reference().Replace(text, reference =>
            Environment.GetEnvironmentVariable(reference.Groups["name"].Value) is { Length: > 0 } value ? value
            : reference.Groups["default"] is { Success: true, Length: > 0 } fallback ? fallback.Value
            : throw new HubException($"{key} refers to ${{{reference.Groups["name"].Value}}}, which is not set."));
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?\}", RegexOptions.CultureInvariant, TimeoutMs)]
    private static partial Regex Reference();
}
