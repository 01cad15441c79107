using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>Writes quads that are all at hand the way a person would: lists in parentheses, and in brackets the blank nodes that only one triple speaks of.</summary>
/// <remarks>
/// A node is written in brackets where it is an object once, is named nowhere else (as a subject of another graph, a graph, or in a triple term), and where following the triples that speak of it leads
/// to a node with a name. A list is written in parentheses where that holds for each of its nodes and they have nothing but one <c>rdf:first</c> and one <c>rdf:rest</c>.
/// </remarks>
internal sealed class TurtleLayout(IBufferWriter<byte> output, TurtleTerms terms)
{
    /// <summary>How deep brackets are written inside each other; what lies deeper gets a label.</summary>
    private const int MaxDepth = 32;

    private static readonly Iri s_type = new(RdfVocabulary.Type);
    private static readonly Iri s_nil = new(RdfVocabulary.Nil);
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly HashSet<BlankNode> _inside = [];
    private readonly Queue<BlankNode> _deferred = new();
    private readonly HashSet<BlankNode> _noLists = [];
    private Dictionary<Term, List<Quad>> _bySubject = [];
    private HashSet<Term> _written = [];

    /// <summary>Writes a document's quads.</summary>
    /// <param name="quads">All of them.</param>
    /// <param name="isBegun">Whether something stands in the document already.</param>
    public void Write(IReadOnlyList<Quad> quads, bool isBegun)
    {
        FindInside(quads);
        foreach (var graph in quads.Distinct().GroupBy(q => q.Graph?.ToString() ?? "").OrderBy(g => g.Key.Length > 0))
        {
            var name = graph.First().Graph;
            if (isBegun)
                output.Write("\n"u8);
            isBegun = true;
            if (name is not null)
            {
                WriteTerm(name, 0);
                output.Write(" {\n"u8);
            }

            WriteGraph([.. graph], name is null ? "" : "    ");
            if (name is not null)
                output.Write("}\n"u8);
        }
    }

    private void WriteGraph(List<Quad> quads, string indent)
    {
        _bySubject = quads.GroupBy(q => q.Subject).ToDictionary(g => g.Key, g => g.ToList());
        _written = [];
        foreach (var subject in _bySubject.Keys)
        {
            if (subject is BlankNode inside && _inside.Contains(inside))
                continue;
            WriteSubject(subject, indent);
            while (_deferred.TryDequeue(out var deferred))
                WriteSubject(deferred, indent);
        }
    }

    private void WriteSubject(Term subject, string indent)
    {
        if (!_bySubject.TryGetValue(subject, out var quads) || !_written.Add(subject))
            return;
        if (_written.Count > 1)
            output.Write("\n"u8);
        Write(indent);
        WriteTerm(subject, MaxDepth); // its label, whatever it is
        output.Write(" "u8);
        WriteProperties(quads, indent + "    ", 0);
        output.Write(" .\n"u8);
    }

    private void WriteProperties(List<Quad> quads, string indent, int depth)
    {
        var isFirst = true;
        foreach (var property in quads.GroupBy(q => q.Predicate).OrderBy(p => p.Key != s_type))
        {
            if (!isFirst)
                Write(" ;\n" + indent);
            isFirst = false;
            terms.WritePredicate(Text(property.Key));
            var before = " "u8;
            foreach (var quad in property)
            {
                output.Write(before);
                WriteTerm(quad.Object, depth, indent);
                before = ", "u8;
            }
        }
    }

    private void WriteTerm(Term term, int depth, string indent = "")
    {
        if (term is BlankNode node && _inside.Contains(node) && depth == MaxDepth && indent.Length > 0)
        {
            _inside.Remove(node);
            _deferred.Enqueue(node);
        }

        if (depth == MaxDepth || term is not BlankNode inside || !_inside.Contains(inside))
            terms.Write(Text(term));
        else if (TryList(inside, out var members))
            WriteList(members, depth + 1, indent);
        else if (!_bySubject.TryGetValue(inside, out var quads))
            output.Write("[]"u8);
        else
        {
            output.Write("[ "u8);
            WriteProperties(quads, indent + "    ", depth + 1);
            output.Write(" ]"u8);
        }
    }

    private void WriteList(List<Term> members, int depth, string indent)
    {
        output.Write("("u8);
        foreach (var member in members)
        {
            output.Write(" "u8);
            WriteTerm(member, depth, indent);
        }

        output.Write(" )"u8);
    }

    /// <summary>The members of the list that a node begins; false where it is no list that can be written as one.</summary>
    private bool TryList(BlankNode head, out List<Term> members)
    {
        members = [];
        var nodes = new List<BlankNode>();
        for (Term at = head; at != s_nil;)
        {
            var quads = at is BlankNode node && _inside.Contains(node) && !_noLists.Contains(node) && _bySubject.TryGetValue(node, out var found) && found.Count == 2 ? found : [];
            var first = quads.FindIndex(q => q.Predicate is Iri { Value: RdfVocabulary.First });
            var rest = quads.FindIndex(q => q.Predicate is Iri { Value: RdfVocabulary.Rest });
            if (first < 0 || rest < 0)
            {
                _noLists.UnionWith(nodes);
                return false;
            }

            nodes.Add((BlankNode)at);
            members.Add(quads[first].Object);
            at = quads[rest].Object;
        }

        return true;
    }

    private void FindInside(IReadOnlyList<Quad> quads)
    {
        var speaker = new Dictionary<BlankNode, Quad>();
        var outside = new HashSet<BlankNode>();
        var graphs = new Dictionary<BlankNode, Term?>();
        foreach (var quad in quads.Distinct())
        {
            if (quad.Object is BlankNode node && !speaker.TryAdd(node, quad))
                outside.Add(node);
            foreach (var named in Named(quad.Graph).Concat(quad.Object is TripleTerm ? Named(quad.Object) : []))
                outside.Add(named);
            if (quad.Subject is BlankNode subject && !graphs.TryAdd(subject, quad.Graph) && graphs[subject] != quad.Graph)
                outside.Add(subject);
        }

        foreach (var (node, quad) in speaker)
            if (!outside.Contains(node) && (!graphs.TryGetValue(node, out var graph) || graph == quad.Graph))
                _inside.Add(node);
        BreakCircles(speaker);
    }

    /// <summary>Gives one node of each circle a label: all of it would vanish in its own brackets.</summary>
    private void BreakCircles(Dictionary<BlankNode, Quad> speaker)
    {
        var ended = new HashSet<BlankNode>();
        foreach (var start in speaker.Keys)
        {
            var way = new HashSet<BlankNode>();
            BlankNode? at = start;
            while (at is not null && !ended.Contains(at) && way.Add(at))
                at = _inside.Contains(at) && speaker[at].Subject is BlankNode above ? above : null;
            if (at is not null && !ended.Contains(at))
                _inside.Remove(at);
            ended.UnionWith(way);
        }
    }

    private static IEnumerable<BlankNode> Named(Term? term) => term switch
    {
        BlankNode node => [node],
        TripleTerm triple => Named(triple.Subject).Concat(Named(triple.Object)),
        _ => [],
    };

    private ReadOnlySpan<byte> Text(Term term)
    {
        _text.ResetWrittenCount();
        TermText.Write(term, _text);
        return _text.WrittenSpan;
    }

    private void Write(string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
