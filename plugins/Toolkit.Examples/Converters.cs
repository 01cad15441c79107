namespace Toolkit.Examples;

/// <summary>Steps around a text.</summary>
internal static class Converters
{
    public static string Validate(string text) => string.IsNullOrWhiteSpace(text) ? "ERROR: Empty input" : $"[VALIDATED] {text.Trim()}";

    public static string Format(string text) => $"=== PROCESSED RESULT ===\n{text}\n========================";
}
