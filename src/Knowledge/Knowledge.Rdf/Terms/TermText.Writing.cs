using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <content>Terms to text.</content>
public static partial class TermText
{
    /// <summary>How deep triple terms may stand inside each other.</summary>
    public const int MaxDepth = 64;

    private static readonly SearchValues<char> s_escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', '\x7f', '\uFFFE', '\uFFFF']);

    /// <summary>Appends a term's canonical text.</summary>
    /// <param name="term">Any term.</param>
    /// <param name="output">Where the UTF-8 goes.</param>
    /// <exception cref="ArgumentException">Triple terms stand deeper than <see cref="MaxDepth"/>.</exception>
    public static void Write(Term term, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentNullException.ThrowIfNull(output);
        Write(term, output, 0);
    }

    private static void Write(Term term, IBufferWriter<byte> output, int depth)
    {
        switch (term)
        {
            case Iri iri:
                WriteIri(iri.Value, output);
                break;
            case BlankNode blank:
                output.Write("_:"u8);
                Encoding.UTF8.GetBytes(blank.Label, output);
                break;
            case Literal literal:
                WriteLiteral(literal, output);
                break;
            case TripleTerm triple when depth < MaxDepth:
                output.Write("<<( "u8);
                Write(triple.Subject, output, depth + 1);
                output.Write(" "u8);
                Write(triple.Predicate, output, depth + 1);
                output.Write(" "u8);
                Write(triple.Object, output, depth + 1);
                output.Write(" )>>"u8);
                break;
            default:
                throw new ArgumentException($"Triple terms stand more than {MaxDepth} deep.", nameof(term));
        }
    }

    private static void WriteIri(string iri, IBufferWriter<byte> output)
    {
        output.Write("<"u8);
        Encoding.UTF8.GetBytes(iri, output);
        output.Write(">"u8);
    }

    private static void WriteLiteral(Literal literal, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        WriteEscaped(literal.Lexical, output);
        output.Write("\""u8);
        if (literal.Language is { } language)
        {
            output.Write("@"u8);
            Encoding.UTF8.GetBytes(language, output);
            if (literal.Direction is { } direction)
                output.Write(direction == BaseDirection.LeftToRight ? "--ltr"u8 : "--rtl"u8);
        }
        else if (literal.Datatype != XsdVocabulary.String)
        {
            output.Write("^^"u8);
            WriteIri(literal.Datatype, output);
        }
    }

    /// <summary>Appends characters with the escapes that canonical N-Triples asks for.</summary>
    /// <param name="text">Any characters.</param>
    /// <param name="output">Where the UTF-8 goes.</param>
    internal static void WriteEscaped(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        while (text.IndexOfAny(s_escaped) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(text[..at], output);
            WriteEscape(text[at], output);
            text = text[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
    }

    private static void WriteEscape(char character, IBufferWriter<byte> output)
    {
        switch (character)
        {
            case '\b': output.Write("\\b"u8); break;
            case '\t': output.Write("\\t"u8); break;
            case '\n': output.Write("\\n"u8); break;
            case '\f': output.Write("\\f"u8); break;
            case '\r': output.Write("\\r"u8); break;
            case '"': output.Write("\\\""u8); break;
            case '\\': output.Write("\\\\"u8); break;
            default: Encoding.UTF8.GetBytes(System.FormattableString.Invariant($"\\u{(int)character:X4}"), output); break;
        }
    }
}
