using System.Text;

namespace Knowledge.Rdf;

/// <summary>Reads Turtle and TriG by recursive descent, one method for each production of the grammar.</summary>
/// <remarks>
/// <para>The text is seen through a window that moves over it. Terms are written in canonical form onto a stack and cut off when their triple is out, so nothing is allocated for a quad.</para>
/// <para>Source: RDF 1.2 Turtle, section 6.5, and RDF 1.2 TriG, section 5.4. Their names stand at the methods.</para>
/// </remarks>
internal ref partial struct TurtleReader
{
    private readonly IQuadSink _sink;
    private readonly bool _hasGraphs;
    private readonly RdfReaderOptions _options;
    private readonly BlankNodeLabels _blanks;
    private readonly TermStack _terms = new();
    private readonly Dictionary<byte[], PrefixedNamespace> _prefixes = new(Utf8Equality.Instance);
    private PrefixedNamespace? _lastPrefix;
    private Utf8Window _in;
    private BaseIri? _base;
    private TermSlice _graph;
    private int _depth;

    private TurtleReader(Utf8Window text, IQuadSink sink, bool hasGraphs, RdfReaderOptions options)
    {
        _in = text;
        _sink = sink;
        _hasGraphs = hasGraphs;
        _options = options;
        _blanks = new BlankNodeLabels(options.BlankNodeScope);
        _base = options.BaseIri is null ? null : new BaseIri(options.BaseIri);
    }

    /// <summary>Reads a text that lies in memory.</summary>
    public static void Read(ReadOnlySpan<byte> text, IQuadSink sink, bool hasGraphs, RdfReaderOptions options) =>
        new TurtleReader(new Utf8Window(text, options.MaxTokenBytes), sink, hasGraphs, options).Document();

    /// <summary>Reads a stream to its end.</summary>
    public static void Read(Stream stream, IQuadSink sink, bool hasGraphs, RdfReaderOptions options) =>
        new TurtleReader(new Utf8Window(stream, options.MaxTokenBytes), sink, hasGraphs, options).Document();

    /// <summary><c>turtleDoc ::= statement*</c>, <c>trigDoc ::= (directive | block)*</c></summary>
    private void Document()
    {
        for (Skip(); !_in.IsAtEnd; Skip())
        {
            Statement();
            _terms.Cut(0);
        }
    }

    /// <summary><c>statement ::= directive | triples '.'</c></summary>
    private void Statement()
    {
        switch (_in.Peek())
        {
            case (byte)'@':
                AtDirective();
                return;
            case (byte)'B' or (byte)'b' when IsKeyword("BASE"u8):
                SparqlBase();
                return;
            case (byte)'P' or (byte)'p' when IsKeyword("PREFIX"u8):
                SparqlPrefix();
                return;
            case (byte)'V' or (byte)'v' when IsKeyword("VERSION"u8):
                VersionSpecifier();
                return;
        }

        if (_hasGraphs)
        {
            Block();
            return;
        }

        Triples();
        FullStop();
    }

    /// <summary><c>prefixID ::= '@prefix' PNAME_NS IRIREF '.'</c>, <c>base ::= '@base' IRIREF '.'</c>, <c>version ::= '@version' VersionSpecifier '.'</c></summary>
    private void AtDirective()
    {
        _in.At++;
        if (IsAtWord("prefix"u8))
            SparqlPrefix();
        else if (IsAtWord("base"u8))
            SparqlBase();
        else if (IsAtWord("version"u8))
            VersionSpecifier();
        else
            throw _in.Failed("'@' at the beginning of a statement must be followed by 'prefix', 'base' or 'version'");
        FullStop();
    }

    /// <summary><c>sparqlBase ::= "BASE" IRIREF</c></summary>
    private void SparqlBase()
    {
        Skip();
        var iri = IriRef();
        _base = new BaseIri(_terms[iri][1..^1].ToArray());
    }

    /// <summary><c>sparqlPrefix ::= "PREFIX" PNAME_NS IRIREF</c></summary>
    private void SparqlPrefix()
    {
        Skip();
        var length = PrefixLength();
        if (_in.Peek(length) != (byte)':')
            throw _in.Failed($"{Found(length)} stands where a prefix with its colon must", length);
        var prefix = _in.Text.Slice(_in.At, length).ToArray();
        _in.At += length + 1;
        Skip();
        var iri = IriRef();
        var start = _terms[iri][..^1];
        _prefixes[prefix] = new PrefixedNamespace(prefix, start.ToArray());
        _lastPrefix = null;
        _sink.Prefix(Encoding.UTF8.GetString(prefix), Encoding.UTF8.GetString(start[1..]));
    }

    /// <summary><c>sparqlVersion ::= "VERSION" VersionSpecifier</c>, <c>VersionSpecifier ::= STRING_LITERAL_QUOTE | STRING_LITERAL_SINGLE_QUOTE</c>; which version is announced changes nothing.</summary>
    private void VersionSpecifier()
    {
        Skip();
        var quote = _in.Peek();
        if (quote is not ((byte)'"' or (byte)'\'') || (_in.Peek(1) == quote && _in.Peek(2) == quote))
            throw _in.Failed("a version must stand here as a short string, as in VERSION \"1.2\"");
        StringLiteral();
    }

    /// <summary><c>block ::= triplesOrGraph | wrappedGraph | triples2 | "GRAPH" labelOrSubject wrappedGraph</c></summary>
    private void Block()
    {
        switch (_in.Peek())
        {
            case (byte)'{':
                WrappedGraph(default);
                return;
            case (byte)'G' or (byte)'g' when IsKeyword("GRAPH"u8):
                Skip();
                var name = LabelOrSubject();
                Skip();
                WrappedGraph(name);
                return;
            case (byte)'(':
            case (byte)'[' when !IsAnon():
                Triples();
                FullStop();
                return;
            default:
                TriplesOrGraph();
                return;
        }
    }

    /// <summary><c>triplesOrGraph ::= labelOrSubject (wrappedGraph | predicateObjectList '.') | reifiedTriple predicateObjectList? '.'</c></summary>
    private void TriplesOrGraph()
    {
        if (IsReified())
        {
            Triples();
            FullStop();
            return;
        }

        var subject = LabelOrSubject();
        Skip();
        if (_in.Peek() == (byte)'{')
        {
            WrappedGraph(subject);
            return;
        }

        PredicateObjectList(subject);
        FullStop();
    }

    /// <summary><c>labelOrSubject ::= iri | BlankNode</c></summary>
    private TermSlice LabelOrSubject() => _in.Peek() switch
    {
        (byte)'_' => BlankNodeLabel(),
        (byte)'[' when IsAnon() => Anon(),
        _ => Iri("a subject or the name of a graph must, an IRI or a blank node"),
    };

    /// <summary><c>wrappedGraph ::= '{' triplesBlock? '}'</c>, <c>triplesBlock ::= triples ('.' triplesBlock?)?</c></summary>
    private void WrappedGraph(TermSlice name)
    {
        if (_in.Peek() != (byte)'{')
            throw _in.Failed($"{Found()} stands where '{{' must begin a graph");
        _in.At++;
        _graph = name;
        for (Skip(); _in.Peek() != (byte)'}'; Skip())
        {
            Triples();
            Skip();
            if (_in.Peek() == (byte)'.')
                _in.At++;
            else if (_in.Peek() != (byte)'}')
                throw _in.Failed($"{Found()} stands where '.' or the graph's '}}' must");
        }

        _in.At++;
        _graph = default;
    }

    private void FullStop()
    {
        Skip();
        if (_in.Peek() != (byte)'.')
            throw _in.Failed($"{Found()} stands where a full stop must end the statement");
        _in.At++;
    }

    private readonly void Emit(TermSlice subject, TermSlice predicate, TermSlice @object) =>
        _sink.Quad(_terms[subject], _terms[predicate], _terms[@object], _terms[_graph]);

    /// <summary>Goes one level deeper.</summary>
    private void Enter()
    {
        if (++_depth > _options.MaxDepth)
            throw _in.Failed($"things stand more than {_options.MaxDepth} deep inside each other; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxDepth)} sets that limit");
    }
}
