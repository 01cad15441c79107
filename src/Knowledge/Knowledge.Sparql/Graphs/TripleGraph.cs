using System.Buffers;
using Knowledge.Rdf;
using QuikGraph;

namespace Knowledge.Sparql;

/// <summary>Triples of the default graph as edges between ids: every node once, every edge once, whatever predicates say it. Literals are no nodes.</summary>
internal sealed class TripleGraph
{
    private readonly PropertyFunctionCall _call;

    /// <summary>The graph of some predicates, or of all where none is named.</summary>
    /// <param name="function">IRI of the function, for errors.</param>
    /// <param name="call">The call.</param>
    /// <param name="predicates">The predicates.</param>
    /// <param name="limits">Limits.</param>
    /// <exception cref="PropertyFunctionException">A predicate is no IRI, or the graph has too many edges.</exception>
    public TripleGraph(string function, PropertyFunctionCall call, IEnumerable<Term> predicates, GraphLimits limits)
    {
        _call = call;
        var ids = new List<TermId>();
        foreach (var predicate in predicates)
        {
            if (predicate is not Iri)
                throw new PropertyFunctionException(function, $"{predicate} is no predicate; IRIs are needed, or none for all predicates.");
            if (IdOf(predicate) is { IsNone: false } id)
                ids.Add(id);
        }

        var isAll = !predicates.Any();
        foreach (var predicate in isAll ? call.Snapshot.Predicates(TermId.None).Select(c => c.Predicate) : ids.Distinct())
        {
            using var cursor = call.Snapshot.Pairs(TermId.None, predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            {
                call.CancellationToken.ThrowIfCancellationRequested();
                foreach (var pair in block)
                {
                    var (from, to) = (PackedPair.First(pair), PackedPair.Second(pair));
                    if (call.Snapshot.Terms.Kind(to) is TermKind.Iri or TermKind.BlankNode)
                        Edges.AddVerticesAndEdge(new SEquatableEdge<TermId>(from, to));
                    if (Edges.EdgeCount > limits.MaxEdges)
                        throw new PropertyFunctionException(function, $"The graph has more than {limits.MaxEdges} edges ({nameof(GraphLimits)}.{nameof(GraphLimits.MaxEdges)}): name fewer predicates.");
                }
            }
        }
    }

    /// <summary>Who leads to whom, by ids; a node is here only with an edge.</summary>
    public BidirectionalGraph<TermId, SEquatableEdge<TermId>> Edges { get; } = new(allowParallelEdges: false);

    /// <summary>The id of a term; none where the source does not know it.</summary>
    public TermId IdOf(Term term) => _call.Snapshot.Terms.TryFind(System.Text.Encoding.UTF8.GetBytes(TermText.Write(term)), out var id) ? id : TermId.None;

    /// <summary>The term of an id.</summary>
    public Term TermOf(TermId id)
    {
        var text = new ArrayBufferWriter<byte>();
        _call.Snapshot.Terms.Write(id, text);
        return TermText.Parse(text.WrittenSpan);
    }
}
