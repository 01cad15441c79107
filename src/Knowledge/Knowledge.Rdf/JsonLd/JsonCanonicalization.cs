using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>JSON Canonicalization Scheme (RFC 8785): equal JSON has equal text.</summary>
public static class JsonCanonicalization
{
    /// <summary>The canonical text: no white space, names in order of their UTF-16 code units, numbers and strings as ECMAScript writes them.</summary>
    /// <param name="node">Any JSON; null is JSON's null. Numbers are taken as IEEE doubles.</param>
    /// <exception cref="FormatException">A number is beyond the doubles, or a string has half a surrogate pair.</exception>
    public static string Canonicalize(JsonNode? node)
    {
        var output = new StringBuilder();
        Write(node, output);
        return output.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder output)
    {
        switch (node)
        {
            case null:
                output.Append("null");
                break;
            case JsonObject map:
                output.Append('{');
                var separator = "";
                foreach (var (name, value) in map.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    WriteString(name, output.Append(separator));
                    Write(value, output.Append(':'));
                    separator = ",";
                }

                output.Append('}');
                break;
            case JsonArray array:
                output.Append('[');
                for (var at = 0; at < array.Count; at++)
                    Write(array[at], at == 0 ? output : output.Append(','));
                output.Append(']');
                break;
            default:
                WriteScalar(node.AsValue(), output);
                break;
        }
    }

    private static void WriteScalar(JsonValue value, StringBuilder output)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteString(value.GetValue<string>(), output);
                break;
            case JsonValueKind.Number:
                output.Append(Number(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)));
                break;
            default:
                output.Append(value.ToJsonString());
                break;
        }
    }

    private static void WriteString(string text, StringBuilder output)
    {
        output.Append('"');
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            var isPair = char.IsHighSurrogate(c) ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) : at > 0 && char.IsHighSurrogate(text[at - 1]);
            if (char.IsSurrogate(c) && !isPair)
                throw new FormatException("A string has half a surrogate pair, which has no canonical form (RFC 8785, 3.2.2.2).");
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\b' => output.Append("\\b"),
                '\f' => output.Append("\\f"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                < ' ' => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => output.Append(c),
            };
        }

        output.Append('"');
    }

    /// <summary>A number as ECMAScript writes it: the shortest digits that read back, without an exponent from 1e-6 to below 1e21.</summary>
    /// <param name="value">A finite number.</param>
    /// <exception cref="FormatException">It is not finite.</exception>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new FormatException("A number is beyond the doubles and has no canonical form (RFC 8785, 3.2.2.3).");
        if (value == 0)
            return "0";
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = exponent + (dot < 0 ? mantissa.Length : dot);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        point -= digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        var text = point switch
        {
            > 21 or <= -6 => Exponential(digits, point - 1),
            <= 0 => "0." + new string('0', -point) + digits,
            _ when point >= digits.Length => digits + new string('0', point - digits.Length),
            _ => digits[..point] + "." + digits[point..],
        };
        return value < 0 ? "-" + text : text;
    }

    private static string Exponential(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
    }
}
