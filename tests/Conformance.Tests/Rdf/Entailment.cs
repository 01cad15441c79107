using Knowledge.Rdf;

namespace Conformance.Tests.Rdf;

/// <summary>How much a graph is taken to mean.</summary>
internal enum Regime
{
    /// <summary>What its triples say.</summary>
    Simple,

    /// <summary>And RDF's own vocabulary.</summary>
    Rdf,

    /// <summary>And RDF Schema's.</summary>
    Rdfs,

    /// <summary>And that what is the same as something can stand in its place.</summary>
    RdfsPlus,
}

/// <summary>What follows from a small graph, by the rules of RDF 1.1 Semantics until nothing new comes, on generalised triples.</summary>
/// <remarks>Source: RDF 1.1 Semantics, sections 5 (simple), 7 (datatypes), 8.1.1 and 9.2.1 (patterns of RDF and RDFS entailment), and RDF 1.2 Semantics for triple terms.
/// Deviations: values are terms, so a rule on datatypes is equality of terms; axioms on <c>rdf:_n</c> are made for those that occur.</remarks>
internal sealed class Entailment
{
    private const string Rdf = RdfVocabulary.Namespace;
    private const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    private static readonly Iri s_type = new(RdfVocabulary.Type);
    private readonly Regime _regime;
    private readonly RecognizedDatatypes _datatypes;
    private readonly Dictionary<Term, Term> _same = [];
    private HashSet<Triple> _graph = [];

    /// <summary>Works out what follows.</summary>
    /// <param name="premise">The graph.</param>
    /// <param name="conclusion">What is asked about; its membership properties are known too.</param>
    /// <param name="regime">How much is meant.</param>
    /// <param name="datatypes">Datatypes that are known.</param>
    public Entailment(Dataset premise, Dataset conclusion, Regime regime, RecognizedDatatypes datatypes)
    {
        _regime = regime;
        _datatypes = datatypes;
        foreach (var quad in premise.Quads)
            _graph.Add(new Triple(Value(quad.Subject), Value(quad.Predicate), Value(quad.Object)));
        if (regime >= Regime.Rdf)
            Add(EntailmentAxioms.Rdf);
        if (regime >= Regime.Rdfs)
            AddRdfsAxioms(premise.Quads.Concat(conclusion.Quads));
        while (!IsInconsistent && Round())
            continue;
    }

    /// <summary>Whether nothing can be as the graph says; then everything follows.</summary>
    public bool IsInconsistent { get; private set; }

    /// <summary>Whether a graph follows: its nodes can be taken for something so that each triple is there.</summary>
    public bool Entails(Dataset conclusion) => IsInconsistent || Match([.. conclusion.Quads.Select(q => new Triple(Same(q.Subject), Same(q.Predicate), Same(q.Object)))], 0, []);

    private void Add(Dataset axioms) => _graph.UnionWith(axioms.Quads.Select(q => new Triple(q.Subject, q.Predicate, q.Object)));

    private void AddRdfsAxioms(IEnumerable<Quad> quads)
    {
        Add(EntailmentAxioms.Rdfs);
        foreach (var member in quads.SelectMany(q => new[] { q.Subject, q.Predicate, q.Object }).OfType<Iri>().Where(i => i.Value.StartsWith(Rdf + "_", StringComparison.Ordinal)).Distinct().ToList())
            foreach (var (predicate, value) in new[] { (RdfVocabulary.Type, Rdf + "Property"), (RdfVocabulary.Type, Rdfs + "ContainerMembershipProperty"), (Rdfs + "domain", Rdfs + "Resource"), (Rdfs + "range", Rdfs + "Resource") })
                _graph.Add(new Triple(member, new Iri(predicate), new Iri(value)));
        foreach (var name in quads.SelectMany(q => new[] { q.Subject, q.Predicate, q.Object }).OfType<Iri>())
            _graph.Add(new Triple(name, s_type, new Iri(Rdfs + "Resource"))); // what a conclusion names is something too
        foreach (var datatype in _datatypes.All)
        {
            _graph.Add(new Triple(new Iri(datatype), s_type, new Iri(Rdfs + "Datatype")));
            foreach (var witness in RecognizedDatatypes.Witnesses(datatype))
                _graph.Add(new Triple(witness, s_type, new Iri(datatype)));
        }
    }

