using System.Text.RegularExpressions;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Knowledge.Shapes;

/// <summary><c>sh:minLength</c> and <c>sh:maxLength</c> (SHACL, 4.4.1 and 4.4.2), in code points.</summary>
/// <param name="Least">Least length, or null.</param>
/// <param name="Most">Greatest length, or null.</param>
internal sealed record LengthConstraint(int? Least, int? Most) : ValueConstraint(Core(Most is null ? "MinLength" : "MaxLength"))
{
    protected override string? Problem(Validation run, Term value)
    {
        if (TextOf(value) is not { } text)
            return "is a blank node and has no length.";
        var length = text.EnumerateRunes().Count();
        return length < Least ? $"has {length} characters; at least {Least} are needed." : length > Most ? $"has {length} characters; at most {Most} are allowed." : null;
    }

    /// <summary>STR of SPARQL; null for blank nodes.</summary>
    public static string? TextOf(Term value) => value switch { Iri iri => iri.Value, Literal literal => literal.Lexical, _ => null };
}

/// <summary><c>sh:pattern</c> with <c>sh:flags</c> (SHACL, 4.4.3). A value on which the expression takes longer than SPARQL allows does not match.</summary>
internal sealed record PatternConstraint(Regex Pattern) : ValueConstraint(Core("Pattern"))
{
    protected override string? Problem(Validation run, Term value)
    {
        try
        {
            return LengthConstraint.TextOf(value) is { } text && Pattern.IsMatch(text) ? null : $"does not match the pattern '{Pattern}'.";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"takes too long to match the pattern '{Pattern}'.";
        }
    }
}

/// <summary><c>sh:languageIn</c> (SHACL, 4.4.4).</summary>
internal sealed record LanguageInConstraint(IReadOnlyList<string> Ranges) : ValueConstraint(Core("LanguageIn"))
{
    protected override string? Problem(Validation run, Term value) => value is Literal { Language: { } tag } && Ranges.Any(r => Matches(tag, r)) ? null
        : $"is in none of the languages {string.Join(", ", Ranges)}.";

    private static bool Matches(string tag, string range) =>
        range == "*" || (tag.StartsWith(range, StringComparison.OrdinalIgnoreCase) && (tag.Length == range.Length || tag[range.Length] == '-'));
}

/// <summary><c>sh:uniqueLang</c> (SHACL, 4.4.5).</summary>
internal sealed record UniqueLangConstraint() : Constraint(Core("UniqueLang"))
{
    public override void Validate(Check check)
    {
        foreach (var language in check.Values.OfType<Literal>().Where(l => l.Language is not null).GroupBy(l => l.Language!, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            check.Report(this, null, $"{language.Count()} values are in the language {language.Key}; one is allowed.");
    }
}
