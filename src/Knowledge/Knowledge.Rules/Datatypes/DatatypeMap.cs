using System.Collections.Frozen;

namespace Knowledge.Rules;

/// <summary>Datatypes whose values are known: which literals are well-formed, which of them have the same value, and which other datatypes that value belongs to.</summary>
/// <remarks>
/// <para>A value is written as one literal, its canonical one: whole numbers as <c>xsd:integer</c> whatever they were written as, other numbers as <c>xsd:decimal</c> or <c>owl:rational</c>,
/// strings as plain literals. Two values are the same where these are equal, and differ where they are not.</para>
/// <para>Source: OWL 2 Structural Specification, section 4 (datatype maps), XML Schema 1.1 Part 2, and RDF Plain Literals. Deviations: a float or double whose lexical form lies beyond the
/// largest or below the smallest finite value is ill-formed, as the test collection for OWL 2 RL has it; days and durations outside of the OWL 2 map are checked for form alone.</para>
/// </remarks>
internal static class DatatypeMap
{
    private const string Owl = "http://www.w3.org/2002/07/owl#";
    private const string Rdf = RdfVocabulary.Namespace;
    private const string Xsd = XsdVocabulary.Namespace;

    /// <summary>The datatype of plain literals and of their language tags.</summary>
    public const string PlainLiteral = Rdf + "PlainLiteral";

    /// <summary>The class of all literal values.</summary>
    public const string RdfsLiteral = "http://www.w3.org/2000/01/rdf-schema#Literal";

    private static readonly FrozenDictionary<string, Datatype> s_datatypes = All().ToFrozenDictionary(d => d.Iri);

    /// <summary>IRIs of the datatypes that are known.</summary>
    public static IEnumerable<string> Known => s_datatypes.Keys;

    /// <summary>Whether a datatype's values are known.</summary>
    public static bool Knows(string datatype) => s_datatypes.ContainsKey(datatype);

    /// <summary>Whether a literal has a value: false where it is ill-formed, true also where its datatype is not known.</summary>
    public static bool IsWellFormed(Literal literal) => !s_datatypes.TryGetValue(literal.Datatype, out var datatype) || datatype.Value(literal) is not null;

    /// <summary>The canonical literal of a literal's value.</summary>
    /// <returns>Null where it is ill-formed; the literal itself where its datatype is not known.</returns>
    public static Literal? Canonical(Literal literal) => s_datatypes.TryGetValue(literal.Datatype, out var datatype) ? datatype.Value(literal) : literal;

    /// <summary>Whether a literal's value belongs to a datatype.</summary>
    /// <param name="datatype">IRI of the datatype, or <see cref="RdfsLiteral"/>.</param>
    /// <param name="literal">The literal.</param>
    /// <returns>Null where one of the two datatypes is not known; false for ill-formed literals.</returns>
    public static bool? Contains(string datatype, Literal literal)
    {
        if (Canonical(literal) is not { } value)
            return false;
        if (datatype == RdfsLiteral)
            return true;
        if (!s_datatypes.TryGetValue(datatype, out var wanted) || !Knows(literal.Datatype))
            return literal.Datatype == datatype ? true : null;
        return wanted.Holds(value);
    }

    /// <summary>Whether two literals have different values for certain.</summary>
    public static bool AreDifferent(Literal one, Literal other) =>
        s_datatypes.TryGetValue(one.Datatype, out var first) && s_datatypes.TryGetValue(other.Datatype, out var second)
        && first.Value(one) is { } value && second.Value(other) is { } otherValue && value != otherValue
        && ((first.IsExact && second.IsExact) || value.Datatype != otherValue.Datatype);

    /// <summary>Whether every value that two datatypes share belongs to a third.</summary>
    /// <param name="one">IRI of the one; with the same as the other, whether all its values belong to the third.</param>
    /// <param name="other">IRI of the other.</param>
    /// <param name="wide">IRI of the third.</param>
    /// <returns>False also where a datatype is not known.</returns>
    public static bool AreWithin(string one, string other, string wide)
    {
        if (!Knows(one) || !Knows(other) || !Knows(wide))
            return false;
        if (Wider(one).Contains(wide) || Wider(other).Contains(wide))
            return true;
        return Bounds(one) is { } a && Bounds(other) is { } b && Bounds(wide) is { } c
            && (c.Min is null || a.Min >= c.Min || b.Min >= c.Min) && (c.Max is null || a.Max <= c.Max || b.Max <= c.Max);
    }

    /// <summary>Whether two datatypes have no value in common for certain.</summary>
    /// <returns>False also where a datatype is not known.</returns>
    public static bool AreDisjoint(string one, string other)
    {
        if (!Knows(one) || !Knows(other))
            return false;
        if (Bounds(one) is { } a && Bounds(other) is { } b)
            return a.Max < b.Min || b.Max < a.Min;
        // Kinds of strings overlap, but for those with a language and those without.
        var (first, second) = (Wider(one).Last(), Wider(other).Last());
        return first != second || (first == PlainLiteral && IsLangString(one) != IsLangString(other) && one != PlainLiteral && other != PlainLiteral);

        static bool IsLangString(string datatype) => datatype == Rdf + "langString";
    }

