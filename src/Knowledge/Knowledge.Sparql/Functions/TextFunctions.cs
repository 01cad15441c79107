using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Functions on strings. Source: SPARQL 1.1, 17.4.3; characters are code points.</summary>
internal static class TextFunctions
{
    /// <summary>Longest time that one regular expression may take for one string.</summary>
    public static readonly TimeSpan MaxRegexTime = TimeSpan.FromSeconds(2);

    /// <summary>STRLEN.</summary>
    public static Literal? Length(Term term)
    {
        if (term is not Literal literal || !XsdTypes.IsText(literal))
            return null;
        var count = 0;
        foreach (var _ in literal.Lexical.EnumerateRunes())
            count++;
        return Numeric.OfInteger(count).ToLiteral();
    }

    /// <summary>SUBSTR: places count from 1, and fractions round as XPath says.</summary>
    public static Literal? Substring(Term[] arguments)
    {
        if (arguments[0] is not Literal literal || !XsdTypes.IsText(literal) || Numeric.Of(arguments[1]) is not { } start)
            return null;
        var first = Math.Floor(start.AsDouble + 0.5);
        var end = double.PositiveInfinity;
        if (arguments.Length > 2)
        {
            if (Numeric.Of(arguments[2]) is not { } length)
                return null;
            end = first + Math.Floor(length.AsDouble + 0.5);
        }

        var text = new StringBuilder();
        var place = 1;
        foreach (var rune in literal.Lexical.EnumerateRunes())
        {
            if (place >= first && place < end)
                text.Append(rune.ToString());
            place++;
        }

        return literal with { Lexical = text.ToString() };
    }

    /// <summary>The literal with other characters; null where it is no string.</summary>
    public static Literal? Map(Term term, Func<string, string> map) => term is Literal literal && XsdTypes.IsText(literal) ? literal with { Lexical = map(literal.Lexical) } : null;

    /// <summary>Both strings where their languages go together (17.4.3.1.2); null where not.</summary>
    public static (Literal First, Literal Second)? Compatible(Term a, Term b)
    {
        if (a is not Literal first || b is not Literal second || !XsdTypes.IsText(first) || !XsdTypes.IsText(second))
            return null;
        var fits = second.Language is null || (first.Language == second.Language && first.Direction == second.Direction);
        return fits ? (first, second) : null;
    }

    /// <summary>CONTAINS, STRSTARTS, STRENDS.</summary>
    public static Literal? Test(Term a, Term b, Func<string, string, bool> test) =>
        Compatible(a, b) is { } pair ? BooleanEvaluator.Term(test(pair.First.Lexical, pair.Second.Lexical)) : null;

    /// <summary>STRBEFORE and STRAFTER.</summary>
    public static Literal? Part(Term a, Term b, bool isBefore)
    {
        if (Compatible(a, b) is not var (first, second))
            return null;
        var at = first.Lexical.IndexOf(second.Lexical, StringComparison.Ordinal);
        if (at < 0)
            return new Literal("");
        return first with { Lexical = isBefore ? first.Lexical[..at] : first.Lexical[(at + second.Lexical.Length)..] };
    }

    /// <summary>CONCAT: a language that all share stays.</summary>
    public static Literal? Concatenate(Term[] arguments)
    {
        var text = new StringBuilder();
        foreach (var argument in arguments)
        {
            if (argument is not Literal literal || !XsdTypes.IsText(literal))
                return null;
            text.Append(literal.Lexical);
        }

        var first = arguments.Length > 0 ? (Literal)arguments[0] : new Literal("");
        var isShared = arguments.All(a => a is Literal other && other.Language == first.Language && other.Direction == first.Direction);
        return isShared ? first with { Lexical = text.ToString() } : new Literal(text.ToString());
    }

