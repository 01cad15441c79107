using System.Collections.Immutable;
using System.Globalization;

namespace Knowledge.Rules;

/// <summary>A conclusion's triples: which are statements, which are parts of the classes and lists that statements name, and what these parts mean.</summary>
/// <remarks>Source: OWL 2 Mapping to RDF Graphs, section 3.</remarks>
internal sealed class ConclusionGraph
{
    private const int MaxDepth = 64;
    private const int MaxMembers = 10_000;

    private readonly ILookup<Term, Triple> _bySubject;
    private readonly HashSet<Term> _annotations;
    private readonly OwlSemantics _semantics;

    public ConclusionGraph(IReadOnlyCollection<Triple> triples, OwlSemantics semantics)
    {
        _semantics = semantics;
        _bySubject = triples.ToLookup(t => t.Subject);
        _annotations = [.. triples.Where(t => t.Predicate == OwlVocabulary.Type && OwlVocabulary.Name(t.Object) == "AnnotationProperty").Select(t => t.Subject)];
        Statements = [.. triples.Where(t => !IsPart(t)).OrderBy(t => t.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Triples that are to follow.</summary>
    public ImmutableArray<Triple> Statements { get; }

    /// <summary>Whether a node stands for a class, a list or an axiom.</summary>
    public bool IsStructure(Term node) => _semantics == OwlSemantics.Direct && node is BlankNode && _bySubject[node].Any(t =>
        (t.Predicate is Iri p && OwlVocabulary.Structure.Contains(p.Value)) || (t.Predicate == OwlVocabulary.InverseOf && t.Object is Iri) ||
        (t.Predicate == OwlVocabulary.Type && t.Object is Iri type && (OwlVocabulary.Declarations.Contains(type.Value) || OwlVocabulary.AxiomNodes.Contains(type.Value))));

    /// <summary>Whether a term stands for an individual without a name.</summary>
    public bool IsAnonymous(Term term) => term is BlankNode && !IsStructure(term);

    /// <summary>Whether the Direct Semantics gives a statement no meaning: it declares a name, or it annotates.</summary>
    public bool IsWithoutMeaning(Triple statement) => _semantics == OwlSemantics.Direct && (IsDeclaration(statement) || IsAnnotation(statement));

    private static bool IsDeclaration(Triple statement) => statement.Predicate == OwlVocabulary.Type && statement.Object is Iri type && OwlVocabulary.Declarations.Contains(type.Value);

    private bool IsAnnotation(Triple statement) => (statement.Predicate is Iri predicate && OwlVocabulary.Annotations.Contains(predicate.Value)) || _annotations.Contains(statement.Predicate);

    /// <summary>The value of a node's property; null where it has none, or more than one.</summary>
    public Term? Value(Term node, string property) => Value(node, OwlVocabulary.Of(property));

    /// <summary>Members of a list; null where it is none.</summary>
    public ImmutableArray<Term>? List(Term? node)
    {
        var members = ImmutableArray.CreateBuilder<Term>();
        for (; node is not null && node != OwlVocabulary.Nil; node = Value(node, OwlVocabulary.Rest))
        {
            if (Value(node, OwlVocabulary.First) is not { } member || members.Count >= MaxMembers)
                return null;
            members.Add(member);
        }

        return node is null ? null : members.ToImmutable();
    }

    /// <summary>The property, or the inverse of one, that a term stands for; null where it is neither.</summary>
    public Role? RoleOf(Term? term) => term is Iri iri ? new Role(iri, false) : term is not null && Value(term, "inverseOf") is Iri inverse ? new Role(inverse, true) : null;

    /// <summary>The class that a term stands for; null where it is not written as one that is known here.</summary>
    public ClassExpression? Class(Term? term, int depth = 0)
    {
        if (term is Iri name)
            return new NamedClass(name);
        if (term is not BlankNode || depth > MaxDepth)
            return null;
        return Definition(term, depth) ?? Restriction(term, depth);
    }

    /// <summary>What a node says a class to be by its members; null where it does not.</summary>
    public ClassExpression? Definition(Term node, int depth = 0)
    {
        if (Value(node, "intersectionOf") is { } all)
            return Classes(List(all), depth) is { } members ? new IntersectionClass(members) : null;
        if (Value(node, "unionOf") is { } any)
            return Classes(List(any), depth) is { } members ? new UnionClass(members) : null;
        if (Value(node, "oneOf") is { } these)
            return List(these) is { } members && !members.Any(IsAnonymous) ? new EnumeratedClass(members) : null;
        return (Value(node, "complementOf") ?? Value(node, "datatypeComplementOf")) is { } other ? Class(other, depth + 1)?.Negated : null;
    }

    /// <summary>The classes that terms stand for; null where one is not known here.</summary>
    public ImmutableArray<ClassExpression>? Classes(ImmutableArray<Term>? terms, int depth = 0)
    {
        var classes = terms?.Select(t => Class(t, depth + 1)).ToList();
        return classes is null || classes.Contains(null) ? null : [.. classes.OfType<ClassExpression>()];
    }

    private ClassExpression? Restriction(Term node, int depth)
    {
        if (RoleOf(Value(node, "onProperty")) is not { } role)
            return null;
        if (Value(node, "someValuesFrom") is { } some)
            return Class(some, depth + 1) is { } filler ? new SomeClass(role, filler) : null;
        if (Value(node, "allValuesFrom") is { } every)
            return Class(every, depth + 1) is { } filler ? new AllClass(role, filler) : null;
        if (Value(node, "hasValue") is { } value)
            return IsAnonymous(value) ? null : new ValueClass(role, value);
        if (Value(node, "hasSelf") is Literal { Lexical: "true" or "1" })
            return new ValueClass(role, null);
        var range = Value(node, "onClass") ?? Value(node, "onDataRange");
        if (Class(range ?? OwlVocabulary.Thing, depth + 1) is not { } counted)
            return null;
        if (Count(node, "minCardinality", "minQualifiedCardinality") is { } least)
            return new AtLeastClass(role, least, counted);
        if (Count(node, "maxCardinality", "maxQualifiedCardinality") is { } most)
            return new AtMostClass(role, most, counted);
        return Count(node, "cardinality", "qualifiedCardinality") is { } exact ? new IntersectionClass([new AtLeastClass(role, exact, counted), new AtMostClass(role, exact, counted)]) : null;
    }

    private int? Count(Term node, string plain, string qualified) =>
        (Value(node, plain) ?? Value(node, qualified)) is Literal number && int.TryParse(number.Lexical, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private Term? Value(Term node, Iri property)
    {
        var values = _bySubject[node].Where(t => t.Predicate == property).Select(t => t.Object).Take(2).ToList();
        return values.Count == 1 ? values[0] : null;
    }

    /// <summary>Whether a triple belongs to the node of a class or a list. The node of an axiom is a statement by its type.</summary>
    private bool IsPart(Triple triple)
    {
        if (triple.Subject is not BlankNode || !IsStructure(triple.Subject))
            return false;
        return triple.Predicate == OwlVocabulary.Type
            ? triple.Object is Iri type && !OwlVocabulary.AxiomNodes.Contains(type.Value)
            : triple.Predicate is Iri p && (OwlVocabulary.Structure.Contains(p.Value) || triple.Predicate == OwlVocabulary.InverseOf);
    }
}
