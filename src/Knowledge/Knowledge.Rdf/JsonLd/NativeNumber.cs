using System.Globalization;
using System.Numerics;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Numbers of JSON as literals (JSON-LD 1.1 API, 8.6, Data Round Tripping).</summary>
internal static class NativeNumber
{
    private const double FirstBeyond = 1e21;

    /// <summary>The canonical lexical form of a number.</summary>
    /// <param name="json">The number's text in JSON.</param>
    /// <param name="asDouble">Whether it is to be an <c>xsd:double</c> in any case.</param>
    /// <param name="isDouble">Whether the form is that of an <c>xsd:double</c>: it has a fraction, is 1e21 or more, or that was asked for.</param>
    public static string Lexical(string json, bool asDouble, out bool isDouble)
    {
        var value = double.Parse(json, CultureInfo.InvariantCulture);
        isDouble = asDouble || Math.Abs(value) >= FirstBeyond || value != Math.Truncate(value);
        if (isDouble)
            return Double(value);
        var digits = json.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? BigInteger.Parse(json, CultureInfo.InvariantCulture) : new BigInteger(value);
        return digits.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Canonical <c>xsd:double</c>: one digit, a point, at most 15 more, and an exponent.</summary>
    private static string Double(double value)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "INF" : "-INF";
        var text = value.ToString("E15", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = text[..mark].TrimEnd('0');
        if (mantissa[^1] == '.')
            mantissa += "0";
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}E{exponent}");
    }
}
