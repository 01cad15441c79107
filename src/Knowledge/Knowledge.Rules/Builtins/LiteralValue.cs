using System.Globalization;
using System.Numerics;

namespace Knowledge.Rules;

/// <summary>Values of literals, as Jena's builtins compare and compute them.</summary>
internal static class LiteralValue
{
    private const string Int = XsdVocabulary.Namespace + "int";
    private const string Long = XsdVocabulary.Namespace + "long";

    /// <summary>Whether two terms are the same value: equal terms, equal exact numbers whatever their datatypes, equal floats of one datatype, equal moments, texts in one language.</summary>
    public static bool IsSame(Term a, Term b)
    {
        if (a.Equals(b))
            return true;
        if (a is not Literal left || b is not Literal right)
            return false;
        if (Number.TryOf(left, out var x) && Number.TryOf(right, out var y))
            return x.IsFloating == y.IsFloating && (!x.IsFloating || left.Datatype == right.Datatype) && x.CompareTo(y) == 0;
        if (left.Datatype != right.Datatype)
            return false;
        if (left.Datatype == XsdVocabulary.DateTime)
            return Moment(left) is { } m && Moment(right) is { } n && m == n;
        if (left.Datatype == XsdVocabulary.Boolean)
            return XsdDatatypes.IsValid(left.Lexical, left.Datatype) && XsdDatatypes.IsValid(right.Lexical, right.Datatype) && IsTrue(left) == IsTrue(right);
        return false;
    }

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

    private static bool IsTrue(Literal literal) => literal.Lexical.Trim() is "true" or "1";

    private static RuleMoment? Moment(Literal literal) => RuleMoment.TryParse(literal.Lexical, out var moment) ? moment : null;
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
        if (term is not Literal literal || !literal.Datatype.StartsWith(XsdVocabulary.Namespace, StringComparison.Ordinal) || XsdDatatypes.Family(literal.Datatype) is not { } family)
            return false;
        var text = literal.Lexical.Trim();
        switch (family)
        {
            case "float" or "double" when XsdDatatypes.TryDouble(text, out var floating):
                number = new Number(0, family == "float" ? (float)floating : floating, true);
                return true;
            case "decimal" when XsdDatatypes.IsValid(literal.Lexical, literal.Datatype) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact):
                number = new Number(exact, 0, false);
                return true;
            default:
                return false;
        }
    }

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

/// <summary>An <c>xsd:dateTime</c>: seconds of the clock, and minutes east of UTC where there is a zone.</summary>
/// <remarks>Source: XML Schema 1.1 Part 2, 3.3.7.3: one with and one without a zone are ordered only where no zone could change it.</remarks>
internal readonly record struct RuleMoment(decimal Seconds, int? Zone)
{
    private const int MaxZoneSeconds = 14 * 3600;

    private decimal Utc => Seconds - ((Zone ?? 0) * 60);

    /// <summary>Order; null where it cannot be told.</summary>
    public int? Compare(RuleMoment other)
    {
        var order = Utc.CompareTo(other.Utc);
        return Zone is null == other.Zone is null || Math.Abs(Utc - other.Utc) > MaxZoneSeconds ? order : null;
    }

    /// <inheritdoc/>
    public bool Equals(RuleMoment other) => Compare(other) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => Utc.GetHashCode();

    /// <summary>Reads a lexical form.</summary>
    public static bool TryParse(string lexical, out RuleMoment moment)
    {
        moment = default;
        var match = XsdDatatypes.DateTimeForm().Match(lexical.Trim());
        if (!match.Success || !XsdDatatypes.IsDate(match.Groups["y"].ValueSpan, match.Groups["m"].ValueSpan, match.Groups["d"].ValueSpan))
            return false;
        var year = BigInteger.Parse(match.Groups["y"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (BigInteger.Abs(year) > 1_000_000)
            return false;
        int month = int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture), day = int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture);
        var cycle = (int)(((year % 400) + 400) % 400); // a year of the same shape among those that the calendar type knows
        var days = new DateOnly(cycle + 400, month, day).DayNumber + ((long)((year - cycle - 400) / 400) * 146_097);
        var seconds = (days * 86400m) + (decimal.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture) * 3600)
            + (decimal.Parse(match.Groups["i"].ValueSpan, CultureInfo.InvariantCulture) * 60) + decimal.Parse(match.Groups["s"].ValueSpan, CultureInfo.InvariantCulture);
        moment = new RuleMoment(seconds, XsdDatatypes.ZoneMinutes(match.Groups["z"].ValueSpan));
        return true;
    }
}
