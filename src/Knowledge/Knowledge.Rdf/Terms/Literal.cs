namespace Knowledge.Rdf;

/// <summary>A literal: what is written, and what it is written as.</summary>
/// <param name="Lexical">The lexical form, unescaped and exactly as it was written: <c>01</c> and <c>1</c> are two literals.</param>
/// <param name="Datatype">IRI of the datatype; <see cref="XsdVocabulary.String"/> for plain ones, <see cref="RdfVocabulary.LangString"/> or <see cref="RdfVocabulary.DirLangString"/> where there is a language.</param>
/// <param name="Language">Language tag (BCP 47) in lower case, or null.</param>
/// <param name="Direction">Base direction (RDF 1.2), only beside a language; null where there is none.</param>
public sealed record Literal(string Lexical, string Datatype, string? Language = null, BaseDirection? Direction = null) : Term
{
    /// <summary>A plain literal, an <c>xsd:string</c>.</summary>
    /// <param name="lexical">The characters.</param>
    public Literal(string lexical)
        : this(lexical, XsdVocabulary.String)
    {
    }

    /// <inheritdoc/>
    public override TermKind Kind => TermKind.Literal;

    /// <summary>A literal in a language.</summary>
    /// <param name="lexical">The characters.</param>
    /// <param name="language">Language tag; it is lower-cased.</param>
    /// <param name="direction">Base direction, or null.</param>
    public static Literal InLanguage(string lexical, string language, BaseDirection? direction = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(language);
#pragma warning disable CA1308 // language tags are compared in lower case: RDF 1.2 Concepts, 3.4
        return new Literal(lexical, direction is null ? RdfVocabulary.LangString : RdfVocabulary.DirLangString, language.ToLowerInvariant(), direction);
#pragma warning restore CA1308
    }
}

/// <summary>Base direction of a literal's text.</summary>
public enum BaseDirection : byte
{
    /// <summary>Left to right, <c>--ltr</c>.</summary>
    LeftToRight,

    /// <summary>Right to left, <c>--rtl</c>.</summary>
    RightToLeft,
}