    /// <summary>Escapes all but unreserved characters with percent signs (17.4.3.11).</summary>
    public static Literal? EncodeForUri(Term term)
    {
        if (term is not Literal literal || !XsdTypes.IsText(literal))
            return null;
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(literal.Lexical))
        {
            if (b < 0x80 && (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~'))
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return new Literal(text.ToString());
    }

    /// <summary>LANGMATCHES: basic filtering of RFC 4647.</summary>
    public static Literal? LanguageMatches(Term tag, Term range)
    {
        if (tag is not Literal { Datatype: XsdVocabulary.String } t || range is not Literal { Datatype: XsdVocabulary.String } r)
            return null;
        var matches = r.Lexical == "*" ? t.Lexical.Length > 0
            : t.Lexical.StartsWith(r.Lexical, StringComparison.OrdinalIgnoreCase) && (t.Lexical.Length == r.Lexical.Length || t.Lexical[r.Lexical.Length] == '-');
        return BooleanEvaluator.Term(matches && (r.Lexical.Length > 0 || t.Lexical.Length == 0));
    }

    /// <summary>MD5 and SHA functions.</summary>
    public static Literal? Hash(Term term, HashAlgorithmName algorithm) => term is Literal { Datatype: XsdVocabulary.String } literal
        ? new Literal(Convert.ToHexStringLower(CryptographicOperations.HashData(algorithm, Encoding.UTF8.GetBytes(literal.Lexical)))) : null;

    /// <summary>A regular expression of XPath as one of .NET; null where it is none.</summary>
    public static Regex? Regex(Term pattern, Term? flags)
    {
        if (pattern is not Literal { Datatype: XsdVocabulary.String } text || (flags is not null and not Literal { Datatype: XsdVocabulary.String }))
            return null;
        var options = RegexOptions.CultureInvariant;
        var isLiteral = false;
        foreach (var flag in (flags as Literal)?.Lexical ?? "")
        {
            switch (flag)
            {
                case 's': options |= RegexOptions.Singleline; break;
                case 'm': options |= RegexOptions.Multiline; break;
                case 'i': options |= RegexOptions.IgnoreCase; break;
                case 'x': options |= RegexOptions.IgnorePatternWhitespace; break;
                case 'q': isLiteral = true; break;
                default: return null;
            }
        }

        try
        {
            return new Regex(isLiteral ? System.Text.RegularExpressions.Regex.Escape(text.Lexical) : text.Lexical, options, MaxRegexTime);
        }
        catch (ArgumentException)
        {
            // A wrong pattern is an error value, as every function's failure is.
            return null;
        }
    }

    /// <summary>Puts other text where a pattern matches (17.4.3.15).</summary>
    public static Literal? Replace(Literal text, Regex regex, Term replacement)
    {
        if (replacement is not Literal { Datatype: XsdVocabulary.String } to || regex.IsMatch(""))
            return null;
        return text with { Lexical = regex.Replace(text.Lexical, NetReplacement(to.Lexical, regex)) };
    }

    // XPath: $1 is a group, \$ and \\ are characters; .NET: ${1} and $$.
    private static string NetReplacement(string replacement, Regex regex)
    {
        var text = new StringBuilder(replacement.Length);
        for (var at = 0; at < replacement.Length; at++)
        {
            var c = replacement[at];
            if (c == '\\' && at + 1 < replacement.Length)
                text.Append(replacement[++at] == '$' ? "$$" : replacement[at].ToString());
            else if (c == '$' && at + 1 < replacement.Length && char.IsAsciiDigit(replacement[at + 1]))
                text.Append(regex.GetGroupNumbers().Contains(replacement[++at] - '0') ? $"${{{replacement[at]}}}" : "");
            else
                text.Append(c == '$' ? "$$" : c.ToString());
        }

        return text.ToString();
    }
}

/// <summary>REGEX and REPLACE, with patterns that stay the same compiled once.</summary>
internal sealed class RegexEvaluator(Evaluator[] arguments, bool isReplace) : Evaluator
{
    private Term? _pattern;
    private Term? _flags;
    private Regex? _regex;

    public override Term? Value(in Row row)
    {
        if (arguments[0].Value(row) is not Literal text || !XsdTypes.IsText(text) || arguments[1].Value(row) is not { } pattern)
            return null;
        var flagsAt = isReplace ? 3 : 2;
        Term? flags = null;
        if (arguments.Length > flagsAt && (flags = arguments[flagsAt].Value(row)) is null)
            return null;
        if (!pattern.Equals(_pattern) || !Equals(flags, _flags))
            (_pattern, _flags, _regex) = (pattern, flags, TextFunctions.Regex(pattern, flags));
        if (_regex is null)
            return null;
        try
        {
            if (!isReplace)
                return BooleanEvaluator.Term(_regex.IsMatch(text.Lexical));
            return arguments[2].Value(row) is { } replacement ? TextFunctions.Replace(text, _regex, replacement) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new QueryLimitException(QueryLimit.Time, $"The regular expression {pattern} takes longer than {TextFunctions.MaxRegexTime} for one string: write one that does not try again and again.");
        }
    }
}
