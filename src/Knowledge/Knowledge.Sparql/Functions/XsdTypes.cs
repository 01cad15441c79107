using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Datatypes that functions name, beside those of <see cref="XsdVocabulary"/>.</summary>
internal static class XsdTypes
{
    public const string Float = XsdVocabulary.Namespace + "float";
    public const string Time = XsdVocabulary.Namespace + "time";
    public const string Duration = XsdVocabulary.Namespace + "duration";
    public const string DayTimeDuration = XsdVocabulary.Namespace + "dayTimeDuration";
    public const string YearMonthDuration = XsdVocabulary.Namespace + "yearMonthDuration";
    public const string YearMonth = XsdVocabulary.Namespace + "gYearMonth";
    public const string Year = XsdVocabulary.Namespace + "gYear";
    public const string AnyUri = XsdVocabulary.Namespace + "anyURI";

    /// <summary>Whether a literal is a plain string: <c>xsd:string</c>.</summary>
    public static bool IsString(Literal literal) => literal.Datatype == XsdVocabulary.String;

    /// <summary>Whether a literal is a string literal of SPARQL: plain or with a language.</summary>
    public static bool IsText(Literal literal) => literal.Language is not null || IsString(literal);

    /// <summary>The value of a boolean; null where the lexical form is none.</summary>
    public static bool? Boolean(Literal literal) => literal.Lexical.Trim(' ', '\t', '\r', '\n') switch { "true" or "1" => true, "false" or "0" => false, _ => null };
}

/// <summary>Effective boolean values. Source: SPARQL 1.1, 17.2.2.</summary>
internal static class EffectiveBoolean
{
    /// <summary>The effective boolean value; null is a type error.</summary>
    public static bool? Of(Term term)
    {
        if (term is not Literal literal)
            return null;
        if (literal.Datatype == XsdVocabulary.Boolean)
            return XsdTypes.Boolean(literal);
        if (XsdTypes.IsString(literal))
            return literal.Lexical.Length > 0;
        if (Numeric.TypeOf(literal.Datatype) is null)
            return null;
        return Numeric.Of(literal) is { } number && !number.IsZeroOrNaN;
    }
}
