using System.Globalization;

namespace Knowledge.Rules;

/// <summary>Values of literals, as Jena's builtins compare and compute them.</summary>
internal static class LiteralValue
{
    private const string Int = XsdVocabulary.Namespace + "int";
    private const string Long = XsdVocabulary.Namespace + "long";

    /// <summary>Whether two terms are the same value: equal terms, or literals of known datatypes with the same value, as 5 and 5.0 but not a float and a double.</summary>
    public static bool IsSame(Term a, Term b) => a.Equals(b)
        || (a is Literal left && b is Literal right && DatatypeMap.Knows(left.Datatype) && DatatypeMap.Knows(right.Datatype)
            && DatatypeMap.Canonical(left) is { } value && value == DatatypeMap.Canonical(right));

    /// <summary>Order of two numbers or two moments; null where they are not both the one or the other, or cannot be ordered.</summary>
    public static int? Compare(Term? a, Term? b)
    {
        if (a is not Literal left || b is not Literal right)
            return null;
        if (Number.TryOf(left, out var x))
            return Number.TryOf(right, out var y) && !x.IsNaN && !y.IsNaN ? x.CompareTo(y) : null;
        return left.Datatype == XsdVocabulary.DateTime && right.Datatype == XsdVocabulary.DateTime && Moment(left) is { } m && Moment(right) is { } n ? m.Compare(n) : null;
    }

    /// <summary>An <c>xsd:int</c>, or an <c>xsd:long</c> where it is too large.</summary>
    public static Literal Integer(long value) => new(value.ToString(CultureInfo.InvariantCulture), value is >= int.MinValue and <= int.MaxValue ? Int : Long);

    /// <summary>An <c>xsd:double</c>, written as Java writes it.</summary>
    public static Literal Double(double value)
    {
        var text = value switch
        {
            double.PositiveInfinity => "INF",
            double.NegativeInfinity => "-INF",
            double.NaN => "NaN",
            0 => double.IsNegative(value) ? "-0.0" : "0.0",
            _ => Math.Abs(value) is >= 1e-3 and < 1e7 ? WithPoint(value.ToString("0.##################", CultureInfo.InvariantCulture), value) : Scientific(value),
        };
        return new Literal(text, XsdVocabulary.Double);
    }

    /// <summary>A moment as <c>xsd:dateTime</c> in UTC.</summary>
    public static Literal DateTime(DateTimeOffset moment) =>
        new(moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture), XsdVocabulary.DateTime);

    private static string WithPoint(string text, double value)
    {
        if (double.Parse(text, CultureInfo.InvariantCulture) != value)
            text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Scientific(double value)
    {
        var parts = value.ToString("E16", CultureInfo.InvariantCulture).Split('E');
        for (var digits = 1; digits <= 17; digits++)
        {
            var text = value.ToString("E" + digits, CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) != value)
                continue;
            parts = text.Split('E');
            break;
        }

        return $"{parts[0]}E{int.Parse(parts[1], CultureInfo.InvariantCulture)}";
    }

    private static Moment? Moment(Literal literal) => Moments.DateTime(literal.Lexical) is { } canonical ? Knowledge.Rules.Moment.OfCanonical(canonical) : null;
}

/// <summary>A number of a literal: exact, or floating.</summary>
internal readonly struct Number : IComparable<Number>
{
    private readonly decimal _exact;
    private readonly double _floating;

    private Number(decimal exact, double floating, bool isFloating)
    {
        _exact = exact;
        _floating = floating;
        IsFloating = isFloating;
    }

    /// <summary>Whether it is of <c>xsd:float</c> or <c>xsd:double</c>.</summary>
    public bool IsFloating { get; }

    /// <summary>Whether it is not a number.</summary>
    public bool IsNaN => IsFloating && double.IsNaN(_floating);

    /// <summary>The number as a double.</summary>
    public double AsDouble => IsFloating ? _floating : (double)_exact;

    /// <summary>The number as a decimal; 0 for one that is floating.</summary>
    public decimal AsDecimal => _exact;

    /// <summary>The number as a long, without what stands behind the point; limited to the range of a long.</summary>
    public long AsLong => IsFloating ? (long)_floating : decimal.Truncate(_exact) switch { > long.MaxValue => long.MaxValue, < long.MinValue => long.MinValue, var whole => (long)whole };

    /// <summary>The number of a term that is a valid literal of a numeric datatype.</summary>
    public static bool TryOf(Term? term, out Number number)
    {
        number = default;
        if (term is not Literal literal || !DatatypeMap.Knows(literal.Datatype) || DatatypeMap.Canonical(literal) is not { } value)
            return false;
        switch (value.Datatype)
        {
            case XsdVocabulary.Double or XsdVocabulary.Namespace + "float":
                number = new Number(0, Floating(value.Lexical), true);
                return true;
            case XsdVocabulary.Integer or XsdVocabulary.Decimal when decimal.TryParse(value.Lexical, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact):
                number = new Number(exact, 0, false);
                return true;
            default:
                return false;
        }
    }

    private static double Floating(string canonical) => canonical switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(canonical, CultureInfo.InvariantCulture),
    };

    /// <inheritdoc/>
    public int CompareTo(Number other)
    {
        if (!IsFloating && !other.IsFloating)
            return _exact.CompareTo(other._exact);
        if (IsFloating && other.IsFloating || !IsInRange(other) || !IsInRange(this))
            return AsDouble.CompareTo(other.AsDouble);
        return Exact.CompareTo(other.Exact);
    }

    private decimal Exact => IsFloating ? (decimal)_floating : _exact;

    private static bool IsInRange(Number number) => !number.IsFloating || Math.Abs(number._floating) is < 1e28 and (> 1e-10 or 0);
}
