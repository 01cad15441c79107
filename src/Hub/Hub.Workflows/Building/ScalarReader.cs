using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>What a scalar is to a property: text that is a number counts as one where a number is needed.</summary>
/// <remarks>Source: pydantic's conversion table (lax mode), on which the toolkit's files rely; but truth values are no numbers here.</remarks>
internal static class ScalarReader
{
    /// <summary>The scalar as a value of a type, or null where it is none.</summary>
    public static object? Read(Type type, ConfigScalar scalar)
    {
        if (type == typeof(string))
            return scalar.Text;
        if (type == typeof(bool))
            return Truth(scalar);
        if (type == typeof(TimeSpan))
            return Duration(scalar);
        if (type == typeof(Uri))
            return Uri.TryCreate(scalar.Text, UriKind.Absolute, out var address) ? address : null;
        if (type.IsEnum)
            return EnumNames(type).Where(n => string.Equals(n.Name, scalar.Text, StringComparison.OrdinalIgnoreCase)).Select(n => n.Value).FirstOrDefault();
        if (IsInteger(type))
            return Integer(type, scalar);
        if (type == typeof(decimal))
            return IsNumeric(scalar) && decimal.TryParse(Digits(scalar), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null;
        if (type == typeof(float))
            return (float?)Number(scalar);
        return type == typeof(double) ? Number(scalar) : null;
    }

    /// <summary>What a type needs, in words.</summary>
    public static string Describe(Type type) => type == typeof(bool) ? "true or false"
        : type.IsEnum ? $"one of {string.Join(", ", EnumNames(type).Select(n => n.Name))}"
        : type == typeof(TimeSpan) ? "a number of seconds"
        : type == typeof(Uri) ? "an address such as https://host/path"
        : IsInteger(type) ? "a whole number"
        : type == typeof(double) || type == typeof(float) || type == typeof(decimal) ? "a number"
        : type == typeof(string) ? "text"
        : type == typeof(Hub.Abstractions.ModelRef) ? "the name of a model under 'llms'"
        : type == typeof(Hub.Abstractions.ToolRef) ? "the name of a function or function group"
        : "a mapping";

    private static bool IsInteger(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;

    private static bool IsNumeric(ConfigScalar scalar) => scalar.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String;

    /// <summary>A scalar's number: YAML's own (which may be octal or sexagesimal) or its text without underscores between digits.</summary>
    private static string Digits(ConfigScalar scalar) => scalar.Value.ValueKind == JsonValueKind.Number ? scalar.Value.GetRawText()
        : scalar.Text.Contains("__", StringComparison.Ordinal) || scalar.Text.StartsWith('_') || scalar.Text.EndsWith('_') ? ""
        : (scalar.Value.GetString() ?? "").Trim().Replace("_", "", StringComparison.Ordinal);

    private static double? Number(ConfigScalar scalar)
    {
        if (!IsNumeric(scalar))
            return null;
        var digits = Digits(scalar);
        return digits.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ => double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
    }

    private static object? Integer(Type type, ConfigScalar scalar)
    {
        if (!IsNumeric(scalar))
            return null;
        var digits = Digits(scalar);
        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            if (Number(scalar) is not { } number || !double.IsInteger(number) || (scalar.Value.ValueKind == JsonValueKind.String && digits.Contains('e', StringComparison.OrdinalIgnoreCase)))
                return null;
            whole = new BigInteger(number);
        }

        try
        {
            return Convert.ChangeType(whole < 0 ? (object)(long)whole : (ulong)whole, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool? Truth(ConfigScalar scalar) => scalar.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(scalar) switch { 0 => false, 1 => true, _ => (bool?)null },
        _ => scalar.Text.ToLowerInvariant() switch
        {
            "0" or "off" or "f" or "false" or "n" or "no" => false,
            "1" or "on" or "t" or "true" or "y" or "yes" => true,
            _ => null,
        },
    };

    private static TimeSpan? Duration(ConfigScalar scalar)
    {
        try
        {
            if (Number(scalar) is { } seconds)
                return double.IsFinite(seconds) ? TimeSpan.FromSeconds(seconds) : null;
            if (scalar.Text.StartsWith('P'))
                return XmlConvert.ToTimeSpan(scalar.Text);
            return TimeSpan.TryParseExact(scalar.Text, ["h\\:mm\\:ss", "hh\\:mm\\:ss", "c"], CultureInfo.InvariantCulture, out var span) ? span : null;
        }
        catch (Exception unreadable) when (unreadable is OverflowException or FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, object Value)> EnumNames(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (f.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? OptionsShape.Snake(f.Name), f.GetValue(null)!));
}
