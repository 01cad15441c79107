using System.Globalization;
using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Text to syntax: a recursive-descent parser with one method for each production of the SPARQL 1.2 grammar, which takes all of SPARQL 1.1.</summary>
/// <remarks>Source: SPARQL 1.2 Query Language, section 19.8; numbers in comments are productions of SPARQL 1.1 where it has them.</remarks>
internal sealed partial class SparqlParser
{
    private readonly Lexer _lexer;
    private readonly SparqlSyntaxOptions _options;
    private readonly Dictionary<string, string> _prefixes;
    private string? _base;
    private Token _token;
    private int _previousEnd;
    private int _depth;
    private int _anonymous;

    private SparqlParser(string text, SparqlSyntaxOptions options)
    {
        _lexer = new Lexer(text);
        _options = options;
        _base = options.BaseIri;
        _prefixes = new Dictionary<string, string>(options.Prefixes);
        if (text.Length > options.MaxLength)
            throw _lexer.Error(0, $"the text has {text.Length} characters; at most {options.MaxLength} are read ({nameof(SparqlSyntaxOptions)}.{nameof(SparqlSyntaxOptions.MaxLength)}).");
        Advance();
    }

    /// <summary>Parses a query. [1] QueryUnit</summary>
    /// <exception cref="RdfSyntaxException">The text is not a query.</exception>
    public static QuerySyntax ParseQuery(string text, SparqlSyntaxOptions options)
    {
        var parser = new SparqlParser(text, options);
        var query = parser.Query();
        parser.ExpectEnd();
        return query;
    }

    /// <summary>Parses an update request. [3] UpdateUnit</summary>
    /// <exception cref="RdfSyntaxException">The text is not an update request.</exception>
    public static IReadOnlyList<UpdateOperation> ParseUpdate(string text, SparqlSyntaxOptions options)
    {
        var parser = new SparqlParser(text, options);
        var operations = parser.Update();
        parser.ExpectEnd();
        return operations;
    }

    /// <summary>Parses one term as a Turtle-like text without prefixes, as results in TSV have it.</summary>
    /// <exception cref="RdfSyntaxException">The text is not a term.</exception>
    public static Term ParseTerm(string text)
    {
        // An empty base leaves relative IRIs as they are, and lets triple terms have blank nodes.
        var parser = new SparqlParser(text, new SparqlSyntaxOptions { BaseIri = "" });
        var term = parser._token.Kind == TokenKind.BlankLabel ? parser.TakeBlankTerm() : parser.DataTerm();
        parser.ExpectEnd();
        return term;
    }

    private BlankNode TakeBlankTerm()
    {
        var label = _lexer.Text[(_token.Start + 2).._token.End];
        Advance();
        return new BlankNode(label);
    }

    // [4] Prologue
    private void Prologue()
    {
        while (true)
        {
            if (TakeWord("BASE"))
                _base = IriReference();
            else if (TakeWord("PREFIX"))
                PrefixDeclaration();
            else if (TakeWord("VERSION"))
                VersionDeclaration();
            else
                return;
        }
    }

    // [6] PrefixDecl
    private void PrefixDeclaration()
    {
        if (_token.Kind != TokenKind.PrefixedName || _lexer.Text[_token.End - 1] != ':')
            throw Unexpected("a prefix that ends with ':'");
        var prefix = _lexer.Text[_token.Start..(_token.End - 1)];
        if (prefix.Contains(':', StringComparison.Ordinal))
            throw Unexpected("a prefix that ends with its only ':'");
        Advance();
        _prefixes[prefix] = IriReference();
    }

    // VersionDecl of SPARQL 1.2
    private void VersionDeclaration()
    {
        if (_token.Kind != TokenKind.String || _token.Mark is Mark.Long or Mark.LongEscaped)
            throw Unexpected("a version in single or double quotes");
        Advance();
    }

    private void Advance()
    {
        _previousEnd = _token.End;
        _token = _lexer.Next();
    }

    private ReadOnlySpan<char> TokenText => _lexer.Text.AsSpan(_token.Start, _token.End - _token.Start);

    private bool IsWord(string word) => _token.Kind == TokenKind.Word && TokenText.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool TakeWord(string word)
    {
        if (!IsWord(word))
            return false;
        Advance();
        return true;
    }

    private void ExpectWord(string word)
    {
        if (!TakeWord(word))
            throw Unexpected(word);
    }

    private bool Is(Mark mark) => _token.Kind == TokenKind.Punctuation && _token.Mark == mark;

    private bool Take(Mark mark)
    {
        if (!Is(mark))
            return false;
        Advance();
        return true;
    }

    private void Expect(Mark mark, string written)
    {
        if (!Take(mark))
            throw Unexpected($"'{written}'");
    }

    private void ExpectEnd()
    {
        if (_token.Kind != TokenKind.End)
            throw Unexpected("the end of the text");
    }

