using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Numeric types, in the order of promotion.</summary>
internal enum NumericType : byte
{
    Integer,
    Decimal,
    Float,
    Double,
}

/// <summary>A number of XML Schema. Integers and decimals have 28 digits; more is an error, as XPath allows.</summary>
/// <remarks>Source: XPath and XQuery Functions 3.1, section 4; XML Schema 1.1 Part 2, canonical forms.</remarks>
internal readonly struct Numeric
{
    private readonly decimal _exact;
    private readonly double _approximate;

    private Numeric(NumericType type, decimal exact, double approximate)
    {
        Type = type;
        _exact = exact;
        _approximate = approximate;
    }

    public NumericType Type { get; }

    public static Numeric OfInteger(decimal value) => new(NumericType.Integer, value, 0);

    public static Numeric OfDecimal(decimal value) => new(NumericType.Decimal, value, 0);

    public static Numeric OfDouble(double value) => new(NumericType.Double, 0, value);

    public static Numeric OfFloat(double value) => new(NumericType.Float, 0, (float)value);

    public bool IsExact => Type <= NumericType.Decimal;

    public double AsDouble => IsExact ? (double)_exact : _approximate;

    public decimal Exact => _exact;

    public bool IsZeroOrNaN => IsExact ? _exact == 0 : _approximate == 0 || double.IsNaN(_approximate);

    /// <summary>The type that a datatype's values have, with the range where it is derived; null where it is not numeric.</summary>
    public static NumericType? TypeOf(string datatype)
    {
        if (!datatype.StartsWith(XsdVocabulary.Namespace, StringComparison.Ordinal))
            return null;
        return datatype.AsSpan(XsdVocabulary.Namespace.Length) switch
        {
            "integer" => NumericType.Integer,
            "decimal" => NumericType.Decimal,
            "float" => NumericType.Float,
            "double" => NumericType.Double,
            "nonPositiveInteger" or "negativeInteger" or "long" or "int" or "short" or "byte" or "nonNegativeInteger" or
                "unsignedLong" or "unsignedInt" or "unsignedShort" or "unsignedByte" or "positiveInteger" => NumericType.Integer,
            _ => null,
        };
    }

    private static (decimal Least, decimal Most) RangeOf(ReadOnlySpan<char> type) => type switch
    {
        "nonPositiveInteger" => (decimal.MinValue, 0),
        "negativeInteger" => (decimal.MinValue, -1),
        "long" => (long.MinValue, long.MaxValue),
        "int" => (int.MinValue, int.MaxValue),
        "short" => (short.MinValue, short.MaxValue),
        "byte" => (sbyte.MinValue, sbyte.MaxValue),
        "nonNegativeInteger" => (0, decimal.MaxValue),
        "unsignedLong" => (0, ulong.MaxValue),
        "unsignedInt" => (0, uint.MaxValue),
        "unsignedShort" => (0, ushort.MaxValue),
        "unsignedByte" => (0, byte.MaxValue),
        "positiveInteger" => (1, decimal.MaxValue),
        _ => (decimal.MinValue, decimal.MaxValue),
    };

    /// <summary>The number of a literal; null where it has none: another datatype, or a lexical form outside of it.</summary>
    public static Numeric? Of(Term term)
    {
        if (term is not Literal literal || TypeOf(literal.Datatype) is not { } type)
            return null;
        if (Parse(literal.Lexical.AsSpan().Trim(" \t\r\n"), type) is not { } number || type != NumericType.Integer)
            return Parse(literal.Lexical.AsSpan().Trim(" \t\r\n"), type);
        var (least, most) = RangeOf(literal.Datatype.AsSpan(XsdVocabulary.Namespace.Length));
        return number._exact >= least && number._exact <= most ? number : null;
    }

    /// <summary>The number that a lexical form has in a type.</summary>
    public static Numeric? Parse(ReadOnlySpan<char> lexical, NumericType type)
    {
        if (type is NumericType.Float or NumericType.Double)
            return ParseApproximate(lexical) is { } value ? new Numeric(type, 0, type == NumericType.Float ? (float)value : value) : null;
        var styles = type == NumericType.Integer ? NumberStyles.AllowLeadingSign : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(lexical, styles, CultureInfo.InvariantCulture, out var exact) ? new Numeric(type, exact, 0) : null;
    }

    private static double? ParseApproximate(ReadOnlySpan<char> lexical) => lexical switch
    {
        "INF" or "+INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        "NaN" => double.NaN,
        [] or [.. _, 'y' or 'N' or 'F'] => null,
        _ => double.TryParse(lexical, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ? value : null,
    };

    /// <summary>The number as a literal in canonical form.</summary>
    public Literal ToLiteral() => Type switch
    {
        NumericType.Integer => new Literal(_exact.ToString("0", CultureInfo.InvariantCulture), XsdVocabulary.Integer),
        NumericType.Decimal => new Literal(DecimalText(_exact), XsdVocabulary.Decimal),
        NumericType.Float => new Literal(ScientificText(((float)_approximate).ToString("R", CultureInfo.InvariantCulture), _approximate), XsdTypes.Float),
        _ => new Literal(ScientificText(_approximate.ToString("R", CultureInfo.InvariantCulture), _approximate), XsdVocabulary.Double),
    };

    /// <summary>A decimal with a point only where it has a fraction.</summary>
    public static string DecimalText(decimal value)
    {
        var text = value.ToString("0.############################", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    // Shortest digits that read back, as mantissa and exponent.
    private static string ScientificText(string shortest, double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "INF" : "-INF";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0E0" : "0.0E0";
        var sign = shortest[0] == '-' ? "-" : "";
        var body = shortest.AsSpan(sign.Length);
        var e = body.IndexOf('E');
        var exponent = e < 0 ? 0 : int.Parse(body[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = (e < 0 ? body : body[..e]).ToString();
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        var all = (whole + fraction).TrimStart('0');
        var shift = whole.TrimStart('0').Length is var wholeDigits and > 0 ? wholeDigits - 1 : -(fraction.Length - fraction.TrimStart('0').Length) - 1;
        all = all.TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{all[0]}.{(all.Length > 1 ? all[1..] : "0")}E{exponent + shift}");
    }

    /// <summary>Addition, subtraction, multiplication, division; null is an error: overflow, or an exact division by zero.</summary>
    public static Numeric? Apply(Operator operation, Numeric a, Numeric b)
    {
        var type = a.Type > b.Type ? a.Type : b.Type;
        if (type >= NumericType.Float)
        {
            var (x, y) = (a.AsDouble, b.AsDouble);
            var value = operation switch { Operator.Add => x + y, Operator.Subtract => x - y, Operator.Multiply => x * y, _ => x / y };
            return type == NumericType.Float ? OfFloat(value) : OfDouble(value);
        }

        try
        {
            return operation switch
            {
                Operator.Add => new Numeric(type, a._exact + b._exact, 0),
                Operator.Subtract => new Numeric(type, a._exact - b._exact, 0),
                Operator.Multiply => new Numeric(type, a._exact * b._exact, 0),
                _ => b._exact == 0 ? null : new Numeric(NumericType.Decimal, a._exact / b._exact, 0),
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>Order of two numbers; null where one is not a number.</summary>
    public static int? Compare(Numeric a, Numeric b)
    {
        if (a.IsExact && b.IsExact)
            return a._exact.CompareTo(b._exact);
        var (x, y) = a.Type == NumericType.Double || b.Type == NumericType.Double ? (a.AsDouble, b.AsDouble) : ((float)a.AsDouble, (float)b.AsDouble);
        return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
    }

    /// <summary>A function of the value that keeps the type: rounding, absolute value, sign.</summary>
    public Numeric Map(Func<decimal, decimal> exact, Func<double, double> approximate) =>
        IsExact ? new Numeric(Type, exact(_exact), 0) : new Numeric(Type, 0, approximate(_approximate));
}
