using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Knowledge.Rdf;

/// <content>Terminals.</content>
internal ref partial struct NQuadsReader
{
    /// <summary>What ends a run of characters that stand for themselves in a string: its end, an escape, controls (which canonical text escapes) and what is not ASCII.</summary>
    private static readonly SearchValues<byte> s_stringStops = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\', 0x7F, .. Enumerable.Range(0x80, 0x80).Select(c => (byte)c)]);
    private static readonly SearchValues<byte> s_wideStops = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\', 0x7F]);
    private static readonly SearchValues<byte> s_iriStops = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (byte)c), .. "<>\"{}|^`\\"u8]);

    /// <summary><c>IRIREF ::= '&lt;' ([^#x00-#x20&lt;&gt;"{}|^`\] | UCHAR)* '&gt;'</c>, an absolute IRI.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> IriRef()
    {
        var rest = _text[_at..];
        var length = IriSyntax.TakePlain(rest[1..]);
        if (length < 0)
            return OtherIriRef();
        _at += length + 2;
        return rest[..(length + 2)];
    }

    private ReadOnlySpan<byte> OtherIriRef()
    {
        var start = _at;
        var mark = _terms.Length;
        var from = start; // the first byte that is not on the stack yet
        _at++;
        while (true)
        {
            var run = _text[_at..].IndexOfAny(s_iriStops);
            _at = run < 0 ? _text.Length : _at + run;
            switch (Current())
            {
                case (byte)'>':
                    _at++;
                    if (from > start)
                        _terms.Append(_text[from.._at]);
                    var iri = from > start ? _terms[_terms.Since(mark)] : _text[start.._at];
                    return IriSyntax.Problem(iri[1..^1]) is { } problem ? throw Failed(problem, start - _at) : iri;
                case (byte)'\\':
                    _terms.Append(_text[from.._at]);
                    _terms.Append(Unicode("in an IRI only escapes of the forms \\u00E9 and \\U000000E9 may stand"));
                    from = _at;
                    break;
                default:
                    throw Failed($"{Found()} stands in an IRI, where it may not");
            }
        }
    }

    /// <summary><c>BLANK_NODE_LABEL ::= '_:' (PN_CHARS_U | [0-9]) ((PN_CHARS | '.')* PN_CHARS)?</c></summary>
    private ReadOnlySpan<byte> BlankNodeLabel()
    {
        var start = _at + 2;
        if (start >= _text.Length || _text[_at + 1] != (byte)':')
            throw Failed("'_' must be followed by ':' and a label");
        var end = start;
        while (end < _text.Length)
        {
            end += NameSyntax.AsciiRun(_text[end..]);
            if (end < _text.Length && _text[end] == (byte)'.')
                end++;
            else if (end < _text.Length && _text[end] >= 0x80 && NameSyntax.TryDecode(_text[end..], out var c, out var length) && (end == start ? NameSyntax.IsBase(c) : NameSyntax.IsName(c)))
                end += length;
            else
                break;
        }

        while (end > start && _text[end - 1] == (byte)'.')
            end--;
        if (end == start || _text[start] is (byte)'-' or (byte)'.')
            throw Failed("a blank node's label must begin with a letter, a digit or '_'");
        var term = _text[_at..end];
        _at = end;
        return _blanks.IsOpen ? term : _terms[_blanks.Append(term[2..], _terms)];
    }

    /// <summary><c>literal ::= STRING_LITERAL_QUOTE ('^^' IRIREF | LANG_DIR)?</c></summary>
    private ReadOnlySpan<byte> Literal()
    {
        var start = _at;
        var mark = _terms.Length;
        var isCopied = StringLiteral(mark);
        if (Current() == (byte)'.' || (Current() == (byte)' ' && _at + 1 < _text.Length && _text[_at + 1] == (byte)'.'))
            return isCopied ? _terms[_terms.Since(mark)] : _text[start.._at];
        return Suffix(start, mark, isCopied);
    }

    private ReadOnlySpan<byte> Suffix(int start, int mark, bool isCopied)
    {
        var end = _at;
        SkipBlanks();
        var isTight = end == _at;
        if (Current() == (byte)'@')
            return LangDir(start, end, mark, isCopied);
        if (Current() != (byte)'^')
            return isCopied ? _terms[_terms.Since(mark)] : _text[start..end];
        if (_at + 1 >= _text.Length || _text[_at + 1] != (byte)'^')
            throw Failed("'^' must be followed by '^' and a datatype");
        _at += 2;
        var beforeDatatype = _at;
        SkipBlanks();
        isTight &= beforeDatatype == _at;
        if (Current() != (byte)'<' || IsTripleTerm())
            throw Failed($"{Found()} stands where a datatype must, an IRI");
        var top = _terms.Length;
        var datatype = IriRef();
        if (datatype.SequenceEqual("<http://www.w3.org/2001/XMLSchema#string>"u8))
        {
            _terms.Cut(top);
            return isCopied ? _terms[_terms.Since(mark)] : _text[start..end];
        }

        if (datatype.StartsWith("<http://www.w3.org/1999/02/22-rdf-syntax-ns#"u8) && (datatype.EndsWith("#langString>"u8) || datatype.EndsWith("#dirLangString>"u8)))
            throw Failed("rdf:langString and rdf:dirLangString need a language; write it behind '@' and leave the datatype out");
        if (isTight && !isCopied && _terms.Length == top)
            return _text[start.._at];
        if (_terms.Length > top)
        {
            datatype = datatype.ToArray();
            _terms.Cut(top);
        }

        if (!isCopied)
            _terms.Append(_text[start..end]);
        _terms.Append("^^"u8);
        _terms.Append(datatype);
        return _terms[_terms.Since(mark)];
    }

    /// <summary><c>LANG_DIR ::= '@' [a-zA-Z]+ ('-' [a-zA-Z0-9]+)* ('--' [a-zA-Z]+)?</c></summary>
    private ReadOnlySpan<byte> LangDir(int start, int end, int mark, bool isCopied)
    {
        var tag = _text.Slice(_at + 1, LanguageTag.Run(_text[(_at + 1)..]));
        if (LanguageTag.Problem(tag) is { } problem)
            throw Failed($"'@{Encoding.UTF8.GetString(tag[..Math.Min(tag.Length, 40)])}' is no language tag: {problem}");
        var isTight = _at == end;
        _at += 1 + tag.Length;
        if (isTight && !isCopied && !LanguageTag.HasCapitals(tag))
            return _text[start.._at];
        if (!isCopied)
            _terms.Append(_text[start..end]);
        _terms.Append((byte)'@');
        LanguageTag.Append(tag, _terms);
        return _terms[_terms.Since(mark)];
    }

    /// <summary><c>STRING_LITERAL_QUOTE ::= '"' ([^#x22#x5C#x0A#x0D] | ECHAR | UCHAR)* '"'</c></summary>
    /// <param name="mark">Top of the stack.</param>
    /// <returns>Whether the canonical text, with its quotes, was written onto the stack; else it is what stands in the buffer.</returns>
    private bool StringLiteral(int mark)
    {
        var rest = _text[(_at + 1)..];
        var end = rest.IndexOfAny(s_stringStops);
        if (end >= 0 && rest[end] == (byte)'"')
        {
            _at += end + 2;
            return false;
        }

        end = rest.IndexOfAny(s_wideStops);
        if (end >= 0 && rest[end] == (byte)'"' && Utf8.IsValid(rest[..end]) && Escapes.IndexOfNonCharacter(rest[..end]) < 0)
        {
            _at += end + 2;
            return false;
        }

        EscapedString(mark);
        return true;
    }

    private void EscapedString(int mark)
    {
        var start = _at;
        _at++;
        _terms.Append((byte)'"');
        while (true)
        {
            var run = _text[_at..].IndexOfAny(s_wideStops);
            if (run < 0)
                throw Failed("the text ends within a string; it must be closed with '\"'", start - _at);
            _terms.Append(_text.Slice(_at, run));
            _at += run;
            switch (_text[_at])
            {
                case (byte)'"':
                    if (!Escapes.Finish(_terms, mark))
                        throw Failed("the string is not valid UTF-8", start - _at);
                    _terms.Append((byte)'"');
                    _at++;
                    return;
                case (byte)'\n' or (byte)'\r':
                    throw Failed("the line ends within a string; write \\n for a line's end", start - _at);
                case (byte)'\\':
                    Escape();
                    break;
                default:
                    _terms.AppendEscaped(new Rune(_text[_at++]));
                    break;
            }
        }
    }

    /// <summary><c>ECHAR ::= '\' [tbnrf"'\]</c>, or UCHAR.</summary>
    private void Escape()
    {
        var letter = _at + 1 < _text.Length ? _text[_at + 1] : (byte)0;
        if (Escapes.Simple(letter) is > 0 and var simple)
        {
            _terms.AppendEscaped(new Rune(simple));
            _at += 2;
            return;
        }

        _terms.AppendEscaped(Unicode("a backslash in a string must be followed by one of t b n r f \" ' \\ or by u and 4 or U and 8 hexadecimal digits"));
    }

    /// <summary><c>UCHAR ::= '\u' HEX HEX HEX HEX | '\U' HEX HEX HEX HEX HEX HEX HEX HEX</c></summary>
    private Rune Unicode(string otherwise)
    {
        var digits = _at + 1 < _text.Length ? Escapes.Digits(_text[_at + 1]) : 0;
        if (digits == 0)
            throw Failed(otherwise);
        if (_at + 2 + digits > _text.Length || !Escapes.TryUnicode(_text.Slice(_at + 2, digits), out var rune))
            throw Failed($"the escape does not name a character with {digits} hexadecimal digits");
        _at += 2 + digits;
        return rune;
    }

    private readonly string Found() => _at >= _text.Length ? "the end of the text" : Current() switch
    {
        (byte)'\n' or (byte)'\r' => "the end of the line",
        >= 0x80 and var c => NameSyntax.TryDecode(_text[_at..], out var rune, out _) ? IriSyntax.Shown(new Rune(rune)) : $"the byte {c:X2}",
        var c => IriSyntax.Shown(new Rune(c)),
    };

    /// <param name="problem">What was found and what was needed, without a full stop.</param>
    /// <param name="distance">Where the place lies, from <see cref="_at"/>.</param>
    private readonly RdfSyntaxException Failed(string problem, int distance = 0)
    {
        var place = _text[_lineStart..Math.Min(_at + distance, _text.Length)];
        return new RdfSyntaxException($"{char.ToUpperInvariant(problem[0])}{problem[1..]}.", _line, 1 + TextPosition.Characters(place));
    }
}
