using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Constructor functions of XML Schema types. Source: SPARQL 1.1, 17.5; XPath and XQuery Functions 3.1, 19.1.</summary>
internal static class Casts
{
    /// <summary>The cast that an IRI names; null where it names none.</summary>
    public static Func<Term, Term?>? Find(string iri) => iri switch
    {
        XsdVocabulary.String => ToText,
        XsdVocabulary.Boolean => ToBoolean,
        XsdVocabulary.Integer => ToInteger,
        XsdVocabulary.Decimal => ToDecimal,
        XsdTypes.Float => t => ToApproximate(t, NumericType.Float),
        XsdVocabulary.Double => t => ToApproximate(t, NumericType.Double),
        XsdVocabulary.DateTime or XsdVocabulary.Date or XsdTypes.Time or XsdTypes.YearMonth or XsdTypes.Year => t => ToMoment(t, iri),
        XsdTypes.Duration or XsdTypes.DayTimeDuration or XsdTypes.YearMonthDuration => t => ToDuration(t, iri),
        _ => null,
    };

    private static Literal? ToText(Term term) => term switch
    {
        Iri iri => new Literal(iri.Value),
        Literal { Language: not null } => null,
        Literal literal when Numeric.Of(literal) is { } number => new Literal(NumberText(number)),
        Literal literal when literal.Datatype == XsdVocabulary.Boolean && XsdTypes.Boolean(literal) is { } truth => new Literal(truth ? "true" : "false"),
        Literal literal => new Literal(literal.Lexical),
        _ => null,
    };

    // XPath writes doubles of ordinary size without an exponent.
    private static string NumberText(Numeric number)
    {
        var size = Math.Abs(number.AsDouble);
        if (number.IsExact)
            return Numeric.DecimalText(number.Exact);
        if (size == 0)
            return double.IsNegative(number.AsDouble) ? "-0" : "0";
        if (size is < 1e-6 or >= 1e6 || double.IsNaN(size))
            return number.ToLiteral().Lexical;
        return number.Type == NumericType.Float
            ? ((decimal)(float)number.AsDouble).ToString("0.############################", CultureInfo.InvariantCulture)
            : number.AsDouble.ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static Literal? ToBoolean(Term term)
    {
        if (term is not Literal literal)
            return null;
        if (Numeric.Of(literal) is { } number)
            return BooleanEvaluator.Term(!number.IsZeroOrNaN);
        return literal.Datatype == XsdVocabulary.Boolean || XsdTypes.IsString(literal) ? BooleanEvaluator.Term(XsdTypes.Boolean(literal)) : null;
    }

    private static Literal? ToInteger(Term term) => ToExact(term) switch
    {
        (Literal text, null) => Numeric.Parse(Trim(text), NumericType.Integer)?.ToLiteral(),
        (_, { } value) => Numeric.OfInteger(decimal.Truncate(value)).ToLiteral(),
        _ => null,
    };

    private static Literal? ToDecimal(Term term) => ToExact(term) switch
    {
        (Literal text, null) => Numeric.Parse(Trim(text), NumericType.Decimal)?.ToLiteral(),
        (_, { } value) => Numeric.OfDecimal(value).ToLiteral(),
        _ => null,
    };

    // A string to be parsed, or a number that is there already.
    private static (Literal? Text, decimal? Value) ToExact(Term term)
    {
        if (term is not Literal literal)
            return (null, null);
        if (XsdTypes.IsString(literal))
            return (literal, null);
        if (literal.Datatype == XsdVocabulary.Boolean)
            return (null, XsdTypes.Boolean(literal) is { } truth ? (truth ? 1 : 0) : null);
        if (Numeric.Of(literal) is not { } number)
            return (null, null);
        if (number.IsExact)
            return (null, number.Exact);
        return (null, Math.Abs(number.AsDouble) < (double)decimal.MaxValue ? (decimal)number.AsDouble : null);
    }

    private static Literal? ToApproximate(Term term, NumericType type)
    {
        if (term is not Literal literal)
            return null;
        double? value = null;
        if (XsdTypes.IsString(literal))
            value = Numeric.Parse(Trim(literal), type)?.AsDouble;
        else if (literal.Datatype == XsdVocabulary.Boolean)
            value = XsdTypes.Boolean(literal) is { } truth ? (truth ? 1 : 0) : null;
        else
            value = Numeric.Of(literal)?.AsDouble;
        return value is not { } known ? null : (type == NumericType.Float ? Numeric.OfFloat(known) : Numeric.OfDouble(known)).ToLiteral();
    }

    private static Literal? ToMoment(Term term, string datatype)
    {
        if (term is not Literal literal)
            return null;
        if (XsdTypes.IsString(literal) || literal.Datatype == datatype)
            return new Literal(literal.Lexical.Trim(), datatype) is var moment && XsdMoment.Of(moment) is not null ? moment : null;
        if (!XsdMoment.IsMoment(literal.Datatype) || XsdMoment.Of(literal) is not { } other)
            return null;
        var zone = other.Zone is null ? "" : literal.Lexical.EndsWith('Z') ? "Z" : literal.Lexical[^6..];
        return (literal.Datatype, datatype) switch
        {
            (XsdVocabulary.Date, XsdVocabulary.DateTime) => new Literal(literal.Lexical[..^zone.Length] + "T00:00:00" + zone, datatype),
            (XsdVocabulary.DateTime, XsdVocabulary.Date) => new Literal(literal.Lexical[..literal.Lexical.IndexOf('T', StringComparison.Ordinal)] + zone, datatype),
            (XsdVocabulary.DateTime, XsdTypes.Time) => new Literal(literal.Lexical[(literal.Lexical.IndexOf('T', StringComparison.Ordinal) + 1)..], datatype),
            _ => null,
        };
    }

    private static Literal? ToDuration(Term term, string datatype)
    {
        if (term is not Literal literal || !(XsdTypes.IsString(literal) || XsdDuration.IsDuration(literal.Datatype)) || XsdDuration.Of(literal) is not { } duration)
            return null;
        var fits = datatype switch { XsdTypes.DayTimeDuration => duration.Months == 0, XsdTypes.YearMonthDuration => duration.Seconds == 0, _ => true };
        return fits ? new Literal(literal.Lexical.Trim(), datatype) : null;
    }

    private static ReadOnlySpan<char> Trim(Literal literal) => literal.Lexical.AsSpan().Trim(" \t\r\n");
}
