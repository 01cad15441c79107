using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>Writes Turtle or TriG: with prefixes, and a subject's triples together where they come together.</summary>
/// <remarks>Quads are kept in memory up to a limit, so that <see cref="TurtleLayout"/> can write lists and nodes in brackets; past it, they are written as they come.</remarks>
internal sealed class TurtleWriter : RdfWriter
{
    private readonly bool _hasGraphs;
    private readonly int _maxKept;
    private readonly TurtleTerms _terms;
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private List<Quad>? _kept;
    private byte[] _graph = [];
    private byte[] _subject = [];
    private byte[] _predicate = [];
    private bool _isInGraph;

    public TurtleWriter(IBufferWriter<byte> output, bool hasGraphs, RdfWriterOptions options)
        : base(output)
    {
        _hasGraphs = hasGraphs;
        _maxKept = options.MaxPrettyQuads;
        _kept = _maxKept > 0 ? [] : null;
        _terms = new TurtleTerms(output);
        foreach (var (prefix, iri) in options.Prefixes?.Namespaces ?? new Dictionary<string, string>())
            Declare(prefix, iri);
    }

    /// <inheritdoc/>
    public override void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (!graph.IsEmpty && !_hasGraphs)
            throw NoGraphs("Turtle");
        if (_kept is null)
        {
            WriteNow(subject, predicate, @object, graph);
            return;
        }

        _kept.Add(new Quad(TermText.Parse(subject), TermText.Parse(predicate), TermText.Parse(@object), graph.IsEmpty ? null : TermText.Parse(graph)));
        if (_kept.Count <= _maxKept)
            return;
        var kept = _kept;
        _kept = null;
        foreach (var quad in kept)
            Write(quad);
    }

    /// <inheritdoc/>
    public override void Prefix(string prefix, string iri)
    {
        if (_declared.Contains(prefix))
            return; // what is written already stands on the first meaning
        if (_subject.Length > 0 || _isInGraph)
            EndGraph();
        Declare(prefix, iri);
    }

    private protected override void Finish()
    {
        if (_kept is null)
            EndGraph();
        else
            new TurtleLayout(Output, _terms).Write(_kept, _declared.Count > 0);
        _kept = null;
    }

    private void Declare(string prefix, string iri)
    {
        if (IriSyntax.Problem(Encoding.UTF8.GetBytes(iri)) is not null || !NameSyntax.IsPrefix(prefix))
            return; // a reader would refuse it
        _declared.Add(prefix);
        _terms.Add(prefix, iri);
        Output.Write(Encoding.UTF8.GetBytes($"@prefix {prefix}: <{iri}> .\n"));
    }

    private void WriteNow(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (!graph.SequenceEqual(_graph))
        {
            EndGraph();
            _graph = graph.ToArray();
        }

        if (!graph.IsEmpty && !_isInGraph)
        {
            Output.Write("\n"u8);
            _terms.Write(graph);
            Output.Write(" {"u8);
            _isInGraph = true;
        }

        if (subject.SequenceEqual(_subject))
        {
            if (predicate.SequenceEqual(_predicate))
            {
                Output.Write(" , "u8);
                _terms.Write(@object);
                return;
            }

            Output.Write(" ;\n    "u8);
        }
        else
        {
            EndSubject();
            Output.Write("\n"u8);
            _terms.Write(subject);
            Output.Write(" "u8);
            _subject = subject.ToArray();
        }

        _predicate = predicate.ToArray();
        _terms.WritePredicate(predicate);
        Output.Write(" "u8);
        _terms.Write(@object);
    }

    private void EndSubject()
    {
        if (_subject.Length > 0)
            Output.Write(" .\n"u8);
        _subject = [];
    }

    private void EndGraph()
    {
        EndSubject();
        if (_isInGraph)
            Output.Write("}\n"u8);
        _isInGraph = false;
    }
}
