using System.Buffers;

namespace Knowledge.Rdf;

/// <summary>Reads N-Triples and N-Quads: one statement in a line, one method for each production of the grammar.</summary>
/// <remarks>
/// <para>A term without escapes is handed on as its bytes in the buffer. Others are written in canonical form onto a stack of the statement.</para>
/// <para>Source: RDF 1.2 N-Triples and RDF 1.2 N-Quads, section "Grammar". Their names stand at the methods.</para>
/// </remarks>
internal ref partial struct NQuadsReader
{
    private const int StreamBuffer = 1 << 18;

    private readonly IQuadSink _sink;
    private readonly bool _hasGraphs;
    private readonly RdfReaderOptions _options;
    private readonly BlankNodeLabels _blanks;
    private readonly TermStack _terms = new();
    private ReadOnlySpan<byte> _text;
    private int _at;
    private int _lineStart;
    private long _line = 1;
    private int _depth;

    private NQuadsReader(IQuadSink sink, bool hasGraphs, RdfReaderOptions options)
    {
        _sink = sink;
        _hasGraphs = hasGraphs;
        _options = options;
        _blanks = new BlankNodeLabels(options.BlankNodeScope);
    }

    /// <summary>Reads a text that lies in memory.</summary>
    public static void Read(ReadOnlySpan<byte> text, IQuadSink sink, bool hasGraphs, RdfReaderOptions options) =>
        new NQuadsReader(sink, hasGraphs, options).Lines(text.StartsWith("\uFEFF"u8) ? text[3..] : text);

    /// <summary>Reads a stream to its end, a buffer of whole lines at a time.</summary>
    public static void Read(Stream stream, IQuadSink sink, bool hasGraphs, RdfReaderOptions options)
    {
        var reader = new NQuadsReader(sink, hasGraphs, options);
        var buffer = ArrayPool<byte>.Shared.Rent(StreamBuffer);
        var isStart = true;
        try
        {
            for (var kept = 0; ;)
            {
                if (kept == buffer.Length)
                {
                    reader.CheckLine(kept);
                    var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                var read = stream.ReadAtLeast(buffer.AsSpan(kept), isStart ? Math.Min(3, buffer.Length - kept) : 1, throwOnEndOfStream: false);
                var filled = buffer.AsSpan(0, kept + read);
                var skipped = isStart && filled.StartsWith("\uFEFF"u8) ? 3 : 0;
                isStart = false;
                var end = read == 0 ? filled.Length : WholeLines(filled);
                reader.Lines(filled[skipped..Math.Max(end, skipped)]);
                if (read == 0)
                    return;
                filled[Math.Max(end, skipped)..].CopyTo(buffer);
                kept = filled.Length - Math.Max(end, skipped);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Length of the beginning that ends with a line. A CR at the very end is no end of a line yet: a LF may follow.</summary>
    private static int WholeLines(ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOf((byte)'\n') + 1;
        return end > 0 || text.IsEmpty ? end : text[..^1].LastIndexOf((byte)'\r') + 1;
    }

    private readonly void CheckLine(int length)
    {
        if (length > _options.MaxTokenBytes)
            throw new RdfSyntaxException($"A line has more than {_options.MaxTokenBytes} bytes; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxTokenBytes)} sets that limit.", _line, 1);
    }

    /// <summary><c>nquadsDoc ::= statement? (EOL statement)* EOL?</c>, here with whole lines.</summary>
    private void Lines(ReadOnlySpan<byte> text)
    {
        _text = text;
        _at = 0;
        _lineStart = 0;
        var mayBeTooLong = text.Length > _options.MaxTokenBytes;
        while (_at < _text.Length)
        {
            if (mayBeTooLong)
                CheckLine(_text[_at..].IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var length ? length : _text.Length - _at);
            Line();
            if (_terms.Length != 0)
                _terms.Cut(0);
        }
    }

    /// <summary><c>statement? EOL</c>, with the comment that may stand before the end of the line.</summary>
    private void Line()
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] is not ((byte)'\n' or (byte)'\r' or (byte)'#'))
        {
            Statement();
            SkipBlanks();
        }

        if (_at < _text.Length && _text[_at] == (byte)'#')
            _at += _text[_at..].IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var length ? length : _text.Length - _at;
        if (_at >= _text.Length)
            return;
        if (_text[_at] == (byte)'\n')
            _at++;
        else if (_text[_at] == (byte)'\r')
            _at += _at + 1 < _text.Length && _text[_at + 1] == (byte)'\n' ? 2 : 1;
        else
            throw Failed($"{Found()} follows the full stop; a statement ends with its line");
        _line++;
        _lineStart = _at;
    }

    /// <summary><c>statement ::= sparqlVersion | subject predicate object graphLabel? '.'</c></summary>
    private void Statement()
    {
        if (_text[_at] is (byte)'V' or (byte)'v')
        {
            SparqlVersion();
            return;
        }

        var subject = Subject();
        SkipBlanks();
        var predicate = Predicate();
        SkipBlanks();
        var @object = Object();
        SkipBlanks();
        var graph = default(ReadOnlySpan<byte>);
        if (_hasGraphs && _at < _text.Length && _text[_at] is (byte)'<' or (byte)'_')
        {
            graph = GraphLabel();
            SkipBlanks();
        }

        if (_at >= _text.Length || _text[_at] != (byte)'.')
            throw Failed($"{Found()} stands where a full stop must end the statement");
        _at++;
        _sink.Quad(subject, predicate, @object, graph);
    }

    /// <summary><c>sparqlVersion ::= "VERSION" STRING_LITERAL_QUOTE</c>; which version is announced changes nothing.</summary>
    private void SparqlVersion()
    {
        const int Length = 7;
        var isKeyword = _text.Length - _at >= Length;
        for (var at = 0; isKeyword && at < Length; at++)
            isKeyword = (_text[_at + at] & 0xDF) == "VERSION"u8[at];
        if (!isKeyword)
            throw Failed($"{Found()} stands where a subject must, an IRI or a blank node");
        _at += Length;
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] != (byte)'"')
            throw Failed($"{Found()} stands where a version must, as in VERSION \"1.2\"");
        var mark = _terms.Length;
        StringLiteral(mark);
    }

    /// <summary><c>subject ::= IRIREF | BLANK_NODE_LABEL</c></summary>
    private ReadOnlySpan<byte> Subject() => Current() switch
    {
        (byte)'<' when !IsTripleTerm() => IriRef(),
        (byte)'_' => BlankNodeLabel(),
        _ => throw Failed($"{Found()} stands where a subject must, an IRI or a blank node"),
    };

    /// <summary><c>predicate ::= IRIREF</c></summary>
    private ReadOnlySpan<byte> Predicate() =>
        Current() == (byte)'<' && !IsTripleTerm() ? IriRef() : throw Failed($"{Found()} stands where a predicate must, an IRI");

    /// <summary><c>object ::= IRIREF | BLANK_NODE_LABEL | literal | tripleTerm</c></summary>
    private ReadOnlySpan<byte> Object() => Current() switch
    {
        (byte)'<' => IsTripleTerm() ? TripleTerm() : IriRef(),
        (byte)'"' => Literal(),
        (byte)'_' => BlankNodeLabel(),
        _ => throw Failed($"{Found()} stands where an object must: an IRI, a blank node, a literal or a triple term"),
    };

    /// <summary><c>graphLabel ::= IRIREF | BLANK_NODE_LABEL</c></summary>
    private ReadOnlySpan<byte> GraphLabel() => Subject();

    /// <summary><c>tripleTerm ::= '&lt;&lt;(' subject predicate object ')&gt;&gt;'</c></summary>
    private ReadOnlySpan<byte> TripleTerm()
    {
        if (_text.Length - _at < 3 || _text[_at + 2] != (byte)'(')
            throw Failed("'<<' without '(' begins a reified triple, which only Turtle and TriG have");
        if (++_depth > Math.Min(_options.MaxDepth, TermText.MaxDepth))
            throw Failed($"triple terms stand more than {_depth - 1} deep; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxDepth)} and {nameof(TermText)}.{nameof(TermText.MaxDepth)} set that limit");
        _at += 3;
        SkipBlanks();
        var subject = Subject();
        SkipBlanks();
        var predicate = Predicate();
        SkipBlanks();
        var @object = Object();
        SkipBlanks();
        if (!_text[_at..].StartsWith(")>>"u8))
            throw Failed($"{Found()} stands where ')>>' must end the triple term");
        _at += 3;
        _depth--;

        // The parts may lie on the stack themselves: what is written behind them does not touch them.
        var mark = _terms.Length;
        _terms.Append("<<( "u8);
        _terms.Append(subject);
        _terms.Append((byte)' ');
        _terms.Append(predicate);
        _terms.Append((byte)' ');
        _terms.Append(@object);
        _terms.Append(" )>>"u8);
        return _terms[_terms.Since(mark)];
    }

    private readonly byte Current() => _at < _text.Length ? _text[_at] : (byte)0;

    private readonly bool IsTripleTerm() => _at + 1 < _text.Length && _text[_at + 1] == (byte)'<';

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t')
            _at++;
    }
}