    /// <summary>A term with its literals as values.</summary>
    private Term Value(Term term)
    {
        if (term is TripleTerm triple)
            return new TripleTerm(Value(triple.Subject), triple.Predicate, Value(triple.Object));
        if (term is not Literal literal)
            return term;
        IsInconsistent |= !_datatypes.TryValue(literal, out var value);
        return value;
    }

    /// <summary>A term of a conclusion: with values for literals that have one, and what is the same as something else replaced.</summary>
    private Term Same(Term term) => term switch
    {
        TripleTerm triple => new TripleTerm(Same(triple.Subject), Same(triple.Predicate) as Iri ?? triple.Predicate, Same(triple.Object)),
        Literal literal when _datatypes.TryValue(literal, out var value) => Found(value),
        _ => Found(term),
    };

    private Term Found(Term term)
    {
        while (_same.TryGetValue(term, out var other))
            term = other;
        return term;
    }

    /// <summary>Applies every rule once.</summary>
    /// <returns>Whether something new came.</returns>
    private bool Round()
    {
        var before = _graph.Count;
        var derived = new List<Triple>();
        if (_regime >= Regime.Rdf)
            RdfRules(derived);
        if (_regime >= Regime.Rdfs)
            RdfsRules(derived);
        _graph.UnionWith(derived);
        FindClashes();
        return Merge() || _graph.Count > before;
    }

    private void RdfRules(List<Triple> derived)
    {
        var type = Found(s_type);
        foreach (var (s, p, o) in _graph.Select(t => (t.Subject, t.Predicate, t.Object)))
        {
            derived.Add(new Triple(p, type, Found(new Iri(Rdf + "Property"))));
            foreach (var term in new[] { s, o })
            {
                if (term is Literal literal)
                    derived.AddRange(_datatypes.All.Where(d => _datatypes.Contains(d, literal) == true).Select(d => new Triple(term, type, Found(new Iri(d)))));
                else if (term is TripleTerm && _regime >= Regime.Rdfs)
                    derived.Add(new Triple(term, type, Found(new Iri(Rdfs + "Proposition"))));
            }
        }
    }

    private void RdfsRules(List<Triple> derived)
    {
        Term T(string name) => Found(new Iri(name));
        var (type, resource) = (T(RdfVocabulary.Type), T(Rdfs + "Resource"));
        var (domain, range, subClass, subProperty) = (T(Rdfs + "domain"), T(Rdfs + "range"), T(Rdfs + "subClassOf"), T(Rdfs + "subPropertyOf"));
        var byPredicate = _graph.ToLookup(t => t.Predicate);
        foreach (var t in _graph)
        {
            derived.Add(new Triple(t.Subject, type, resource));
            derived.Add(new Triple(t.Object, type, resource));
            if (t.Predicate == domain)
                derived.AddRange(byPredicate[t.Subject].Select(u => new Triple(u.Subject, type, t.Object)));
            if (t.Predicate == range)
                derived.AddRange(byPredicate[t.Subject].Select(u => new Triple(u.Object, type, t.Object)));
            if (t.Predicate == subProperty)
            {
                derived.AddRange(byPredicate[t.Subject].Select(u => new Triple(u.Subject, t.Object, u.Object)));
                derived.AddRange(byPredicate[subProperty].Where(u => u.Subject == t.Object).Select(u => new Triple(t.Subject, subProperty, u.Object)));
            }

            if (t.Predicate == subClass)
            {
                derived.AddRange(byPredicate[type].Where(u => u.Object == t.Subject).Select(u => new Triple(u.Subject, type, t.Object)));
                derived.AddRange(byPredicate[subClass].Where(u => u.Subject == t.Object).Select(u => new Triple(t.Subject, subClass, u.Object)));
            }

            if (t.Predicate != type)
                continue;
            if (t.Object == T(Rdf + "Property"))
                derived.Add(new Triple(t.Subject, subProperty, t.Subject));
            if (t.Object == T(Rdfs + "Class"))
                derived.AddRange([new Triple(t.Subject, subClass, resource), new Triple(t.Subject, subClass, t.Subject)]);
            if (t.Object == T(Rdfs + "ContainerMembershipProperty"))
                derived.Add(new Triple(t.Subject, subProperty, T(Rdfs + "member")));
            if (t.Object == T(Rdfs + "Datatype"))
                derived.Add(new Triple(t.Subject, subClass, T(Rdfs + "Literal")));
        }
    }

