using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;

namespace Reasoners.Tools;

/// <summary>
/// Reads the lists and dictionaries that models write in Python's notation: quotes of either kind, <c>None</c>, <c>True</c>,
/// <c>False</c>, trailing commas. No expressions, no other types.
/// </summary>
/// <remarks>Source: the grammar of literals in the Python language reference, sections 2.4 and 6.2.</remarks>
internal ref struct PythonLiteral
{
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private PythonLiteral(ReadOnlySpan<char> text)
    {
        _text = text;
    }

    /// <summary>The list or dictionary that the whole text is, as JSON; null where it is none.</summary>
    public static JsonElement? TryParse(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '[' or '('))
            return null;
        var reader = new PythonLiteral(text);
        if (!reader.Read(MaxDepth, out var value))
            return null;
        reader.SkipSpace();
        return reader._at == text.Length ? JsonSerializer.SerializeToElement(value, HubJson.Options) : null;
    }

    private bool Read(int depth, out JsonNode? value)
    {
        value = null;
        SkipSpace();
        if (_at >= _text.Length || depth == 0)
            return false;
        switch (_text[_at])
        {
            case '{': return ReadDictionary(depth, out value);
            case '[': return ReadList(depth, ']', out value);
            case '(': return ReadList(depth, ')', out value);
            case '\'' or '"':
                var read = ReadString(out var text);
                value = text;
                return read;
            default: return ReadWord(out value);
        }
    }

    private bool ReadDictionary(int depth, out JsonNode? value)
    {
        var members = new JsonObject();
        value = members;
        _at++;
        while (!Take('}'))
        {
            if (!AtQuote() || !ReadString(out var key) || !Take(':') || !Read(depth - 1, out var member))
                return false;
            members[key] = member;
            if (!Take(',') && !Ahead('}'))
                return false;
        }

        return true;
    }

    private bool ReadList(int depth, char end, out JsonNode? value)
    {
        var items = new JsonArray();
        value = items;
        _at++;
        while (!Take(end))
        {
            if (!Read(depth - 1, out var item))
                return false;
            items.Add(item);
            if (!Take(',') && !Ahead(end))
                return false;
        }

        return true;
    }

    private bool ReadString(out string text)
    {
        var quote = _text[_at++];
        var read = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            var c = _text[_at++];
            if (c == '\\' && _at < _text.Length)
                read.Append(Unescape(_text[_at++]));
            else
                read.Append(c);
        }

        text = read.ToString();
        return _at++ < _text.Length;
    }

    /// <summary>The short escapes; what Python does not know as one keeps its backslash.</summary>
    private static string Unescape(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        '\\' or '\'' or '"' => c.ToString(),
        _ => $"\\{c}",
    };

    private bool ReadWord(out JsonNode? value)
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ']' or '}' or ')' or ':') && !char.IsWhiteSpace(_text[_at]))
            _at++;
        var word = _text[start.._at];
        value = word switch
        {
            "True" or "true" => true,
            "False" or "false" => false,
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => null,
        };
        return value is not null || word is "None" or "null";
    }

    private bool AtQuote()
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] is '\'' or '"';
    }

    private bool Ahead(char c)
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] == c;
    }

    private bool Take(char c)
    {
        if (!Ahead(c))
            return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }
}