    /// <summary>A datatype and those that have all its values, from the narrow to the wide.</summary>
    private static IEnumerable<string> Wider(string datatype)
    {
        for (string? next = datatype; next is not null; next = Parent(next))
            yield return next;
    }

    /// <summary>The next wider datatype in a line that passes all of them by: of whole numbers, only <c>xsd:integer</c> and what is wider; their bounds tell the rest.</summary>
    private static string? Parent(string datatype) => datatype switch
    {
        Xsd + "integer" => Xsd + "decimal",
        Xsd + "decimal" => Owl + "rational",
        Owl + "rational" => Owl + "real",
        Xsd + "language" => Xsd + "NCName", // letters, digits and hyphens, a letter first
        Xsd + "NCName" => Xsd + "Name",
        Xsd + "Name" => Xsd + "NMTOKEN",
        Xsd + "NMTOKEN" => Xsd + "token",
        Xsd + "token" => Xsd + "normalizedString",
        Xsd + "normalizedString" => Xsd + "string",
        Xsd + "string" or Rdf + "langString" => PlainLiteral,
        Xsd + "dateTimeStamp" => Xsd + "dateTime",
        _ when Bounds(datatype) is not null => Xsd + "integer",
        _ => null,
    };

    private static (System.Numerics.BigInteger? Min, System.Numerics.BigInteger? Max)? Bounds(string datatype) =>
        datatype.StartsWith(Xsd, StringComparison.Ordinal) && Numbers.Bounds.TryGetValue(datatype[Xsd.Length..], out var bounds) ? bounds : null;

    private static IEnumerable<Datatype> All() =>
    [
        .. WholeNumbers(),
        new(Owl + "real", _ => null, v => v.Datatype is Xsd + "integer" or Xsd + "decimal" or Owl + "rational"),
        new(Owl + "rational", l => Numbers.Rational(l.Lexical), v => v.Datatype is Xsd + "integer" or Xsd + "decimal" or Owl + "rational"),
        new(Xsd + "decimal", l => Numbers.Decimal(l.Lexical), v => v.Datatype is Xsd + "integer" or Xsd + "decimal"),
        Primitive(Xsd + "float", Numbers.Float),
        Primitive(Xsd + "double", Numbers.Double),
        Primitive(Xsd + "boolean", t => t switch { "true" or "1" => "true", "false" or "0" => "false", _ => null }),
        Primitive(Xsd + "hexBinary", LexicalForms.HexBinary),
        Primitive(Xsd + "base64Binary", LexicalForms.Base64Binary),
        Primitive(Xsd + "anyURI", LexicalForms.AnyUri),
        Primitive(Xsd + "dateTime", Moments.DateTime),
        new(Xsd + "dateTimeStamp", l => Moments.DateTime(l.Lexical) is { } text && Moments.HasZone(text) ? new Literal(text, Xsd + "dateTime") : null, v => v.Datatype == Xsd + "dateTime" && Moments.HasZone(v.Lexical)),
        Primitive(Rdf + "XMLLiteral", LexicalForms.XmlLiteral),
        .. Strings(),
        .. FormsAlone(),
    ];

    private static Datatype Primitive(string iri, Func<string, string?> canonical, bool isExact = true) =>
        new(iri, l => canonical(l.Lexical) is { } text ? new Literal(text, iri) : null, v => v.Datatype == iri, isExact);

    private static IEnumerable<Datatype> WholeNumbers() => Numbers.Bounds.Select(b => new Datatype(
        Xsd + b.Key,
        l => Numbers.Integer(l.Lexical) is { } value && Numbers.IsWithin(value.Lexical, b.Value) ? value : null,
        v => v.Datatype == Xsd + "integer" && Numbers.IsWithin(v.Lexical, b.Value)));

    private static IEnumerable<Datatype> Strings()
    {
        yield return new(PlainLiteral, LexicalForms.Plain, v => v.Datatype is Xsd + "string" or Rdf + "langString");
        yield return new(Rdf + "langString", l => l.Language is { } tag && LexicalForms.IsLanguage(tag) ? l : null, v => v.Datatype == Rdf + "langString");
        foreach (var (name, isForm) in LexicalForms.Strings)
            yield return new(Xsd + name, l => isForm(l.Lexical) ? new Literal(l.Lexical) : null, v => v.Datatype == Xsd + "string" && isForm(v.Lexical));
    }

    /// <summary>Datatypes of XML Schema that OWL 2 leaves out.</summary>
    private static IEnumerable<Datatype> FormsAlone() => Moments.Forms.Select(f => Primitive(Xsd + f.Key, t => f.Value.IsMatch(t) ? t : null, isExact: false));

    /// <param name="Iri">The datatype.</param>
    /// <param name="Value">The canonical literal of a literal of this datatype; null where it is ill-formed.</param>
    /// <param name="Holds">Whether a canonical literal's value is one of this datatype's.</param>
    /// <param name="IsExact">Whether different canonical literals are different values.</param>
    private sealed record Datatype(string Iri, Func<Literal, Literal?> Value, Func<Literal, bool> Holds, bool IsExact = true);
}