    /// <summary>A value outside of its type, a datatype that is to be a value, a thing of two types that share no value.</summary>
    private void FindClashes()
    {
        var types = _graph.Where(t => t.Predicate == Found(s_type)).ToLookup(t => t.Subject, t => t.Object);
        foreach (var thing in types)
        {
            var datatypes = _datatypes.All.Where(d => thing.Contains(Found(new Iri(d)))).ToList();
            IsInconsistent |= datatypes.Count > 0 && thing.Key is Iri iri && _datatypes.All.Contains(iri.Value);
            IsInconsistent |= thing.Key is Literal literal && datatypes.Exists(d => _datatypes.Contains(d, literal) == false);
            IsInconsistent |= datatypes.Contains(XsdVocabulary.String) && datatypes.Contains(RdfVocabulary.LangString);
        }
    }

    /// <summary>Puts one term in the place of those that must be the same.</summary>
    private bool Merge()
    {
        var type = Found(s_type);
        var zero = new Literal("0", "value:number");
        var same = new List<(Term One, Term Other)>();
        var negative = Found(new Iri(XsdVocabulary.Namespace + "nonPositiveInteger"));
        var positive = Found(new Iri(XsdVocabulary.Namespace + "nonNegativeInteger"));
        if (_datatypes.All.Contains(XsdVocabulary.Namespace + "nonPositiveInteger") && _datatypes.All.Contains(XsdVocabulary.Namespace + "nonNegativeInteger"))
            same.AddRange(_graph.Where(t => t.Predicate == type && t.Object == negative && t.Subject is not Literal && _graph.Contains(t with { Object = positive }))
                .Select(t => (t.Subject, (Term)zero)));
        if (_regime == Regime.RdfsPlus)
            same.AddRange(_graph.Where(t => t.Predicate is Iri { Value: "http://www.w3.org/2002/07/owl#sameAs" } && t.Subject != t.Object).Select(t => (t.Subject, t.Object)));
        foreach (var (one, other) in same)
            if (Found(one) != Found(other))
                _same[Found(one)] = Found(other);
        if (same.Count == 0)
            return false;
        _graph = [.. _graph.Select(t => new Triple(Replaced(t.Subject), Replaced(t.Predicate), Replaced(t.Object)))];
        return true;
    }

    private Term Replaced(Term term) => term is TripleTerm triple
        ? new TripleTerm(Replaced(triple.Subject), Replaced(triple.Predicate) as Iri ?? triple.Predicate, Replaced(triple.Object)) : Found(term);

    private bool Match(IReadOnlyList<Triple> pattern, int at, Dictionary<BlankNode, Term> taken)
    {
        if (at == pattern.Count)
            return true;
        foreach (var triple in _graph)
        {
            var next = new Dictionary<BlankNode, Term>(taken);
            if (Match(pattern[at].Subject, triple.Subject, next) && Match(pattern[at].Predicate, triple.Predicate, next) && Match(pattern[at].Object, triple.Object, next)
                && Match(pattern, at + 1, next))
                return true;
        }

        return false;
    }

    private static bool Match(Term pattern, Term term, Dictionary<BlankNode, Term> taken) => pattern switch
    {
        BlankNode node => taken.TryGetValue(node, out var known) ? known == term : taken.TryAdd(node, term),
        TripleTerm one => term is TripleTerm other && Match(one.Subject, other.Subject, taken) && Match(one.Predicate, other.Predicate, taken) && Match(one.Object, other.Object, taken),
        _ => pattern == term,
    };
}
