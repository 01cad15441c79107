using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Knowledge.Rules;

/// <summary>Datatypes of XML Schema: which lexical forms they have, and from which they are derived.</summary>
/// <remarks>Source: XML Schema 1.1 Part 2.</remarks>
internal static partial class XsdDatatypes
{
    private static readonly HashSet<string> s_texts = ["string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "ID", "IDREF", "ENTITY"];

    private static readonly HashSet<string> s_others =
        ["float", "double", "boolean", "dateTime", "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay", "duration", "hexBinary", "base64Binary", "anyURI", "QName", "NOTATION"];

    /// <summary>The primitive datatype that a datatype of XML Schema is derived from, without namespace; null where the datatype is none.</summary>
    /// <param name="datatype">IRI of a datatype.</param>
    public static string? Family(string datatype)
    {
        if (!datatype.StartsWith(XsdVocabulary.Namespace, StringComparison.Ordinal))
            return null;
        var name = datatype[XsdVocabulary.Namespace.Length..];
        return name == "decimal" || Numbers.Bounds.ContainsKey(name) ? "decimal" : s_texts.Contains(name) ? "string" : s_others.Contains(name) ? name : null;
    }

    /// <summary>Whether a lexical form is one of a datatype; true for datatypes that are not known.</summary>
    /// <param name="lexical">The lexical form.</param>
    /// <param name="datatype">IRI of the datatype.</param>
    public static bool IsValid(string lexical, string datatype)
    {
        if (Family(datatype) is not { } family)
            return true;
        var name = datatype[XsdVocabulary.Namespace.Length..];
        var text = family == "string" ? lexical : lexical.Trim(' ', '\t', '\r', '\n');
        return family switch
        {
            "decimal" when name == "decimal" => DecimalForm().IsMatch(text),
            "decimal" => IntegerForm().IsMatch(text) && IsInRange(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), Numbers.Bounds[name]),
            "float" or "double" => TryDouble(text, out _),
            "boolean" => text is "true" or "false" or "0" or "1",
            "string" => IsText(text, name),
            "dateTime" => RuleMoment.TryParse(text, out _),
            "date" => DateForm().Match(text) is { Success: true } date && IsDate(date.Groups["y"].ValueSpan, date.Groups["m"].ValueSpan, date.Groups["d"].ValueSpan),
            "time" => TimeForm().IsMatch(text),
            "hexBinary" => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit),
            "base64Binary" => System.Buffers.Text.Base64.IsValid(text),
            "duration" => DurationForm().IsMatch(text) && text[^1] is not ('P' or 'T'),
            "gYear" => Regex.IsMatch(text, @"^-?([1-9]\d{3,}|0\d{3})" + Zone + "$"),
            "gYearMonth" => Regex.IsMatch(text, @"^-?([1-9]\d{3,}|0\d{3})-(0[1-9]|1[0-2])" + Zone + "$"),
            "gMonth" => Regex.IsMatch(text, "^--(0[1-9]|1[0-2])" + Zone + "$"),
            "gMonthDay" => Regex.IsMatch(text, "^--(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])" + Zone + "$"),
            "gDay" => Regex.IsMatch(text, "^---(0[1-9]|[12][0-9]|3[01])" + Zone + "$"),
            _ => true,
        };
    }

    /// <summary>A double in the forms of XML Schema.</summary>
    public static bool TryDouble(string text, out double value)
    {
        value = text switch { "INF" or "+INF" => double.PositiveInfinity, "-INF" => double.NegativeInfinity, "NaN" => double.NaN, _ => 0 };
        return text is "INF" or "+INF" or "-INF" or "NaN" || (DoubleForm().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));
    }

    /// <summary>Whether year, month and day make a day.</summary>
    public static bool IsDate(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day)
    {
        var cycle = (int)(((BigInteger.Parse(year, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) % 400) + 400) % 400) + 400;
        var m = int.Parse(month, CultureInfo.InvariantCulture);
        var d = int.Parse(day, CultureInfo.InvariantCulture);
        return m is >= 1 and <= 12 && d >= 1 && d <= DateTime.DaysInMonth(cycle, m);
    }

    /// <summary>Minutes east of UTC; null for an empty zone.</summary>
    public static int? ZoneMinutes(ReadOnlySpan<char> zone)
    {
        if (zone.IsEmpty)
            return null;
        if (zone is "Z")
            return 0;
        var minutes = (int.Parse(zone[1..3], CultureInfo.InvariantCulture) * 60) + int.Parse(zone[4..6], CultureInfo.InvariantCulture);
        return zone[0] == '-' ? -minutes : minutes;
    }

    private const string Zone = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?";

    /// <summary>Form of an <c>xsd:dateTime</c>, in groups y, m, d, h, i, s, z.</summary>
    [GeneratedRegex(@"^(?<y>-?([1-9][0-9]{3,}|0[0-9]{3}))-(?<m>[0-9]{2})-(?<d>[0-9]{2})T((?<h>[01][0-9]|2[0-3]):(?<i>[0-5][0-9]):(?<s>[0-5][0-9](\.[0-9]{1,15})?)|(?<h>24):(?<i>00):(?<s>00(\.0+)?))(?<z>Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?$", RegexOptions.ExplicitCapture)]
    public static partial Regex DateTimeForm();

    [GeneratedRegex(@"^(?<y>-?([1-9][0-9]{3,}|0[0-9]{3}))-(?<m>[0-9]{2})-(?<d>[0-9]{2})(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"^-?P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DurationForm();

    [GeneratedRegex(@"^[+-]?[0-9]+$")]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalForm();

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DoubleForm();

    private static bool IsInRange(BigInteger value, (BigInteger? Min, BigInteger? Max) range) => (range.Min is null || value >= range.Min) && (range.Max is null || value <= range.Max);

    private static bool IsText(string text, string name) => name switch
    {
        "string" => true,
        "normalizedString" => !text.AsSpan().ContainsAny('\t', '\r', '\n'),
        "token" => !text.AsSpan().ContainsAny('\t', '\r', '\n') && text.Trim(' ') == text && !text.Contains("  ", StringComparison.Ordinal),
        "language" => Regex.IsMatch(text, "^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$"),
        "NMTOKEN" => Regex.IsMatch(text, @"^[\w.:\-]+$"),
        "Name" => Regex.IsMatch(text, @"^[\p{L}_:][\w.:\-]*$"),
        _ => Regex.IsMatch(text, @"^[\p{L}_][\w.\-]*$"),
    };
}
