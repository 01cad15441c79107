using System.Globalization;
using System.Text;

namespace Knowledge.Rdf;

/// <content>Text to terms.</content>
public static partial class TermText
{
    /// <summary>Reads a term's canonical text.</summary>
    /// <param name="text">One term, nothing before or after it.</param>
    /// <exception cref="FormatException">The text is not a term in canonical form.</exception>
    public static Term Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a term's canonical text.</summary>
    /// <param name="text">One term in UTF-8, nothing before or after it.</param>
    /// <exception cref="FormatException">The text is not a term in canonical form.</exception>
    public static Term Parse(ReadOnlySpan<byte> text)
    {
        var rest = text;
        var term = Take(ref rest, 0);
        return rest.IsEmpty ? term : throw Wrong(text);
    }

    private static Term Take(ref ReadOnlySpan<byte> text, int depth)
    {
        if (text.IsEmpty || depth > MaxDepth)
            throw Wrong(text);
        return KindOf(text) switch
        {
            TermKind.Iri => new Iri(TakeIri(ref text)),
            TermKind.BlankNode => TakeBlankNode(ref text),
            TermKind.Literal => TakeLiteral(ref text),
            _ => TakeTriple(ref text, depth),
        };
    }

    private static string TakeIri(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'>');
        if (text.IsEmpty || text[0] != (byte)'<' || end < 0)
            throw Wrong(text);
        var iri = Encoding.UTF8.GetString(text[1..end]);
        text = text[(end + 1)..];
        return iri;
    }

    private static BlankNode TakeBlankNode(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)' ');
        if (end < 0)
            end = text.Length;
        if (end < 3 || text[1] != (byte)':')
            throw Wrong(text);
        var blank = new BlankNode(Encoding.UTF8.GetString(text[2..end]));
        text = text[end..];
        return blank;
    }

    private static Literal TakeLiteral(ref ReadOnlySpan<byte> text)
    {
        var whole = text;
        var end = ClosingQuote(text);
        var lexical = Unescape(text[1..end]);
        text = text[(end + 1)..];
        if (text.StartsWith("^^"u8))
        {
            text = text[2..];
            return new Literal(lexical, TakeIri(ref text));
        }

        if (text.IsEmpty || text[0] != (byte)'@')
            return new Literal(lexical);
        var stop = text.IndexOf((byte)' ');
        var tag = Encoding.UTF8.GetString(text[1..(stop < 0 ? text.Length : stop)]);
        text = text[(tag.Length + 1)..];
        var dashes = tag.IndexOf("--", StringComparison.Ordinal);
        if (tag.Length == 0 || dashes == 0)
            throw Wrong(whole);
        return dashes < 0 ? Literal.InLanguage(lexical, tag) : Literal.InLanguage(lexical, tag[..dashes], tag[(dashes + 2)..] switch
        {
            "ltr" => BaseDirection.LeftToRight,
            "rtl" => BaseDirection.RightToLeft,
            _ => throw Wrong(whole),
        });
    }

    private static TripleTerm TakeTriple(ref ReadOnlySpan<byte> text, int depth)
    {
        Skip(ref text, "<<( "u8);
        var subject = Take(ref text, depth + 1);
        Skip(ref text, " "u8);
        var predicate = new Iri(TakeIri(ref text));
        Skip(ref text, " "u8);
        var @object = Take(ref text, depth + 1);
        Skip(ref text, " )>>"u8);
        return new TripleTerm(subject, predicate, @object);
    }

    private static void Skip(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected)
    {
        if (!text.StartsWith(expected))
            throw Wrong(text);
        text = text[expected.Length..];
    }

    private static int ClosingQuote(ReadOnlySpan<byte> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == (byte)'\\')
                at++;
            else if (text[at] == (byte)'"')
                return at;
        }

        throw Wrong(text);
    }

    private static string Unescape(ReadOnlySpan<byte> text)
    {
        var raw = Encoding.UTF8.GetString(text);
        if (!raw.Contains('\\', StringComparison.Ordinal))
            return raw;
        var plain = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\')
            {
                plain.Append(raw[at]);
                continue;
            }

            plain.Append(raw[++at] switch
            {
                'b' => '\b',
                't' => '\t',
                'n' => '\n',
                'f' => '\f',
                'r' => '\r',
                '"' => '"',
                '\\' => '\\',
                'u' when at + 4 < raw.Length && ushort.TryParse(raw.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => (char)code,
                _ => throw Wrong(text),
            });
            if (raw[at] == 'u')
                at += 4;
        }

        return plain.ToString();
    }

    private static FormatException Wrong(ReadOnlySpan<byte> text) =>
        new($"'{Encoding.UTF8.GetString(text[..Math.Min(text.Length, 80)])}' is not a term in canonical N-Triples.");
}
