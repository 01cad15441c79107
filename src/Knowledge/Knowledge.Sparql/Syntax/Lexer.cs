using System.Buffers;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Text to tokens, one at a time and without copies.</summary>
/// <remarks>Source: SPARQL 1.2 Query Language, section 19.8, terminals [143] and on. The longest token wins, as the grammar says.</remarks>
internal sealed class Lexer(string text)
{
    private static readonly SearchValues<char> s_notInIri = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(c => (char)c), '<', '>', '"', '{', '}', '|', '^', '`', '\\']);

    private int _at;

    /// <summary>The whole text.</summary>
    public string Text { get; } = text;

    /// <summary>An error at an offset of the text.</summary>
    public RdfSyntaxException Error(int offset, string problem)
    {
        var line = 1L;
        var start = 0;
        for (var at = 0; at < offset && at < Text.Length; at++)
        {
            if (Text[at] != '\n')
                continue;
            line++;
            start = at + 1;
        }

        return new RdfSyntaxException(problem, line, offset - start + 1);
    }

    /// <summary>Reads the next token.</summary>
    public Token Next()
    {
        SkipBlanks();
        if (_at >= Text.Length)
            return new Token(TokenKind.End, Text.Length, Text.Length, Mark.None);
        var c = Text[_at];
        if (char.IsAsciiLetter(c) || c == ':' || c == '_' || c > '\x7f')
            return Name();
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            return Number();
        return c switch
        {
            '?' or '$' => VariableOrQuestion(),
            '<' => IriOrOperator(),
            '"' or '\'' => String(c),
            '@' => LanguageTag(),
            _ => Punctuation(c),
        };
    }

    private char Peek(int ahead) => _at + ahead < Text.Length ? Text[_at + ahead] : '\0';

    private Token Take(TokenKind kind, int end, Mark mark = Mark.None)
    {
        var token = new Token(kind, _at, end, mark);
        _at = end;
        return token;
    }

    private void SkipBlanks()
    {
        for (; _at < Text.Length; _at++)
        {
            var c = Text[_at];
            if (c == '#')
            {
                var end = Text.AsSpan(_at).IndexOfAny('\n', '\r');
                _at = end < 0 ? Text.Length - 1 : _at + end;
            }
            else if (c is not (' ' or '\t' or '\n' or '\r'))
            {
                return;
            }
        }
    }

    // [160] VARNAME, or the path operator.
    private Token VariableOrQuestion()
    {
        var end = _at + 1;
        while (end < Text.Length && NameCharacters.IsVariable(Text, end, first: end == _at + 1, out var width))
            end += width;
        if (end > _at + 1)
            return Take(TokenKind.Variable, end);
        return Text[_at] == '?' ? Take(TokenKind.Punctuation, end, Mark.Question) : throw Error(_at, "'$' begins a variable, and no name stands after it.");
    }

    // [143] IRIREF, with the code point escapes of section 19.2.
    private Token IriOrOperator()
    {
        var rest = Text.AsSpan(_at + 1);
        var end = 0;
        var mark = Mark.None;
        while (true)
        {
            var stop = rest[end..].IndexOfAny(s_notInIri);
            if (stop < 0)
                break;
            end += stop;
            if (rest[end] == '>')
                return Take(TokenKind.Iri, _at + end + 2, mark);
            if (rest[end] != '\\' || end + 1 >= rest.Length || rest[end + 1] is not ('u' or 'U'))
                break;
            mark = Mark.Escaped;
            end += 2;
        }

        if (rest.StartsWith("<("))
            return Take(TokenKind.Punctuation, _at + 3, Mark.TripleOpen);
        if (rest.StartsWith("<"))
            return Take(TokenKind.Punctuation, _at + 2, Mark.ReifiedOpen);
        return rest.StartsWith("=") ? Take(TokenKind.Punctuation, _at + 2, Mark.LessEqual) : Take(TokenKind.Punctuation, _at + 1, Mark.Less);
    }

    private Token String(char quote)
    {
        var isLong = Peek(1) == quote && Peek(2) == quote;
        var escaped = false;
        for (var at = _at + (isLong ? 3 : 1); at < Text.Length; at++)
        {
            var c = Text[at];
            if (c == '\\')
            {
                escaped = true;
                at++;
            }
            else if (!isLong && c is '\n' or '\r' && !isLong)
            {
                break;
            }
            else if (c == quote && (!isLong || (at + 2 < Text.Length && Text[at + 1] == quote && Text[at + 2] == quote)))
            {
                var mark = isLong ? (escaped ? Mark.LongEscaped : Mark.Long) : (escaped ? Mark.Escaped : Mark.None);
                return Take(TokenKind.String, at + (isLong ? 3 : 1), mark);
            }
        }

        throw Error(_at, $"a string begins here and has no closing {(isLong ? new string(quote, 3) : quote.ToString())}{(isLong ? "" : " in its line")}.");
    }

    // [165] LANG_DIR
    private Token LanguageTag()
    {
        var end = _at + 1;
        while (end < Text.Length && char.IsAsciiLetter(Text[end]))
            end++;
        if (end == _at + 1)
            throw Error(_at, "'@' begins a language tag, and no letter stands after it.");
        while (end + 1 < Text.Length && Text[end] == '-' && char.IsAsciiLetterOrDigit(Text[end + 1]))
            for (end++; end < Text.Length && char.IsAsciiLetterOrDigit(Text[end]);)
                end++;
        if (end + 2 < Text.Length && Text[end] == '-' && Text[end + 1] == '-' && char.IsAsciiLetter(Text[end + 2]))
            for (end += 2; end < Text.Length && char.IsAsciiLetter(Text[end]);)
                end++;
        return Take(TokenKind.LanguageTag, end);
    }

    // [146]-[148] INTEGER, DECIMAL, DOUBLE; signs are tokens of their own.
    private Token Number()
    {
        var kind = TokenKind.Integer;
        var end = SkipDigits(_at);
        if (end < Text.Length && Text[end] == '.' && (SkipDigits(end + 1) is var fraction) && (fraction > end + 1 || IsExponent(fraction)))
        {
            kind = TokenKind.Decimal;
            end = fraction;
        }

        if (IsExponent(end))
        {
            kind = TokenKind.Double;
            end = SkipDigits(end + (Text[end + 1] is '+' or '-' ? 2 : 1));
        }

        return Take(kind, end);
    }

    private int SkipDigits(int at)
    {
        while (at < Text.Length && char.IsAsciiDigit(Text[at]))
            at++;
        return at;
    }

    private bool IsExponent(int at) =>
        at + 1 < Text.Length && Text[at] is 'e' or 'E' &&
        (char.IsAsciiDigit(Text[at + 1]) || (Text[at + 1] is '+' or '-' && at + 2 < Text.Length && char.IsAsciiDigit(Text[at + 2])));

    // [144] PNAME_NS, [145] PNAME_LN, [146] BLANK_NODE_LABEL, or a keyword.
    private Token Name()
    {
        if (Text[_at] == '_' && Peek(1) == ':')
            return BlankLabel();
        var end = _at;
        while (end < Text.Length && (Text[end] == '.' || NameCharacters.IsName(Text, end, first: end == _at, out _)))
            end += char.IsHighSurrogate(Text[end]) ? 2 : 1;
        while (end > _at && Text[end - 1] == '.')
            end--;
        if (end < Text.Length && Text[end] == ':' && Text[_at] != '_')
            return Take(TokenKind.PrefixedName, SkipLocal(end + 1, out var escaped), escaped ? Mark.Escaped : Mark.None);
        end = _at;
        while (end < Text.Length && (char.IsAsciiLetterOrDigit(Text[end]) || Text[end] == '_'))
            end++;
        return end > _at ? Take(TokenKind.Word, end) : throw Error(_at, $"'{Text[_at]}' begins no token of SPARQL.");
    }

    private Token BlankLabel()
    {
        var end = _at + 2;
        while (end < Text.Length && (Text[end] == '.' ? end > _at + 2 : NameCharacters.IsLocal(Text, end, first: end == _at + 2)))
            end += char.IsHighSurrogate(Text[end]) ? 2 : 1;
        while (Text[end - 1] == '.')
            end--;
        return end > _at + 2 ? Take(TokenKind.BlankLabel, end) : throw Error(_at, "'_:' begins a blank node, and no label stands after it.");
    }

    // [169] PN_LOCAL
    private int SkipLocal(int start, out bool escaped)
    {
        escaped = false;
        var end = start;
        while (end < Text.Length)
        {
            var c = Text[end];
            if (c == '\\' && end + 1 < Text.Length && NameCharacters.IsEscapable(Text[end + 1]))
            {
                escaped = true;
                end += 2;
            }
            else if (c == '%' && end + 2 < Text.Length && char.IsAsciiHexDigit(Text[end + 1]) && char.IsAsciiHexDigit(Text[end + 2]))
            {
                end += 3;
            }
            else if (c == ':' || (c == '.' && end > start) || NameCharacters.IsLocal(Text, end, first: end == start))
            {
                end += char.IsHighSurrogate(c) ? 2 : 1;
            }
            else
            {
                break;
            }
        }

        while (end > start && Text[end - 1] == '.' && Text[end - 2] != '\\')
            end--;
        return end;
    }

    private Token Punctuation(char c)
    {
        var next = Peek(1);
        var (mark, length) = c switch
        {
            '{' => next == '|' ? (Mark.AnnotationOpen, 2) : (Mark.LeftBrace, 1),
            '}' => (Mark.RightBrace, 1),
            '(' => (Mark.LeftParenthesis, 1),
            ')' => next == '>' && Peek(2) == '>' ? (Mark.TripleClose, 3) : (Mark.RightParenthesis, 1),
            '[' => (Mark.LeftBracket, 1),
            ']' => (Mark.RightBracket, 1),
            '.' => (Mark.Dot, 1),
            ';' => (Mark.Semicolon, 1),
            ',' => (Mark.Comma, 1),
            '*' => (Mark.Star, 1),
            '/' => (Mark.Slash, 1),
            '|' => next == '|' ? (Mark.OrOr, 2) : next == '}' ? (Mark.AnnotationClose, 2) : (Mark.Pipe, 1),
            '&' when next == '&' => (Mark.AndAnd, 2),
            '^' => next == '^' ? (Mark.CaretCaret, 2) : (Mark.Caret, 1),
            '!' => next == '=' ? (Mark.NotEqual, 2) : (Mark.Bang, 1),
            '=' => (Mark.Equal, 1),
            '>' => next == '>' ? (Mark.ReifiedClose, 2) : next == '=' ? (Mark.GreaterEqual, 2) : (Mark.Greater, 1),
            '+' => (Mark.Plus, 1),
            '-' => (Mark.Minus, 1),
            '~' => (Mark.Tilde, 1),
            _ => throw Error(_at, $"'{c}' begins no token of SPARQL."),
        };
        return Take(TokenKind.Punctuation, _at + length, mark);
    }
}
