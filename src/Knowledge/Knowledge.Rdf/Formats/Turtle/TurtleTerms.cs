using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>Writes single terms as Turtle does: with prefixes, and numbers and booleans without quotes.</summary>
internal sealed class TurtleTerms(IBufferWriter<byte> output)
{
    private readonly Dictionary<byte[], byte[]> _prefixes = new(Utf8Equality.Instance); // namespace to prefix with colon

    /// <summary>Lets a prefix shorten IRIs from now on. Only namespaces that end with one of <c>/ # :</c> do.</summary>
    public void Add(string prefix, string iri) => _prefixes[Encoding.UTF8.GetBytes(iri)] = Encoding.UTF8.GetBytes(prefix + ":");

    /// <summary>Writes a predicate.</summary>
    public void WritePredicate(ReadOnlySpan<byte> iri)
    {
        if (iri.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"u8))
            output.Write("a"u8);
        else
            Write(iri);
    }

    /// <summary>Writes a term.</summary>
    /// <param name="text">Canonical text, which may go on behind the term.</param>
    /// <returns>Length of the term's text.</returns>
    public int Write(ReadOnlySpan<byte> text) => TermText.KindOf(text) switch
    {
        TermKind.Iri => WriteIri(text[..(text.IndexOf((byte)'>') + 1)]),
        TermKind.BlankNode => WriteBytes(text[..End(text)]),
        TermKind.Literal => WriteLiteral(text),
        _ => WriteTriple(text),
    };

    private int WriteIri(ReadOnlySpan<byte> iri)
    {
        var inner = iri[1..^1];
        var split = inner.LastIndexOfAny((byte)'/', (byte)'#', (byte)':') + 1;
        if (_prefixes.Count > 0 && IsLocal(inner[split..]) && _prefixes.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(inner[..split], out var prefix))
        {
            output.Write(prefix);
            output.Write(inner[split..]);
            return iri.Length;
        }

        return WriteBytes(iri);
    }

    private static bool IsLocal(ReadOnlySpan<byte> name)
    {
        if (!name.IsEmpty && name[0] == (byte)'-')
            return false;
        for (var at = 0; at < name.Length;)
        {
            if (!NameSyntax.TryDecode(name[at..], out var c, out var length) || !(at == 0 ? NameSyntax.IsBase(c) || c is '_' or (>= '0' and <= '9') : NameSyntax.IsName(c)))
                return false;
            at += length;
        }

        return true;
    }

    private int WriteLiteral(ReadOnlySpan<byte> text)
    {
        var close = 1;
        for (; text[close] != (byte)'"'; close++)
            if (text[close] == (byte)'\\')
                close++;
        var rest = text[(close + 1)..];
        if (!rest.StartsWith("^^"u8))
            return WriteBytes(text[..(close + 1 + End(rest))]);
        var datatype = rest[2..(rest.IndexOf((byte)'>') + 1)];
        if (IsBare(text[1..close], datatype))
        {
            output.Write(text[1..close]);
        }
        else
        {
            output.Write(text[..(close + 1)]);
            output.Write("^^"u8);
            WriteIri(datatype);
        }

        return close + 3 + datatype.Length;
    }

    /// <summary>Whether a lexical form without quotes is read as one of this datatype.</summary>
    private static bool IsBare(ReadOnlySpan<byte> lexical, ReadOnlySpan<byte> datatype)
    {
        if (!datatype.StartsWith("<http://www.w3.org/2001/XMLSchema#"u8))
            return false;
        var name = datatype["<http://www.w3.org/2001/XMLSchema#".Length..^1];
        if (name.SequenceEqual("boolean"u8))
            return lexical.SequenceEqual("true"u8) || lexical.SequenceEqual("false"u8);
        var digits = lexical.StartsWith("+"u8) || lexical.StartsWith("-"u8) ? lexical[1..] : lexical;
        var exponent = digits.IndexOfAny((byte)'e', (byte)'E');
        if (exponent >= 0 != name.SequenceEqual("double"u8))
            return false;
        if (exponent >= 0)
        {
            var power = digits[(exponent + 1)..];
            power = power.StartsWith("+"u8) || power.StartsWith("-"u8) ? power[1..] : power;
            digits = digits[..exponent];
            if (!AreDigits(power) || digits.EndsWith("."u8))
                return false;
        }

        var point = digits.IndexOf((byte)'.');
        if (point < 0)
            return AreDigits(digits) && (exponent >= 0 || name.SequenceEqual("integer"u8));
        return (point == 0 || AreDigits(digits[..point])) && AreDigits(digits[(point + 1)..]) && (exponent >= 0 || name.SequenceEqual("decimal"u8));
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private int WriteTriple(ReadOnlySpan<byte> text)
    {
        output.Write("<<( "u8);
        var at = 4;
        at += Write(text[at..]) + 1;
        output.Write(" "u8);
        at += Write(text[at..]) + 1;
        output.Write(" "u8);
        at += Write(text[at..]);
        output.Write(" )>>"u8);
        return at + 4;
    }

    private static int End(ReadOnlySpan<byte> text) => text.IndexOf((byte)' ') is >= 0 and var end ? end : text.Length;

    private int WriteBytes(ReadOnlySpan<byte> text)
    {
        output.Write(text);
        return text.Length;
    }
}
