using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>The triples of a shapes graph by subject and by object, and values as SHACL asks for them.</summary>
internal sealed class ShapesSource
{
    private static readonly Iri s_first = new(RdfVocabulary.First);
    private static readonly Iri s_rest = new(RdfVocabulary.Rest);
    private static readonly Iri s_nil = new(RdfVocabulary.Nil);
    private readonly ILookup<(Term, Term), Term> _objects;
    private readonly ILookup<(Term, Term), Term> _subjects;
    private readonly ILookup<Term, Term> _subjectsOf;

    public ShapesSource(IEnumerable<Quad> quads)
    {
        var triples = quads.Select(q => (q.Subject, q.Predicate, q.Object)).Distinct().ToList();
        _objects = triples.ToLookup(t => (t.Subject, t.Predicate), t => t.Object);
        _subjects = triples.ToLookup(t => (t.Predicate, t.Object), t => t.Subject);
        _subjectsOf = triples.ToLookup(t => t.Predicate, t => t.Subject);
    }

    public IEnumerable<Term> Objects(Term subject, Term predicate) => _objects[(subject, predicate)];

    public IEnumerable<Term> Objects(Term subject, string name) => Objects(subject, ShaclVocabulary.Of(name));

    public IEnumerable<Term> Subjects(Term predicate, Term @object) => _subjects[(predicate, @object)];

    public IEnumerable<Term> SubjectsOf(string name) => _subjectsOf[ShaclVocabulary.Of(name)].Distinct();

    /// <summary>The one value of a property of SHACL's, or null.</summary>
    public Term? Value(Term subject, string name)
    {
        Term? found = null;
        foreach (var value in Objects(subject, name))
            found = found is null ? value : throw new ShapesException(subject, $"sh:{name} has several values; one is allowed.");
        return found;
    }

    public int? Integer(Term subject, string name) => Value(subject, name) is not { } value ? null
        : value is Literal { Datatype: XsdVocabulary.Integer } literal && int.TryParse(literal.Lexical, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ShapesException(subject, $"sh:{name} is {value}; it must be an xsd:integer of at most 2,147,483,647.");

    public bool IsTrue(Term subject, string name) => Value(subject, name) is { } value
        && (value is Literal { Datatype: XsdVocabulary.Boolean, Lexical: "true" or "false" or "1" or "0" } flag ? flag.Lexical is "true" or "1"
            : throw new ShapesException(subject, $"sh:{name} is {value}; it must be true or false."));

    public IReadOnlyList<Literal> Messages(Term subject) => [.. Objects(subject, ShaclVocabulary.Message).Select(m => m as Literal ?? throw new ShapesException(subject, $"sh:message is {m}; it must be a string."))];

    /// <summary>Items of a list.</summary>
    public IReadOnlyList<Term> List(Term head)
    {
        var items = new List<Term>();
        var seen = new HashSet<Term>();
        for (var at = head; at != s_nil;)
        {
            if (!seen.Add(at) || Objects(at, s_first).ToArray() is not [var item] || Objects(at, s_rest).ToArray() is not [var rest])
                throw new ShapesException(head, "This is no list: each of its nodes needs one rdf:first and one rdf:rest, up to rdf:nil.");
            items.Add(item);
            at = rest;
        }

        return items;
    }

    /// <summary>Whether a node is the head of a list that has an item.</summary>
    public bool IsList(Term node) => Objects(node, s_first).Any();

    /// <summary>Instances of a class and of its subclasses in this graph.</summary>
    public IEnumerable<Term> Instances(Term @class)
    {
        var seen = new HashSet<Term> { @class };
        var open = new Queue<Term>(seen);
        var nodes = new HashSet<Term>();
        while (open.TryDequeue(out var next))
        {
            nodes.UnionWith(Subjects(ShaclVocabulary.Type, next));
            foreach (var sub in Subjects(ShaclVocabulary.SubClassOf, next))
                if (seen.Add(sub))
                    open.Enqueue(sub);
        }

        return nodes;
    }
}
