using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>Canonical N-Triples of single terms, in UTF-8: what readers give, what dictionaries hold and what dumps write.</summary>
/// <remarks>
/// <para>A term has exactly one such text: <c>&lt;iri&gt;</c>, <c>_:label</c>, <c>"lexical"</c>, <c>"lexical"^^&lt;datatype&gt;</c>, <c>"lexical"@lang</c>, <c>"lexical"@lang--ltr</c>,
/// <c>&lt;&lt;( s p o )&gt;&gt;</c>. Characters stand for themselves, but <c>" \ LF CR TAB BS FF</c> by their short escapes, and the other control characters, U+FFFE and U+FFFF as <c>\uXXXX</c> in capitals;
/// <c>xsd:string</c> is left out, language tags are in lower case. Equal terms have equal bytes, so a term that a reader met without escapes is its bytes in the file: nothing is copied.</para>
/// <para>Source: RDF 1.2 N-Triples, section 4, Canonical N-Triples.</para>
/// </remarks>
public static partial class TermText
{
    /// <summary>The kind that a text has by its first bytes.</summary>
    /// <param name="text">A term's canonical text.</param>
    public static TermKind KindOf(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'"' => TermKind.Literal,
        (byte)'_' => TermKind.BlankNode,
        _ => text.Length > 1 && text[1] == (byte)'<' ? TermKind.TripleTerm : TermKind.Iri,
    };

    /// <summary>A term's canonical text.</summary>
    /// <param name="term">Any term.</param>
    public static string Write(Term term)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(term, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
