using System.Buffers;
using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>One graph of a snapshot by terms: what shapes and paths ask of data. Terms that were met are kept.</summary>
internal sealed class GraphView(IQuadSnapshot snapshot, TermId graph)
{
    private readonly Dictionary<TermId, Term> _terms = [];
    private readonly Dictionary<Term, TermId> _ids = [];
    private readonly Dictionary<Term, IReadOnlySet<Term>> _subclasses = [];
    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>A graph of a snapshot by its name.</summary>
    /// <param name="snapshot">The quads.</param>
    /// <param name="name">Its name, or null for the default graph.</param>
    public static GraphView Of(IQuadSnapshot snapshot, Term? name)
    {
        if (name is null)
            return new GraphView(snapshot, TermId.None);
        return snapshot.Terms.TryFind(Encoding.UTF8.GetBytes(name.ToString()), out var id) ? new GraphView(snapshot, id)
            : throw new ArgumentException($"The source has no graph {name}.", nameof(name));
    }

    public IEnumerable<Term> Objects(Term subject, Term predicate) => Others(predicate, PairOrder.SubjectObject, subject);

    public IEnumerable<Term> Subjects(Term predicate, Term @object) => Others(predicate, PairOrder.ObjectSubject, @object);

    /// <summary>Subjects of all triples of a predicate, each once.</summary>
    public IEnumerable<Term> SubjectsOf(Term predicate) => Firsts(predicate, PairOrder.SubjectObject);

    /// <summary>Objects of all triples of a predicate, each once.</summary>
    public IEnumerable<Term> ObjectsOf(Term predicate) => Firsts(predicate, PairOrder.ObjectSubject);

    /// <summary>The triples of a subject.</summary>
    public IEnumerable<(Term Predicate, Term Object)> TriplesOf(Term subject)
    {
        if (!TryId(subject, out var id))
            yield break;
        foreach (var counts in snapshot.Predicates(graph))
            foreach (var pair in Pairs(counts.Predicate, PairOrder.SubjectObject, id))
                yield return (TermOf(counts.Predicate), TermOf(PackedPair.Second(pair)));
    }

    /// <summary>Every triple of the graph.</summary>
    public IEnumerable<Quad> Triples()
    {
        foreach (var counts in snapshot.Predicates(graph))
            foreach (var pair in Pairs(counts.Predicate, PairOrder.SubjectObject, TermId.None))
                yield return new Quad(TermOf(PackedPair.First(pair)), TermOf(counts.Predicate), TermOf(PackedPair.Second(pair)));
    }

    public bool Contains(Term subject, Term predicate, Term @object) =>
        TryId(subject, out var s) && TryId(predicate, out var p) && TryId(@object, out var o) && snapshot.Contains(new QuadIds(s, p, o, graph));

    /// <summary>Whether a node is an instance of a class or of one of its subclasses.</summary>
    public bool IsInstance(Term node, Term @class)
    {
        var classes = Subclasses(@class);
        return Objects(node, ShaclVocabulary.Type).Any(classes.Contains);
    }

    /// <summary>Instances of a class and of its subclasses, each once.</summary>
    public IEnumerable<Term> Instances(Term @class) => Subclasses(@class).SelectMany(c => Subjects(ShaclVocabulary.Type, c)).Distinct();

    private IReadOnlySet<Term> Subclasses(Term @class)
    {
        if (_subclasses.TryGetValue(@class, out var known))
            return known;
        var all = new HashSet<Term> { @class };
        var open = new Queue<Term>([@class]);
        while (open.TryDequeue(out var next))
            foreach (var sub in Subjects(ShaclVocabulary.SubClassOf, next))
                if (all.Add(sub))
                    open.Enqueue(sub);
        return _subclasses[@class] = all;
    }

    private IEnumerable<Term> Others(Term predicate, PairOrder order, Term first)
    {
        if (!TryId(predicate, out var p) || !TryId(first, out var id))
            yield break;
        foreach (var pair in Pairs(p, order, id))
            yield return TermOf(PackedPair.Second(pair));
    }

    private IEnumerable<Term> Firsts(Term predicate, PairOrder order)
    {
        if (!TryId(predicate, out var p))
            yield break;
        var last = TermId.None;
        foreach (var pair in Pairs(p, order, TermId.None))
        {
            var first = PackedPair.First(pair);
            if (first != last)
                yield return TermOf(last = first);
        }
    }

    private IEnumerable<ulong> Pairs(TermId predicate, PairOrder order, TermId first)
    {
        using var cursor = snapshot.Pairs(graph, predicate, order, first);
        while (cursor.Next().ToArray() is { Length: > 0 } block)
            foreach (var pair in block)
                yield return pair;
    }

    private bool TryId(Term term, out TermId id)
    {
        if (!_ids.TryGetValue(term, out id))
        {
            snapshot.Terms.TryFind(Encoding.UTF8.GetBytes(term.ToString()), out id);
            _ids[term] = id;
        }

        return !id.IsNone;
    }

    private Term TermOf(TermId id)
    {
        if (_terms.TryGetValue(id, out var term))
            return term;
        _text.ResetWrittenCount();
        snapshot.Terms.Write(id, _text);
        term = TermText.Parse(_text.WrittenSpan);
        _ids[term] = id;
        return _terms[id] = term;
    }
}
