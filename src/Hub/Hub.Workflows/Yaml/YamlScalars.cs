using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.Workflows.Yaml;

/// <summary>What a plain scalar means, as PyYAML's safe loader has it: YAML 1.1.</summary>
/// <remarks>
/// Source: yaml.org/type (bool, int, float, null, timestamp) with PyYAML's patterns: a float needs a dot and a signed exponent,
/// so <c>1e-6</c> is text; <c>0777</c> is octal and <c>0o777</c> text; <c>1:30</c> is ninety. Dates stay text.
/// </remarks>
public static partial class YamlScalars
{
    private const int TimeoutMs = 1000;

    /// <summary>Resolves a plain scalar.</summary>
    /// <param name="text">The scalar as written, without quotes.</param>
    /// <returns>null, true, false, a number, or text, as JSON; infinities and not-a-number are the texts <c>Infinity</c>, <c>-Infinity</c>, <c>NaN</c>.</returns>
    /// <exception cref="FormatException">PyYAML takes the scalar for a number, a date or a sign of its own and fails on it.</exception>
    public static JsonElement Resolve(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => Json("null"),
            "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => Json("true"),
            "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => Json("false"),
            "=" or "<<" => throw new FormatException($"'{text}' has a meaning of its own in YAML 1.1 and cannot stand here. Write it in quotes."),
            _ when FloatForm().IsMatch(text) => Float(text),
            _ when IntegerForm().IsMatch(text) => Integer(text),
            _ => TimestampForm().Match(text) is { Success: true } date ? Date(text, date) : Text(text),
        };
    }

    /// <summary>Text as JSON.</summary>
    /// <param name="text">Any text.</param>
    public static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, Hub.Abstractions.HubJson.Options);

    private static JsonElement Json(string json) => JsonElement.Parse(json);

    private static JsonElement Integer(string text)
    {
        var digits = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal);
        var value = digits switch
        {
            "0" => BigInteger.Zero,
            _ when digits.StartsWith("0b", StringComparison.Ordinal) => Based(text, digits[2..], 2),
            _ when digits.StartsWith("0x", StringComparison.Ordinal) => Based(text, digits[2..], 16),
            _ when digits[0] == '0' => Based(text, digits, 8),
            _ => digits.Split(':').Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + BigInteger.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture)),
        };
        return Json((text[0] == '-' ? -value : value).ToString(CultureInfo.InvariantCulture));
    }

    private static BigInteger Based(string text, string digits, int radix) => digits.Length == 0
        ? throw new FormatException($"'{text}' looks like a number and has no digits. Write it in quotes.")
        : digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32(digit.ToString(), 16));

    private static JsonElement Float(string text)
    {
        var lower = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var value = lower switch
        {
            ".inf" => double.PositiveInfinity,
            ".nan" => double.NaN,
            _ => lower.Split(':').Aggregate(0.0, (sum, part) => (sum * 60) + double.Parse(part, NumberStyles.Float, CultureInfo.InvariantCulture)),
        };
        value = text[0] == '-' ? -value : value;
        return double.IsFinite(value) ? JsonSerializer.SerializeToElement(value) : Text(value.ToString(CultureInfo.InvariantCulture));
    }

    private static JsonElement Date(string text, Match match)
    {
        int Part(string name) => match.Groups[name] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var isDate = Part("year") > 0 && Part("month") is >= 1 and <= 12 && Part("day") >= 1 && Part("day") <= DateTime.DaysInMonth(Part("year"), Part("month"))
            && Part("hour") < 24 && Part("minute") < 60 && Part("second") < 60 && Part("zone") < 24;
        return isDate ? Text(text) : throw new FormatException($"'{text}' looks like a date and is none. Mend it, or write it in quotes.");
    }

    [GeneratedRegex(@"^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$", RegexOptions.CultureInvariant, TimeoutMs)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", RegexOptions.CultureInvariant, TimeoutMs)]
    private static partial Regex FloatForm();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?:(?<month>[0-9]{2})-(?<day>[0-9]{2})|(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:[Tt]|[ \t]+)(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+](?<zone>[0-9]{1,2})(?::[0-9]{2})?))?)$",
        RegexOptions.CultureInvariant, TimeoutMs)]
    private static partial Regex TimestampForm();
}
