using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Knowledge.Rdf.Tests.Reference;

/// <summary>N-Triples by regular expressions copied from the grammar, a line at a time: slow and plain.</summary>
internal static partial class NaiveNTriples
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The triples of a document in canonical form; null where it is not one.</summary>
    public static List<string>? Read(byte[] document)
    {
        var triples = new List<string>();
        foreach (var bytes in Lines(document))
        {
            // Comments are not looked at, so their bytes need not be UTF-8: they are cut off before they are decoded.
            if (Comment().IsMatch(Encoding.Latin1.GetString(bytes)))
                continue;
            var text = Encoding.Latin1.GetString(bytes);
            var match = Statement().Match(text);
            if (!match.Success || !TryTerm(match.Groups["s"].Value, out var subject) || !TryTerm(match.Groups["p"].Value, out var predicate) || !TryTerm(match.Groups["o"].Value, out var @object))
                return null;
            triples.Add($"{subject} {predicate} {@object} ");
        }

        return triples;
    }

    private static IEnumerable<byte[]> Lines(byte[] document) => Encoding.Latin1.GetString(document).Split('\n', '\r').Select(Encoding.Latin1.GetBytes);

    private static bool TryTerm(string latin1, out string canonical)
    {
        canonical = "";
        string text;
        try
        {
            text = s_strict.GetString(Encoding.Latin1.GetBytes(latin1));
        }
        catch (ArgumentException)
        {
            return false;
        }

        if (text[0] == '_')
        {
            canonical = text;
            return Label().IsMatch(text);
        }

        if (text[0] == '<')
            return TryIri(text, out canonical);
        var close = text.LastIndexOf('"');
        if (!TryUnescape(text[1..close], strings: true, out var lexical))
            return false;
        var suffix = text[(close + 1)..].Trim(' ', '\t');
        if (suffix.Length == 0)
            canonical = new Literal(lexical).ToString();
        else if (suffix[0] == '@')
            canonical = TermText.Write(new Literal(lexical)) + suffix.ToLowerInvariant();
        else if (!TryIri(suffix[2..].Trim(' ', '\t'), out var datatype) || datatype.EndsWith("#langString>", StringComparison.Ordinal))
            return false;
        else
            canonical = new Literal(lexical, datatype[1..^1]).ToString();
        return suffix.Split('-', '@').Skip(1).All(s => s.Length <= 8);
    }

    private static bool TryIri(string text, out string canonical)
    {
        var isGood = TryUnescape(text[1..^1], strings: false, out var iri) && IriSyntax.Problem(Encoding.UTF8.GetBytes(iri)) is null;
        canonical = $"<{iri}>";
        return isGood;
    }

    private static bool TryUnescape(string text, bool strings, out string plain)
    {
        var result = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                result.Append(text[at]);
                continue;
            }

            var letter = text[++at];
            var digits = letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
            if (digits == 0)
                result.Append(strings ? "\t\b\n\r\f\"'\\"["tbnrf\"'\\".IndexOf(letter, StringComparison.Ordinal)] : '\0');
            else if (Rune.TryCreate(uint.Parse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out var rune))
                result.Append(rune.ToString());
            else
            {
                plain = "";
                return false;
            }

            at += digits;
        }

        plain = result.ToString();
        return true;
    }

    private const string Iri = @"<(?:[^\x00-\x20<>""{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>";
    private const string Blank = @"_:[A-Za-z0-9_\x80-\xFF](?:[A-Za-z0-9_.\x80-\xFF-]*[A-Za-z0-9_\x80-\xFF-])?";
    private const string String = @"""(?:[^\x22\x5C\x0A\x0D]|\\[tbnrf""'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*""";
    private const string Literal1 = String + @"(?:[ \t]*\^\^[ \t]*" + Iri + @"|[ \t]*@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*(?:--(?:ltr|rtl)(?![a-zA-Z0-9-]))?)?";

    [GeneratedRegex(@"^[ \t]*(?:(?<s>" + Iri + "|" + Blank + @")[ \t]*(?<p>" + Iri + @")[ \t]*(?<o>" + Iri + "|" + Blank + "|" + Literal1 + @")[ \t]*\.)[ \t]*(?:#.*)?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Statement();

    [GeneratedRegex(@"^[ \t]*(?:#.*)?$", RegexOptions.Singleline)]
    private static partial Regex Comment();

    // PN_CHARS beyond ASCII that the tests use: letters, and U+00B7 behind the first character.
    [GeneratedRegex(@"^_:[A-Za-z0-9_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF](?:[A-Za-z0-9_.\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF-]*[A-Za-z0-9_\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF-])?$")]
    private static partial Regex Label();
}
