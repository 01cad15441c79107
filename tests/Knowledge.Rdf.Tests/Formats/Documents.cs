using System.Text;
using CsCheck;

namespace Knowledge.Rdf.Tests.Formats;

/// <summary>Random quads and documents, and what a reader makes of them.</summary>
internal static class Documents
{
    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Char["ab \"'\\\n\r\t\b\f\u0001\u007Fé€\uFFFE<>&]{}.;,#"].Array[0, 8].Select(c => new string(c)),
        AnyOf("", "1", "01", "-1.5", "1.", ".5", "1e6", "1.e6", "+.5E-3", "true", "false", "TRUE", "\U0001F600", "]]>", "\"\"\""));

    private static readonly Gen<Term> s_iri = Gen.OneOf(
        Gen.Int[0, 9].Select(n => (Term)new Iri($"http://example.org/n{n}")),
        AnyOf<Term>(new Iri("http://example.org/ns#été"), new Iri("http://example.org/a%20b?q=1&r=2#f"), new Iri("urn:x-y:z"), new Iri("http://example.org/1-"), new Iri(RdfVocabulary.Nil)));

    private static readonly Gen<Term> s_blank = Gen.Int[0, 6].Select(n => (Term)new BlankNode(n == 0 ? "0.x" : $"b{n}"));

    private static readonly Gen<Iri> s_predicate = Gen.OneOf(
        AnyOf(new Iri(RdfVocabulary.Type), new Iri(RdfVocabulary.First), new Iri(RdfVocabulary.Rest)),
        Gen.Int[0, 3].Select(n => new Iri($"http://example.org/p#q{n}")));

    private static readonly Gen<Term> s_literal = Gen.OneOf<Term>(
        s_text.Select(t => (Term)new Literal(t)),
        Gen.Select(s_text, AnyOf(XsdVocabulary.Integer, XsdVocabulary.Decimal, XsdVocabulary.Double, XsdVocabulary.Boolean, "http://example.org/p#type")).Select((t, d) => (Term)new Literal(t, d)),
        s_text.Select(t => (Term)Literal.InLanguage(t, "en-GB")),
        s_text.Select(t => (Term)Literal.InLanguage(t, "ar", BaseDirection.RightToLeft)));

    private static readonly Gen<Term> s_leaf = Gen.Frequency((3, s_iri), (4, s_blank), (3, s_literal));

    private static readonly Gen<Term> s_object = Gen.Frequency(
        (9, s_leaf),
        (1, Gen.Select(Gen.OneOf(s_iri, s_blank), s_predicate, s_leaf).Select((s, p, o) => (Term)new TripleTerm(s, p, new TripleTerm(s, p, o)))));

    /// <summary>One of some values.</summary>
    public static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    /// <summary>Quads of the default graph, and with <paramref name="hasGraphs"/> of others.</summary>
    public static Gen<Quad[]> Quads(bool hasGraphs) => Gen
        .Select(Gen.OneOf(s_iri, s_blank), s_predicate, s_object, Gen.Frequency((3, Gen.Const((Term?)null)), (1, Gen.OneOf(s_iri, s_blank).Select(g => (Term?)g))))
        .Select((s, p, o, g) => new Quad(s, p, o, hasGraphs ? g : null)).Array[0, 24];

    /// <summary>Quads that RDF/XML can say: characters that XML has.</summary>
    public static Gen<Quad[]> XmlQuads { get; } = Quads(hasGraphs: false).Select(quads => quads.Where(q => !q.ToString().Contains("\\u", StringComparison.Ordinal) && !q.ToString().Contains("\\b", StringComparison.Ordinal) && !q.ToString().Contains("\\f", StringComparison.Ordinal)).ToArray());

    /// <summary>Quads that JSON-LD 1.1 brings back as they were: without triple terms, base directions and cells of broken lists.</summary>
    public static Gen<Quad[]> JsonQuads { get; } = Quads(hasGraphs: true).Select(quads => quads
        .Where(q => q.Object is not (TripleTerm or Literal { Direction: not null }) && q.Predicate is not Iri { Value: RdfVocabulary.First or RdfVocabulary.Rest }).ToArray());

    /// <summary>Quads that a format can say.</summary>
    public static Gen<Quad[]> QuadsFor(RdfFormat format) => format == RdfFormat.RdfXml ? XmlQuads : format == RdfFormat.JsonLd ? JsonQuads : Quads(format.HasGraphs);

    /// <summary>What a reader gives: a line for each quad and prefix, and the error's message last.</summary>
    public static List<string> Lines(Action<IQuadSink> read)
    {
        var lines = new Lines();
        try
        {
            read(lines);
        }
        catch (RdfSyntaxException wrong)
        {
            lines.Text.Add(wrong.Message);
        }

        return lines.Text;
    }
}

/// <summary>Keeps quads as lines, in their order.</summary>
internal sealed class Lines : IQuadSink
{
    public List<string> Text { get; } = [];

    public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        Text.Add($"{Encoding.UTF8.GetString(subject)} {Encoding.UTF8.GetString(predicate)} {Encoding.UTF8.GetString(@object)} {Encoding.UTF8.GetString(graph)}");

    public void Prefix(string prefix, string iri) => Text.Add($"{prefix}: {iri}");
}

/// <summary>A stream that gives its bytes in pieces of 1 to a few bytes.</summary>
internal sealed class TrickleStream(byte[] bytes, int seed, int largest = 7) : Stream
{
    private readonly Random _random = new(seed);
    private int _at;

    /// <summary>Loses the byte at this place: a fault that tests must see.</summary>
    public int Lost { get; init; } = -1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == Lost)
            _at++;
        var length = Math.Min(Math.Min(count, _random.Next(1, largest + 1)), bytes.Length - _at);
        if (Lost > _at)
            length = Math.Min(length, Lost - _at);
        Array.Copy(bytes, _at, buffer, offset, length);
        _at += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
