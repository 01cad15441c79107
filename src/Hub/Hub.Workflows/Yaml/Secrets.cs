using System.Text.RegularExpressions;

namespace Hub.Workflows.Yaml;

/// <summary>Keys and texts whose values never reach a log.</summary>
internal static partial class Secrets
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Hidden = "(secret)";

    private const int TimeoutMs = 1000;

    /// <summary>Whether a key's value is to be hidden. <c>max_tokens</c>, <c>token_increment</c> and their like are not.</summary>
    public static bool IsSecret(string key) => SecretKey().IsMatch(key);

    /// <summary>A text without the user and password of an address.</summary>
    public static string WithoutCredentials(string text) => text.Contains("://", StringComparison.Ordinal) ? Credentials().Replace(text, $"://{Hidden}@") : text;

    [GeneratedRegex(
        @"(?:^|[_\-.\s]|(?<=[a-z]))(?:api[_\-]?keys?|token|password|passwd|passphrase|secrets?|authorization|credentials?|cookie|(?:access|private|secret|raw|signing|subscription)[_\-]?key)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeoutMs)]
    private static partial Regex SecretKey();

    [GeneratedRegex(@"://[^/\s@]+@", RegexOptions.CultureInvariant, TimeoutMs)]
    private static partial Regex Credentials();
}
