using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Knowledge.Rules;

/// <summary>Lexical forms of numbers and the canonical literals of their values.</summary>
/// <remarks>Source: XML Schema 1.1 Part 2, sections 3.3.3 to 3.3.5 and 3.4; OWL 2 Structural Specification, section 4.1, for <c>owl:rational</c>.</remarks>
internal static partial class Numbers
{
    private const string Xsd = XsdVocabulary.Namespace;
    private const string RationalIri = "http://www.w3.org/2002/07/owl#rational";

    /// <summary>How many characters a number may have; longer ones are taken for ill-formed.</summary>
    public const int MaxLength = 10_000;

    /// <summary>The datatypes of whole numbers, with their least and greatest values; null for none.</summary>
    public static FrozenDictionary<string, (BigInteger? Min, BigInteger? Max)> Bounds { get; } = new Dictionary<string, (BigInteger?, BigInteger?)>
    {
        ["integer"] = (null, null),
        ["nonNegativeInteger"] = (0, null),
        ["nonPositiveInteger"] = (null, 0),
        ["positiveInteger"] = (1, null),
        ["negativeInteger"] = (null, -1),
        ["long"] = (long.MinValue, long.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["short"] = (short.MinValue, short.MaxValue),
        ["byte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["unsignedLong"] = (0, ulong.MaxValue),
        ["unsignedInt"] = (0, uint.MaxValue),
        ["unsignedShort"] = (0, ushort.MaxValue),
        ["unsignedByte"] = (0, byte.MaxValue),
    }.ToFrozenDictionary();

    /// <summary>Whether a whole number lies within bounds.</summary>
    public static bool IsWithin(string canonical, (BigInteger? Min, BigInteger? Max) bounds) =>
        (bounds.Min is null && bounds.Max is null) || (BigInteger.Parse(canonical, CultureInfo.InvariantCulture) is var value && !(value < bounds.Min) && !(value > bounds.Max));

    /// <summary>A whole number as <c>xsd:integer</c>; null where the text is none.</summary>
    public static Literal? Integer(string text) => text.Length <= MaxLength && IntegerForm().Match(text) is { Success: true } match
        ? new Literal(Signed(match.Groups["sign"].Value, match.Groups["whole"].Value.TrimStart('0'), ""), Xsd + "integer") : null;

    /// <summary>A decimal as <c>xsd:integer</c> where it is whole, otherwise as <c>xsd:decimal</c>; null where the text is none.</summary>
    public static Literal? Decimal(string text)
    {
        if (text.Length > MaxLength || DecimalForm().Match(text) is not { Success: true } match)
            return null;
        var fraction = match.Groups["fraction"].Value.TrimEnd('0');
        return new Literal(Signed(match.Groups["sign"].Value, match.Groups["whole"].Value.TrimStart('0'), fraction), fraction.Length > 0 ? Xsd + "decimal" : Xsd + "integer");
    }

    /// <summary>A fraction in its lowest terms: an integer, a decimal where it has an end, otherwise <c>owl:rational</c>; null where the text is none.</summary>
    public static Literal? Rational(string text)
    {
        if (text.Length > MaxLength || RationalForm().Match(text) is not { Success: true } match)
            return null;
        var (numerator, denominator) = (BigInteger.Parse(match.Groups["numerator"].Value, CultureInfo.InvariantCulture), BigInteger.Parse(match.Groups["denominator"].Value, CultureInfo.InvariantCulture));
        if (denominator.IsZero)
            return null;
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        var digits = 0;
        var rest = denominator;
        for (; rest % 10 == 0; digits++)
            rest /= 10;
        for (; rest % 2 == 0; digits++)
            rest /= 2;
        for (; rest % 5 == 0; digits++)
            rest /= 5;
        if (!rest.IsOne)
            return new Literal($"{numerator}/{denominator}", RationalIri);
        var shifted = (BigInteger.Abs(numerator) * BigInteger.Pow(10, digits) / denominator).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return Decimal($"{(numerator.Sign < 0 ? "-" : "")}{shifted[..^digits]}.{shifted[^digits..]}0");
    }

    /// <summary>Canonical text of a float; null where the text is none or lies outside of the finite values.</summary>
    public static string? Float(string text) => Floating(text, t => float.Parse(t, CultureInfo.InvariantCulture) is var value
        ? (IsOutside: float.IsInfinity(value) || value == 0, Text: value.ToString("R", CultureInfo.InvariantCulture)) : default);

    /// <summary>Canonical text of a double; null where the text is none or lies outside of the finite values.</summary>
    public static string? Double(string text) => Floating(text, t => double.Parse(t, CultureInfo.InvariantCulture) is var value
        ? (IsOutside: double.IsInfinity(value) || value == 0, Text: value.ToString("R", CultureInfo.InvariantCulture)) : default);

    private static string? Floating(string text, Func<string, (bool IsOutside, string Text)> parse)
    {
        if (text is "INF" or "+INF")
            return "INF";
        if (text is "-INF" or "NaN")
            return text;
        if (text.Length > MaxLength || FloatingForm().Match(text) is not { Success: true } match)
            return null;
        if (match.Groups["mantissa"].Value.All(c => c is '0' or '.'))
            return text[0] == '-' ? "-0" : "0";
        var (isOutside, canonical) = parse(text);
        return isOutside ? null : canonical;
    }

    private static string Signed(string sign, string whole, string fraction)
    {
        var digits = (whole.Length > 0 ? whole : "0") + (fraction.Length > 0 ? "." + fraction : "");
        return sign == "-" && digits != "0" ? "-" + digits : digits;
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^(?<sign>[+-]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalForm();

    [GeneratedRegex(@"^(?<numerator>[+-]?[0-9]+)\s*/\s*(?<denominator>[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex RationalForm();

    [GeneratedRegex(@"^[+-]?(?<mantissa>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex FloatingForm();
}
