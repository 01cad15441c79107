using System.Text.RegularExpressions;
using System.Xml;

namespace Knowledge.Rules;

/// <summary>Lexical forms of strings, names, binary data, IRIs and XML.</summary>
/// <remarks>Source: XML Schema 1.1 Part 2, sections 3.3 and 3.4; rdf:PlainLiteral (W3C 2012), section 3; BCP 47 for the shape of language tags. White space around a lexical form is not taken
/// away: RDF 1.1 Semantics, section 7, has it so, other than XML documents.</remarks>
internal static partial class LexicalForms
{
    /// <summary>The datatypes that are kinds of strings, with what they allow.</summary>
    public static IReadOnlyDictionary<string, Func<string, bool>> Strings { get; } = new Dictionary<string, Func<string, bool>>
    {
        ["string"] = IsText,
        ["normalizedString"] = t => IsText(t) && t.AsSpan().IndexOfAny("\t\n\r") < 0,
        ["token"] = t => IsText(t) && IsToken(t),
        ["language"] = IsLanguage,
        ["Name"] = t => t.Length > 0 && IsName(t, allowsColon: true),
        ["NCName"] = t => t.Length > 0 && IsName(t, allowsColon: false),
        ["NMTOKEN"] = t => t.Length > 0 && t.All(c => XmlConvert.IsNCNameChar(c) || c == ':'),
    };

    /// <summary>Whether a text has the shape of a language tag.</summary>
    public static bool IsLanguage(string text) => LanguageForm().IsMatch(text);

    /// <summary>The value of an <c>rdf:PlainLiteral</c>: <c>text@tag</c>, or <c>text@</c> for one without a language.</summary>
    public static Literal? Plain(Literal literal)
    {
        var at = literal.Lexical.LastIndexOf('@');
        if (at < 0 || !IsText(literal.Lexical))
            return null;
        var (text, tag) = (literal.Lexical[..at], literal.Lexical[(at + 1)..]);
        return tag.Length == 0 ? new Literal(text) : IsLanguage(tag) ? Literal.InLanguage(text, tag) : null;
    }

    /// <summary>Hexadecimal digits in upper case.</summary>
    public static string? HexBinary(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? text.ToUpperInvariant() : null;

    /// <summary>Base 64 without white space.</summary>
    public static string? Base64Binary(string text)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        return Convert.TryFromBase64String(digits, new byte[((digits.Length * 3) / 4) + 3], out var written) && digits.Length == 4 * ((written + 2) / 3) ? digits : null;
    }

    /// <summary>An IRI or a relative reference.</summary>
    public static string? AnyUri(string text) => UriForm().IsMatch(text) ? text : null;

    /// <summary>A well-formed piece of XML; its lexical form is its canonical one.</summary>
    public static string? XmlLiteral(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Fragment, DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
                continue;
            return text;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsToken(string text) => text.AsSpan().IndexOfAny("\t\n\r") < 0 && text.Trim(' ') == text && !text.Contains("  ", StringComparison.Ordinal);

    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                continue;
            if (i + 1 >= text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                return false;
            i++;
        }

        return true;
    }

    private static bool IsName(string text, bool allowsColon) =>
        (XmlConvert.IsStartNCNameChar(text[0]) || (allowsColon && text[0] == ':')) && text.All(c => XmlConvert.IsNCNameChar(c) || (allowsColon && c == ':'));

    [GeneratedRegex(@"^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageForm();

    // RFC 3987: a scheme, or a relative reference whose first segment holds no colon; characters that no IRI has are rejected.
    [GeneratedRegex(@"^(?:[a-zA-Z][a-zA-Z0-9+.\-]*:|(?![^/?#]*:))[^\s<>""{}|\\^`\x00-\x20]*$", RegexOptions.CultureInvariant)]
    private static partial Regex UriForm();
}