    private RdfSyntaxException Unexpected(string needed)
    {
        var found = _token.Kind == TokenKind.End ? "the end of the text" : $"'{(_token.End - _token.Start > 40 ? TokenText[..40].ToString() + "..." : TokenText.ToString())}'";
        return _lexer.Error(_token.Start, $"{found} stands where {needed} is needed.");
    }

    private RdfSyntaxException Wrong(string problem) => _lexer.Error(_token.Start, problem);

    private void Enter()
    {
        if (++_depth > _options.MaxDepth)
            throw Wrong($"patterns and expressions stand more than {_options.MaxDepth} deep ({nameof(SparqlSyntaxOptions)}.{nameof(SparqlSyntaxOptions.MaxDepth)}).");
    }

    private void Leave() => _depth--;

    private void CheckElements(int count)
    {
        if (count > _options.MaxElements)
            throw Wrong($"more than {_options.MaxElements} elements or operands stand side by side ({nameof(SparqlSyntaxOptions)}.{nameof(SparqlSyntaxOptions.MaxElements)}).");
    }

    // [139] IRIREF, resolved
    private string IriReference()
    {
        if (_token.Kind != TokenKind.Iri)
            throw Unexpected("an IRI in angle brackets");
        var written = _lexer.Text[(_token.Start + 1)..(_token.End - 1)];
        if (_token.Mark == Mark.Escaped)
            written = Unescape(written, _token.Start + 1, codePointsAlone: true);
        var iri = Resolve(written);
        Advance();
        return iri;
    }

    private string Resolve(string written)
    {
        if (IriResolution.IsAbsolute(written))
            return written;
        if (_base is null)
            throw Wrong($"<{written}> is relative, and there is no base: write BASE, or give {nameof(SparqlSyntaxOptions)}.{nameof(SparqlSyntaxOptions.BaseIri)}.");
        try
        {
            return _base.Length == 0 ? written : IriResolution.Resolve(_base, written);
        }
        catch (FormatException failure)
        {
            throw Wrong(failure.Message);
        }
    }

    // [136] iri
    private Iri IriOrName()
    {
        if (_token.Kind == TokenKind.Iri)
            return new Iri(IriReference());
        if (_token.Kind != TokenKind.PrefixedName)
            throw Unexpected("an IRI or a prefixed name");
        var text = TokenText;
        var colon = text.IndexOf(':');
        if (!_prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..colon], out var iri))
            throw Wrong($"the prefix '{text[..(colon + 1)]}' is not declared.");
        var local = text[(colon + 1)..];
        var whole = _token.Mark == Mark.Escaped ? iri + UnescapeLocal(local) : string.Concat(iri, local);
        Advance();
        return new Iri(whole);
    }

    private static string UnescapeLocal(ReadOnlySpan<char> local)
    {
        var plain = new StringBuilder(local.Length);
        for (var at = 0; at < local.Length; at++)
            plain.Append(local[at] == '\\' ? local[++at] : local[at]);
        return plain.ToString();
    }

    // [156]-[159] strings, with ECHAR and the code point escapes of section 19.2
    private string StringText()
    {
        if (_token.Kind != TokenKind.String)
            throw Unexpected("a string");
        var quotes = _token.Mark is Mark.Long or Mark.LongEscaped ? 3 : 1;
        var text = _lexer.Text[(_token.Start + quotes)..(_token.End - quotes)];
        if (_token.Mark is Mark.Escaped or Mark.LongEscaped)
            text = Unescape(text, _token.Start + quotes, codePointsAlone: false);
        Advance();
        return text;
    }

    private string Unescape(string text, int offset, bool codePointsAlone)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                plain.Append(text[at]);
                continue;
            }

            var c = text[++at];
            if (c is 'u' or 'U')
            {
                var digits = c == 'u' ? 4 : 8;
                plain.Append(CodePoint(text.AsSpan(at + 1), digits, offset + at - 1));
                at += digits;
                continue;
            }

            var escape = codePointsAlone ? -1 : "tbnrf\\\"'".IndexOf(c, StringComparison.Ordinal);
            plain.Append(escape < 0 ? throw _lexer.Error(offset + at - 1, $"'\\{c}' is no escape.") : "\t\b\n\r\f\\\"'"[escape]);
        }

        return plain.ToString();
    }

    private string CodePoint(ReadOnlySpan<char> text, int digits, int offset)
    {
        if (text.Length < digits || !int.TryParse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
            throw _lexer.Error(offset, $"an escape needs {digits} hexadecimal digits of a Unicode scalar value.");
        return char.ConvertFromUtf32(value);
    }

    private string VariableName()
    {
        if (_token.Kind != TokenKind.Variable)
            throw Unexpected("a variable");
        var name = _lexer.Text[(_token.Start + 1).._token.End];
        Advance();
        return name;
    }

    private Variable NewBlank() => new(string.Create(CultureInfo.InvariantCulture, $"{Variable.BlankPrefix}.{++_anonymous}"));
}
