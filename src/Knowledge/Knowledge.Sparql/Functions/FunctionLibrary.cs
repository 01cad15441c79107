using System.Globalization;
using System.Security.Cryptography;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>The built-in functions whose arguments are all evaluated first. Source: SPARQL 1.1, 17.4; SPARQL 1.2 for triple terms and directions.</summary>
internal static class FunctionLibrary
{
    /// <summary>The function of a name in capitals.</summary>
    public static Func<Execution, Term[], Term?> Find(string name) =>
        s_functions.TryGetValue(name, out var function) ? function : throw new System.Diagnostics.UnreachableException($"{name} has no implementation.");

    private static readonly Dictionary<string, Func<Execution, Term[], Term?>> s_functions = new()
    {
        ["STR"] = (_, a) => Text(a[0]),
        ["LANG"] = (_, a) => a[0] is Literal l ? new Literal(l.Language ?? "") : null,
        ["LANGDIR"] = (_, a) => a[0] is Literal l ? new Literal(DirectionText(l.Direction)) : null,
        ["LANGMATCHES"] = (_, a) => TextFunctions.LanguageMatches(a[0], a[1]),
        ["DATATYPE"] = (_, a) => a[0] is Literal l ? new Iri(l.Datatype) : null,
        ["BNODE"] = (x, _) => x.Session.NewBlankNode(),
        ["RAND"] = (x, _) => Numeric.OfDouble(x.Session.Random.NextDouble()).ToLiteral(),
        ["ABS"] = (_, a) => Numeric.Of(a[0])?.Map(Math.Abs, Math.Abs).ToLiteral(),
        ["CEIL"] = (_, a) => Numeric.Of(a[0])?.Map(decimal.Ceiling, Math.Ceiling).ToLiteral(),
        ["FLOOR"] = (_, a) => Numeric.Of(a[0])?.Map(decimal.Floor, Math.Floor).ToLiteral(),
        ["ROUND"] = (_, a) => Numeric.Of(a[0])?.Map(v => decimal.Floor(v + 0.5m), v => Math.Floor(v + 0.5)).ToLiteral(),
        ["CONCAT"] = (_, a) => TextFunctions.Concatenate(a),
        ["SUBSTR"] = (_, a) => TextFunctions.Substring(a),
        ["STRLEN"] = (_, a) => TextFunctions.Length(a[0]),
        ["UCASE"] = (_, a) => TextFunctions.Map(a[0], s => s.ToUpperInvariant()),
        ["LCASE"] = (_, a) => TextFunctions.Map(a[0], LowerCase),
        ["ENCODE_FOR_URI"] = (_, a) => TextFunctions.EncodeForUri(a[0]),
        ["CONTAINS"] = (_, a) => TextFunctions.Test(a[0], a[1], (x, y) => x.Contains(y, StringComparison.Ordinal)),
        ["STRSTARTS"] = (_, a) => TextFunctions.Test(a[0], a[1], (x, y) => x.StartsWith(y, StringComparison.Ordinal)),
        ["STRENDS"] = (_, a) => TextFunctions.Test(a[0], a[1], (x, y) => x.EndsWith(y, StringComparison.Ordinal)),
        ["STRBEFORE"] = (_, a) => TextFunctions.Part(a[0], a[1], isBefore: true),
        ["STRAFTER"] = (_, a) => TextFunctions.Part(a[0], a[1], isBefore: false),
        ["YEAR"] = (_, a) => Moment(a[0], m => m.Year),
        ["MONTH"] = (_, a) => Moment(a[0], m => m.Month),
        ["DAY"] = (_, a) => Moment(a[0], m => m.Day),
        ["HOURS"] = (_, a) => Moment(a[0], m => m.Hour),
        ["MINUTES"] = (_, a) => Moment(a[0], m => m.Minute),
        ["SECONDS"] = (_, a) => MomentOf(a[0]) is { } m ? Numeric.OfDecimal(m.Second).ToLiteral() : null,
        ["TIMEZONE"] = (_, a) => MomentOf(a[0])?.Zone is { } zone ? XsdDuration.OfZone(zone) : null,
        ["TZ"] = (_, a) => MomentOf(a[0]) is { } m ? new Literal(ZoneText((Literal)a[0], m)) : null,
        ["NOW"] = (x, _) => XsdMoment.Literal(x.Session.Now),
        ["UUID"] = (x, _) => new Iri("urn:uuid:" + NewUuid(x)),
        ["STRUUID"] = (x, _) => new Literal(NewUuid(x)),
        ["MD5"] = (_, a) => TextFunctions.Hash(a[0], HashAlgorithmName.MD5),
        ["SHA1"] = (_, a) => TextFunctions.Hash(a[0], HashAlgorithmName.SHA1),
        ["SHA256"] = (_, a) => TextFunctions.Hash(a[0], HashAlgorithmName.SHA256),
        ["SHA384"] = (_, a) => TextFunctions.Hash(a[0], HashAlgorithmName.SHA384),
        ["SHA512"] = (_, a) => TextFunctions.Hash(a[0], HashAlgorithmName.SHA512),
        ["STRLANG"] = (_, a) => a is [Literal { Datatype: XsdVocabulary.String } s, Literal { Datatype: XsdVocabulary.String, Lexical.Length: > 0 } l] ? Literal.InLanguage(s.Lexical, l.Lexical) : null,
        ["STRLANGDIR"] = (_, a) => WithDirection(a),
        ["STRDT"] = (_, a) => a is [Literal { Datatype: XsdVocabulary.String } s, Iri d] && d.Value is not (RdfVocabulary.LangString or RdfVocabulary.DirLangString) ? new Literal(s.Lexical, d.Value) : null,
        ["ISIRI"] = (_, a) => BooleanEvaluator.Term(a[0] is Iri),
        ["ISURI"] = (_, a) => BooleanEvaluator.Term(a[0] is Iri),
        ["ISBLANK"] = (_, a) => BooleanEvaluator.Term(a[0] is BlankNode),
        ["ISLITERAL"] = (_, a) => BooleanEvaluator.Term(a[0] is Literal),
        ["ISNUMERIC"] = (_, a) => BooleanEvaluator.Term(Numeric.Of(a[0]) is not null),
        ["ISTRIPLE"] = (_, a) => BooleanEvaluator.Term(a[0] is TripleTerm),
        ["HASLANG"] = (_, a) => BooleanEvaluator.Term(a[0] is Literal { Language: not null }),
        ["HASLANGDIR"] = (_, a) => BooleanEvaluator.Term(a[0] is Literal { Direction: not null }),
        ["TRIPLE"] = (_, a) => a is [Iri or BlankNode, Iri p, _] ? new TripleTerm(a[0], p, a[2]) : null,
        ["SUBJECT"] = (_, a) => (a[0] as TripleTerm)?.Subject,
        ["PREDICATE"] = (_, a) => (a[0] as TripleTerm)?.Predicate,
        ["OBJECT"] = (_, a) => (a[0] as TripleTerm)?.Object,
    };

