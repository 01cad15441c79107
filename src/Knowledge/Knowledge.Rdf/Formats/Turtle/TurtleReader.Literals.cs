using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <content>Literals.</content>
internal ref partial struct TurtleReader
{
    private static readonly SearchValues<byte> s_stringStops = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\'', (byte)'\\', 0x7F]);

    /// <summary><c>RDFLiteral ::= String (LANG_DIR | '^^' iri)?</c></summary>
    private TermSlice RdfLiteral()
    {
        var mark = _terms.Length;
        StringLiteral();
        Skip();
        if (_in.Peek() == (byte)'@')
        {
            LangDir();
        }
        else if (_in.Peek() == (byte)'^')
        {
            if (_in.Peek(1) != (byte)'^')
                throw _in.Failed("'^' must be followed by '^' and a datatype");
            _in.At += 2;
            Skip();
            Datatype();
        }

        return _terms.Since(mark);
    }

    private void Datatype()
    {
        var mark = _terms.Length;
        _terms.Append("^^"u8);
        var datatype = _terms[Iri("a datatype must, an IRI")];
        if (datatype.SequenceEqual("<http://www.w3.org/2001/XMLSchema#string>"u8))
            _terms.Cut(mark);
        else if (datatype.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"u8) || datatype.SequenceEqual("<http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString>"u8))
            throw _in.Failed("rdf:langString and rdf:dirLangString need a language; write it behind '@' and leave the datatype out");
    }

    /// <summary><c>LANG_DIR ::= '@' [a-zA-Z]+ ('-' [a-zA-Z0-9]+)* ('--' [a-zA-Z]+)?</c></summary>
    private void LangDir()
    {
        var length = 1;
        while (_in.Has(length + 1) && LanguageTag.Run(_in.Text.Slice(_in.At + length, 1)) == 1)
            length++;
        _in.CheckToken(length);
        var tag = _in.Text.Slice(_in.At + 1, length - 1);
        if (LanguageTag.Problem(tag) is { } problem)
            throw _in.Failed($"'@{Encoding.UTF8.GetString(tag[..Math.Min(tag.Length, 40)])}' is no language tag: {problem}");
        _terms.Append((byte)'@');
        LanguageTag.Append(tag, _terms);
        _in.At += length;
    }

    /// <summary><c>String ::= STRING_LITERAL_QUOTE | STRING_LITERAL_SINGLE_QUOTE | STRING_LITERAL_LONG_SINGLE_QUOTE | STRING_LITERAL_LONG_QUOTE</c></summary>
    private void StringLiteral()
    {
        var quote = _in.Peek();
        var isLong = _in.Peek(1) == quote && _in.Peek(2) == quote;
        _in.At += isLong ? 3 : 1;
        var mark = _terms.Length;
        _terms.Append((byte)'"');
        while (!TakeString(quote, isLong))
            _in.CheckToken(_terms.Length - mark);
        _in.CheckToken(_terms.Length - mark);
        if (!Escapes.Finish(_terms, mark))
            throw _in.Failed("the string that ends here is not valid UTF-8");
        _terms.Append((byte)'"');
    }

    /// <summary>Takes characters up to something that is not itself, and that.</summary>
    /// <returns>Whether it was the string's end.</returns>
    private bool TakeString(byte quote, bool isLong)
    {
        if (_in.IsAtEnd)
            throw _in.Failed($"the text ends within a string; it must be closed with {(isLong ? "three of " : "")}{(char)quote}");
        var rest = _in.Rest;
        var run = rest.IndexOfAny(s_stringStops);
        _terms.Append(run < 0 ? rest : rest[..run]);
        _in.At += run < 0 ? rest.Length : run;
        if (run < 0)
            return false;
        var c = rest[run];
        if (c == (byte)'\\')
        {
            Escape();
        }
        else if (c == quote && !isLong)
        {
            _in.At++;
            return true;
        }
        else if (c == quote && _in.Peek(1) == quote && _in.Peek(2) == quote)
        {
            _in.At += 3;
            return true;
        }
        else if (c is (byte)'\n' or (byte)'\r' && !isLong)
        {
            throw _in.Failed("the line ends within a string; write \\n, or put the string between three quotes");
        }
        else
        {
            _terms.AppendEscaped(new Rune(c));
            _in.At++;
        }

        return false;
    }

    /// <summary><c>ECHAR ::= '\' [tbnrf"'\]</c>, or UCHAR.</summary>
    private void Escape()
    {
        if (Escapes.Simple(_in.Peek(1)) is > 0 and var simple)
        {
            _terms.AppendEscaped(new Rune(simple));
            _in.At += 2;
            return;
        }

        var length = 0;
        _terms.AppendEscaped(Unicode("a backslash in a string must be followed by one of t b n r f \" ' \\ or by u and 4 or U and 8 hexadecimal digits", ref length));
        _in.At += length;
    }

    /// <summary><c>UCHAR ::= '\u' HEX HEX HEX HEX | '\U' HEX HEX HEX HEX HEX HEX HEX HEX</c></summary>
    private Rune Unicode(string otherwise, ref int distance)
    {
        var digits = Escapes.Digits(_in.Peek(distance + 1));
        if (digits == 0)
            throw _in.Failed(otherwise, distance);
        if (!_in.Has(distance + 2 + digits) || !Escapes.TryUnicode(_in.Text.Slice(_in.At + distance + 2, digits), out var rune))
            throw _in.Failed($"the escape does not name a character with {digits} hexadecimal digits", distance);
        distance += 2 + digits;
        return rune;
    }

    /// <summary><c>NumericLiteral ::= INTEGER | DECIMAL | DOUBLE</c></summary>
    private TermSlice NumericLiteral()
    {
        var length = _in.Peek() is (byte)'+' or (byte)'-' ? 1 : 0;
        var before = Digits(ref length);
        var datatype = "integer"u8;
        if (_in.Peek(length) == (byte)'.' && (char.IsAsciiDigit((char)_in.Peek(length + 1)) || (before > 0 && Exponent(length + 1) > 0)))
        {
            length++;
            Digits(ref length);
            datatype = "decimal"u8;
        }
        else if (before == 0)
        {
            throw _in.Failed($"{Found(length)} stands where a digit must", length);
        }

        if (Exponent(length) is > 0 and var exponent)
        {
            length += exponent;
            datatype = "double"u8;
        }

        _in.CheckToken(length);
        var mark = _terms.Length;
        _terms.Append((byte)'"');
        _terms.Append(_in.Text.Slice(_in.At, length));
        _terms.Append("\"^^<http://www.w3.org/2001/XMLSchema#"u8);
        _terms.Append(datatype);
        _terms.Append((byte)'>');
        _in.At += length;
        return _terms.Since(mark);
    }

    private int Digits(ref int length)
    {
        var start = length;
        while (char.IsAsciiDigit((char)_in.Peek(length)))
            length++;
        return length - start;
    }

    /// <summary>Length of the <c>EXPONENT ::= [eE] [+-]? [0-9]+</c> at a distance; 0 where none stands.</summary>
    private int Exponent(int distance)
    {
        if (_in.Peek(distance) is not ((byte)'e' or (byte)'E'))
            return 0;
        var length = distance + (_in.Peek(distance + 1) is (byte)'+' or (byte)'-' ? 2 : 1);
        return Digits(ref length) > 0 ? length - distance : 0;
    }

    /// <summary><c>BooleanLiteral ::= 'true' | 'false'</c></summary>
    private bool TryBooleanLiteral(out TermSlice literal)
    {
        literal = default;
        var length = PrefixLength();
        if (_in.Peek(length) == (byte)':')
            return false;
        var word = _in.Text.Slice(_in.At, length);
        if (!word.SequenceEqual("true"u8) && !word.SequenceEqual("false"u8))
            return false;
        var mark = _terms.Length;
        _terms.Append((byte)'"');
        _terms.Append(word);
        _terms.Append("\"^^<http://www.w3.org/2001/XMLSchema#boolean>"u8);
        _in.At += length;
        literal = _terms.Since(mark);
        return true;
    }
}
