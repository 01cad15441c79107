using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <content>White space, keywords, IRIs and blank nodes.</content>
internal ref partial struct TurtleReader
{
    private static readonly SearchValues<byte> s_iriStops = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (byte)c), .. "<>\"{}|^`\\"u8]);
    private static readonly SearchValues<byte> s_localEscapes = SearchValues.Create("_~.-!$&'()*+,;=/?#@%"u8);

    /// <summary>Goes over white space and comments.</summary>
    private void Skip()
    {
        while (true)
        {
            while (_in.At < _in.Text.Length)
            {
                var c = _in.Text[_in.At];
                if (c is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r')
                    _in.At++;
                else if (c == (byte)'#')
                    SkipComment();
                else
                    return;
            }

            if (!_in.More())
                return;
        }
    }

    private void SkipComment()
    {
        do
        {
            if (_in.Rest.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end)
            {
                _in.At += end;
                return;
            }

            _in.At = _in.Text.Length;
        }
        while (_in.More());
    }

    /// <summary>Takes a keyword in upper or lower case, if it stands here and no prefix that begins as it does.</summary>
    private bool IsKeyword(ReadOnlySpan<byte> word)
    {
        for (var at = 0; at < word.Length; at++)
            if ((_in.Peek(at) & 0xDF) != word[at])
                return false;
        if (PrefixLength() != word.Length || _in.Peek(word.Length) == (byte)':')
            return false;
        _in.At += word.Length;
        return true;
    }

    /// <summary>Takes the word behind an '@'; what follows needs no space.</summary>
    private bool IsAtWord(ReadOnlySpan<byte> word)
    {
        if (!_in.Has(word.Length) || !_in.Rest.StartsWith(word))
            return false;
        _in.At += word.Length;
        return true;
    }

    /// <summary>Length of the <c>PN_PREFIX ::= PN_CHARS_BASE ((PN_CHARS | '.')* PN_CHARS)?</c> that begins here; 0 where none does.</summary>
    private int PrefixLength()
    {
        var length = 0;
        while (true)
        {
            var c = _in.Peek(length);
            if (c < 0x80 && (length == 0 ? NameSyntax.IsBase(c) : NameSyntax.IsName(c) || c == (byte)'.'))
                length++;
            else if (c >= 0x80 && IsWide(length, length == 0, out var bytes))
                length += bytes;
            else
                break;
        }

        return WithoutFullStops(length);
    }

    private bool IsWide(int distance, bool isFirst, out int bytes)
    {
        _in.Has(distance + 4);
        return NameSyntax.TryDecode(_in.Text[(_in.At + distance)..], out var c, out bytes) && (isFirst ? NameSyntax.IsBase(c) : NameSyntax.IsName(c));
    }

    private readonly int WithoutFullStops(int length)
    {
        while (length > 0 && _in.Text[_in.At + length - 1] == (byte)'.')
            length--;
        return length;
    }

    /// <summary><c>iri ::= IRIREF | PrefixedName</c></summary>
    /// <param name="needed">What must stand here, for the error's words: "a subject must".</param>
    private TermSlice Iri(string needed)
    {
        var c = _in.Peek();
        if (c == (byte)'<')
            return IriRef();
        if (c == (byte)':' || c >= 0x80 || NameSyntax.IsBase(c))
            return PrefixedName();
        throw _in.Failed($"{Found()} stands where {needed}");
    }

    /// <summary><c>IRIREF ::= '&lt;' ([^#x00-#x20&lt;&gt;"{}|^`\] | UCHAR)* '&gt;'</c>, resolved against the base.</summary>
    private TermSlice IriRef()
    {
        if (_in.Peek() != (byte)'<')
            throw _in.Failed($"{Found()} stands where an IRI in angle brackets must");
        var mark = _terms.Length;
        var length = IriSyntax.TakePlain(_in.Text[(_in.At + 1)..]);
        if (length < 0)
            return OtherIriRef();
        _in.CheckToken(length + 2);
        _terms.Append(_in.Text.Slice(_in.At, length + 2));
        _in.At += length + 2;
        return _terms.Since(mark);
    }

    private TermSlice OtherIriRef()
    {
        var mark = _terms.Length;
        var hasEscapes = false;
        var length = 1;
        while (_in.Peek(length) is var c && c != (byte)'>')
        {
            if (c == (byte)'\\')
            {
                hasEscapes = true;
                length++;
            }
            else if (s_iriStops.Contains(c))
            {
                throw _in.Failed($"{Found(length)} stands in an IRI, where it may not", length);
            }

            length++;
            length += _in.Text[Math.Min(_in.At + length, _in.Text.Length)..].IndexOfAny(s_iriStops) is >= 0 and var run ? run : Math.Max(_in.Text.Length - _in.At - length, 0);
        }

        _in.CheckToken(length + 1);
        var reference = _in.Text.Slice(_in.At + 1, length - 1);
        if (hasEscapes)
            reference = Unescaped(length);
        _terms.Append((byte)'<');
        if (_base is null)
            _terms.Append(reference);
        else
            _base.Resolve(reference, _terms);
        if (IriSyntax.Problem(_terms.From(mark + 1)) is { } problem)
            throw _in.Failed(problem);
        _terms.Append((byte)'>');
        _in.At += length + 1;
        return _terms.Since(mark);
    }

    private ReadOnlySpan<byte> Unescaped(int length)
    {
        var plain = new TermStack();
        for (var at = 1; at < length;)
        {
            if (_in.Text[_in.At + at] == (byte)'\\')
                plain.Append(Unicode("in an IRI only escapes of the forms \\u00E9 and \\U000000E9 may stand", ref at));
            else
                plain.Append(_in.Text[_in.At + at++]);
        }

        return plain.From(0);
    }

    /// <summary><c>PrefixedName ::= PNAME_LN | PNAME_NS</c>, <c>PNAME_LN ::= PNAME_NS PN_LOCAL</c></summary>
    private TermSlice PrefixedName()
    {
        var length = PrefixLength();
        if (_in.Peek(length) != (byte)':')
            throw _in.Failed(length == 0 ? $"{Found()} stands where a prefix or its colon must" : $"'{Encoding.UTF8.GetString(_in.Text.Slice(_in.At, length))}' is no keyword here, and no ':' makes a prefix of it");
        var space = Namespace(_in.Text.Slice(_in.At, length));
        _in.At += length + 1;
        var mark = _terms.Length;
        _terms.Append(space.Start);
        if (!TryPlainLocal(space) && !TakeLocal(space) && IriSyntax.Problem(_terms.From(mark + 1)) is { } problem)
            throw _in.Failed(problem);
        _terms.Append((byte)'>');
        return _terms.Since(mark);
    }

    private PrefixedNamespace Namespace(ReadOnlySpan<byte> prefix)
    {
        if (_lastPrefix is { } last && last.Prefix.AsSpan().SequenceEqual(prefix))
            return last;
        if (!_prefixes.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(prefix, out var space))
            throw _in.Failed($"the prefix '{Encoding.UTF8.GetString(prefix)}:' is not declared");
        return _lastPrefix = space;
    }

    /// <summary>Takes a local name of nothing but ASCII letters, digits, '_' and '-', if that is what ends within the window.</summary>
    private bool TryPlainLocal(PrefixedNamespace space)
    {
        var rest = _in.Rest;
        var run = NameSyntax.AsciiRun(rest);
        if (run >= rest.Length || rest[run] is >= 0x80 or (byte)'.' or (byte)':' or (byte)'%' or (byte)'\\' || !space.IsPastAuthority || (run > 0 && rest[0] == (byte)'-'))
            return false;
        _in.CheckToken(run);
        _terms.Append(rest[..run]);
        _in.At += run;
        return true;
    }

    /// <summary><c>PN_LOCAL ::= (PN_CHARS_U | ':' | [0-9] | PLX) ((PN_CHARS | '.' | ':' | PLX)* (PN_CHARS | ':' | PLX))?</c></summary>
    /// <returns>Whether no character was such that the IRI must be looked at.</returns>
    private bool TakeLocal(PrefixedNamespace space)
    {
        var isPlain = space.IsPastAuthority;
        var mark = _terms.Length;
        var length = 0; // of what was read, with escapes
        var kept = 0; // of what ends with something else than a full stop
        var keptText = mark;
        while (true)
        {
            var c = _in.Peek(length);
            if (c == (byte)'.' && length > 0)
            {
                _terms.Append(c);
                length++;
                continue;
            }

            if (c < 0x80 && (NameSyntax.IsName(c) || c == (byte)':') && !(length == 0 && c == (byte)'-'))
                _terms.Append(_in.Text[_in.At + length++]);
            else if (c == (byte)'%')
                TakePercent(ref length);
            else if (c == (byte)'\\')
                TakeLocalEscape(ref length, ref isPlain);
            else if (c >= 0x80 && IsWide(length, length == 0, out var bytes))
            {
                _terms.Append(_in.Text.Slice(_in.At + length, bytes));
                length += bytes;
                isPlain = false;
            }
            else
                break;
            kept = length;
            keptText = _terms.Length;
        }

        _in.CheckToken(kept);
        _terms.Cut(keptText);
        _in.At += kept;
        return isPlain;
    }

    /// <summary><c>PERCENT ::= '%' HEX HEX</c></summary>
    private void TakePercent(ref int length)
    {
        if (!char.IsAsciiHexDigit((char)_in.Peek(length + 1)) || !char.IsAsciiHexDigit((char)_in.Peek(length + 2)))
            throw _in.Failed("'%' in a name must be followed by two hexadecimal digits", length);
        _terms.Append(_in.Text.Slice(_in.At + length, 3));
        length += 3;
    }

    /// <summary><c>PN_LOCAL_ESC ::= '\' ('_' | '~' | '.' | '-' | '!' | '$' | '&amp;' | "'" | '(' | ')' | '*' | '+' | ',' | ';' | '=' | '/' | '?' | '#' | '@' | '%')</c></summary>
    private void TakeLocalEscape(ref int length, ref bool isPlain)
    {
        var escaped = _in.Peek(length + 1);
        if (!s_localEscapes.Contains(escaped))
            throw _in.Failed("a backslash in a name must be followed by one of _ ~ . - ! $ & ' ( ) * + , ; = / ? # @ %", length);
        _terms.Append(escaped);
        isPlain = false;
        length += 2;
    }

    /// <summary><c>BLANK_NODE_LABEL ::= '_:' (PN_CHARS_U | [0-9]) ((PN_CHARS | '.')* PN_CHARS)?</c></summary>
    private TermSlice BlankNodeLabel()
    {
        if (_in.Peek(1) != (byte)':')
            throw _in.Failed("'_' must be followed by ':' and a label");
        var length = 2;
        while (true)
        {
            var c = _in.Peek(length);
            var isFirst = length == 2;
            if (c < 0x80 && (NameSyntax.IsName(c) ? !(isFirst && c == (byte)'-') : c == (byte)'.' && !isFirst))
                length++;
            else if (c >= 0x80 && IsWide(length, isFirst, out var bytes))
                length += bytes;
            else
                break;
        }

        length = WithoutFullStops(length);
        if (length == 2)
            throw _in.Failed("a blank node's label must begin with a letter, a digit or '_'");
        _in.CheckToken(length);
        var node = _blanks.Append(_in.Text.Slice(_in.At + 2, length - 2), _terms);
        _in.At += length;
        return node;
    }

    /// <summary>Whether <c>ANON ::= '[' WS* ']'</c> begins here.</summary>
    private bool IsAnon() => _in.Peek() == (byte)'[' && _in.Peek(AnonLength() - 1) == (byte)']';

    private int AnonLength()
    {
        var distance = 1;
        while (_in.Peek(distance) is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r')
            distance++;
        return distance + 1;
    }

    /// <summary><c>ANON ::= '[' WS* ']'</c></summary>
    private TermSlice Anon()
    {
        var length = AnonLength();
        if (_in.Peek(length - 1) != (byte)']')
            throw _in.Failed("a property list cannot stand here; '[]' can");
        _in.At += length;
        return _blanks.AppendNew(_terms);
    }

    private string Found(int distance = 0)
    {
        if (!_in.Has(distance + 1))
            return "the end of the text";
        _in.Has(distance + 4);
        var text = _in.Text[(_in.At + distance)..];
        return NameSyntax.TryDecode(text, out var rune, out _) ? IriSyntax.Shown(new Rune(rune)) : $"the byte {text[0]:X2}";
    }
}
