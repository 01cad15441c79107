using System.Text;

namespace Knowledge.Rules;

/// <summary>What kind of word.</summary>
internal enum RuleTokenKind : byte
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>One of <c>( ) [ ]</c>.</summary>
    Delimiter,

    /// <summary>The characters between quotes.</summary>
    Literal,

    /// <summary>Anything else.</summary>
    Word,
}

/// <summary>A word of a text of rules.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its characters; without quotes and backslashes for a literal.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Follows">Whether nothing stands between it and the word before.</param>
internal readonly record struct RuleToken(RuleTokenKind Kind, string Text, int Line, bool Follows)
{
    /// <summary>Whether this is a word or delimiter with these characters.</summary>
    public bool Is(string text) => Kind is RuleTokenKind.Word or RuleTokenKind.Delimiter && Text == text;

    /// <summary>How messages show it.</summary>
    public override string ToString() => Kind switch
    {
        RuleTokenKind.End => "the end of the text",
        RuleTokenKind.Literal => $"the literal '{Text}'",
        _ => $"'{Text}'",
    };
}

/// <summary>Cuts a text into words: delimiters are <c>( ) [ ]</c>; commas and white space only separate; a quote at the beginning of a word opens a literal.</summary>
/// <remarks>Beyond Jena, an IRI in angle brackets may contain delimiters.</remarks>
/// <param name="document">The text.</param>
internal sealed class RuleTokenizer(RuleDocument document)
{
    private const string Delimiters = "()[]";

    private readonly string _text = document.Text;
    private int _at;
    private int _line = 1;
    private RuleToken? _peeked;

    /// <summary>The next word, left where it is.</summary>
    public RuleToken Peek() => _peeked ??= Read();

    /// <summary>Takes the next word.</summary>
    public RuleToken Next()
    {
        var token = Peek();
        _peeked = null;
        return token;
    }

    private RuleToken Read()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == ','))
            _line += _text[_at++] == '\n' ? 1 : 0;
        var follows = start == _at;
        var line = _line;
        if (_at == _text.Length)
            return new RuleToken(RuleTokenKind.End, "", line, follows);
        var first = _text[_at];
        if (Delimiters.Contains(first, StringComparison.Ordinal))
        {
            _at++;
            return new RuleToken(RuleTokenKind.Delimiter, first.ToString(), line, follows);
        }

        return first is '\'' or '"'
            ? new RuleToken(RuleTokenKind.Literal, ReadLiteral(first), line, follows)
            : new RuleToken(RuleTokenKind.Word, ReadWord(), line, follows);
    }

    private string ReadLiteral(char quote)
    {
        var line = _line;
        var characters = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            var character = _text[_at];
            if (character == quote)
            {
                _at++;
                return characters.ToString();
            }

            if (character == '\\' && _at + 1 < _text.Length)
                character = _text[++_at]; // a backslash makes the next character itself: there is no \n
            _line += character == '\n' ? 1 : 0;
            characters.Append(character);
        }

        throw new RuleSyntaxException($"A literal begins with {quote} and does not end. Put {quote} behind it, and a backslash before each {quote} inside.", new RuleOrigin(document.Source, line));
    }

    private string ReadWord()
    {
        var start = _at;
        if (_text[_at] == '<' && _at + 1 < _text.Length && _text[_at + 1] != '-')
        {
            var end = _text.AsSpan(_at).IndexOfAny("> \t\r\n");
            if (end > 0 && _text[_at + end] == '>')
            {
                _at += end + 1;
                return _text[start.._at];
            }
        }

        while (_at < _text.Length && _text[_at] != ',' && !char.IsWhiteSpace(_text[_at]) && !Delimiters.Contains(_text[_at], StringComparison.Ordinal))
            _at++;
        return _text[start.._at];
    }
}