    private static Literal? Text(Term term) => term switch { Iri iri => new Literal(iri.Value), Literal literal => new Literal(literal.Lexical), _ => null };

#pragma warning disable CA1308 // LCASE is defined as lower case
    private static string LowerCase(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    private static string DirectionText(BaseDirection? direction) => direction switch { BaseDirection.LeftToRight => "ltr", BaseDirection.RightToLeft => "rtl", _ => "" };

    private static Literal? WithDirection(Term[] a)
    {
        if (a is not [Literal { Datatype: XsdVocabulary.String } text, Literal { Datatype: XsdVocabulary.String, Lexical.Length: > 0 } language, Literal { Datatype: XsdVocabulary.String } direction])
            return null;
        return direction.Lexical switch
        {
            "ltr" => Literal.InLanguage(text.Lexical, language.Lexical, BaseDirection.LeftToRight),
            "rtl" => Literal.InLanguage(text.Lexical, language.Lexical, BaseDirection.RightToLeft),
            _ => null,
        };
    }

    private static XsdMoment? MomentOf(Term term) => term is Literal literal && XsdMoment.IsMoment(literal.Datatype) ? XsdMoment.Of(literal) : null;

    private static Literal? Moment(Term term, Func<XsdMoment, long> part) => MomentOf(term) is { } moment ? Numeric.OfInteger(part(moment)).ToLiteral() : null;

    private static string ZoneText(Literal literal, XsdMoment moment) => moment.Zone is null ? "" : literal.Lexical.TrimEnd().EndsWith('Z') ? "Z" : literal.Lexical.TrimEnd()[^6..];

    // Version 4 of RFC 9562, from the session's chance.
    private static string NewUuid(Execution execution)
    {
        Span<byte> bytes = stackalloc byte[16];
        execution.Session.Random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }
}
