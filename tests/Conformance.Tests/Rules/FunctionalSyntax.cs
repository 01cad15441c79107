using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Rules;

/// <summary>Reads OWL 2's functional syntax to triples: axioms and expressions of the OWL 2 RL profile, without annotations and restrictions of datatypes by facets.</summary>
/// <remarks>Source: OWL 2 Structural Specification, Functional-Style Syntax; OWL 2 Mapping to RDF Graphs, section 2. Four of the working group's cases are written in it alone.</remarks>
internal sealed class FunctionalSyntax
{
    private const string Owl = "http://www.w3.org/2002/07/owl#";
    private const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";

    private readonly IReadOnlyList<string> _tokens;
    private readonly Dictionary<string, string> _prefixes = new() { ["owl:"] = Owl, ["rdfs:"] = Rdfs, ["rdf:"] = RdfVocabulary.Namespace, ["xsd:"] = XsdVocabulary.Namespace };
    private readonly Dataset _triples = new();
    private int _at;
    private int _nodes;

    private FunctionalSyntax(string text) => _tokens = [.. FunctionalTokens.Of(text)];

    /// <summary>The triples of an ontology document.</summary>
    /// <exception cref="TestFailedException">The document is written with something that is not read here.</exception>
    public static Dataset Parse(string text)
    {
        var reader = new FunctionalSyntax(text);
        while (reader.Take() is "Prefix")
        {
            reader.Expect("(");
            var name = reader.Take();
            reader.Expect("=");
            reader._prefixes[name] = reader.Take().Trim('<', '>');
            reader.Expect(")");
        }

        if (reader._tokens[reader._at - 1] != "Ontology")
            throw reader.Unread(reader._tokens[reader._at - 1]);
        reader.Expect("(");
        var ontology = reader.Next.StartsWith('<') ? reader.Node() : reader.Fresh();
        reader.Add(ontology, RdfVocabulary.Type, Name("Ontology"));
        while (reader.Next != ")")
            reader.Axiom();
        return reader._triples;
    }

    private string Next => _at < _tokens.Count ? _tokens[_at] : "";

    private static Iri Name(string local) => new(Owl + local);

    private void Axiom()
    {
        var name = Take();
        Expect("(");
        switch (name)
        {
            case "Import":
                Add(_triples.Quads.First(q => q.Object == Name("Ontology")).Subject, Owl + "imports", Node());
                break;
            case "Declaration":
                var kind = Take();
                Expect("(");
                Add(Node(), RdfVocabulary.Type, new Iri(kind == "Datatype" ? Rdfs + kind : Owl + (kind == "DataProperty" ? "DatatypeProperty" : kind)));
                Expect(")");
                break;
            case "ClassAssertion":
                var of = Node();
                Add(Node(), RdfVocabulary.Type, of);
                break;
            case "ObjectPropertyAssertion" or "DataPropertyAssertion":
                var (predicate, subject) = (Node(), Node());
                Add(subject, ((Iri)predicate).Value, Node());
                break;
            case "NegativeObjectPropertyAssertion" or "NegativeDataPropertyAssertion":
                var denied = Fresh();
                Add(denied, RdfVocabulary.Type, Name("NegativePropertyAssertion"));
                Add(denied, Owl + "assertionProperty", Node());
                Add(denied, Owl + "sourceIndividual", Node());
                Add(denied, Owl + (name.Contains("Object", StringComparison.Ordinal) ? "targetIndividual" : "targetValue"), Node());
                break;
            case "SubObjectPropertyOf" when Next == "ObjectPropertyChain":
                Take();
                var chain = Arguments();
                Add(Node(), Owl + "propertyChainAxiom", List(chain));
                break;
            case "HasKey":
                var keyed = Node();
                Add(keyed, Owl + "hasKey", List([.. Arguments(), .. Arguments()]));
                break;
            default:
                Simple(name);
                break;
        }

        Expect(")");
    }

    /// <summary>Axioms of one property, of two terms, or of any number of them.</summary>
    private void Simple(string name)
    {
        var isSeveral = name is "EquivalentClasses" or "EquivalentObjectProperties" or "EquivalentDataProperties" or "SameIndividual" or "DisjointClasses" or "DisjointObjectProperties"
            or "DisjointDataProperties" or "DifferentIndividuals";
        List<Term> terms = [];
        while (Next != ")")
            terms.Add(Node());
        var bare = name.Replace("ObjectProperty", "Property", StringComparison.Ordinal).Replace("DataProperty", "Property", StringComparison.Ordinal)
            .Replace("ObjectProperties", "Properties", StringComparison.Ordinal).Replace("DataProperties", "Properties", StringComparison.Ordinal);
        if (terms.Count == 1 && bare.EndsWith("Property", StringComparison.Ordinal))
            Add(terms[0], RdfVocabulary.Type, Name(bare));
        else if (bare is "DisjointClasses" or "DisjointProperties" or "DifferentIndividuals" && terms.Count > 2)
            Members(bare == "DifferentIndividuals" ? "AllDifferent" : "All" + bare, terms);
        else if (Predicate(bare) is { } predicate && (terms.Count == 2 || isSeveral))
            for (var i = 0; i + 1 < terms.Count; i++)
                Add(terms[i], predicate, terms[i + 1]);
        else
            throw Unread(name);
    }

    private static string? Predicate(string axiom) => axiom switch
    {
        "SubClassOf" => Rdfs + "subClassOf",
        "SubPropertyOf" => Rdfs + "subPropertyOf",
        "PropertyDomain" => Rdfs + "domain",
        "PropertyRange" => Rdfs + "range",
        "InverseProperties" => Owl + "inverseOf",
        "EquivalentClasses" => Owl + "equivalentClass",
        "EquivalentProperties" => Owl + "equivalentProperty",
        "DisjointClasses" => Owl + "disjointWith",
        "DisjointProperties" => Owl + "propertyDisjointWith",
        "SameIndividual" => Owl + "sameAs",
        "DifferentIndividuals" => Owl + "differentFrom",
        _ => null,
    };

    private void Members(string type, List<Term> terms)
    {
        var axiom = Fresh();
        Add(axiom, RdfVocabulary.Type, Name(type));
        Add(axiom, Owl + "members", List(terms));
    }

    /// <summary>A name, a literal, or an expression with its triples.</summary>
    private Term Node()
    {
        var token = Take();
        if (Next == "(")
            return Expression(token);
        if (token.StartsWith('"'))
            return Literal(token);
        if (token.StartsWith("_:", StringComparison.Ordinal))
            return new BlankNode(token[2..]);
        return Iri(token);
    }

    private BlankNode Expression(string name)
    {
        var node = Fresh();
        if (name == "ObjectInverseOf")
        {
            Add(node, Owl + "inverseOf", Arguments().Single());
            return node;
        }

        var kind = name.Replace("Object", "", StringComparison.Ordinal).Replace("Data", "", StringComparison.Ordinal);
        var arguments = Arguments();
        var predicate = char.ToLowerInvariant(kind[0]) + kind[1..];
        Add(node, RdfVocabulary.Type, new Iri(kind is "IntersectionOf" or "UnionOf" or "ComplementOf" or "OneOf"
            ? name.StartsWith("Data", StringComparison.Ordinal) ? Rdfs + "Datatype" : Owl + "Class" : Owl + "Restriction"));
        switch (kind)
        {
            case "IntersectionOf" or "UnionOf" or "OneOf":
                Add(node, Owl + predicate, List(arguments));
                break;
            case "ComplementOf":
                Add(node, Owl + (name == "DataComplementOf" ? "datatypeComplementOf" : "complementOf"), arguments[0]);
                break;
            case "SomeValuesFrom" or "AllValuesFrom" or "HasValue":
                Add(node, Owl + "onProperty", arguments[0]);
                Add(node, Owl + predicate, arguments[1]);
                break;
            case "HasSelf":
                Add(node, Owl + "onProperty", arguments[0]);
                Add(node, Owl + predicate, new Literal("true", XsdVocabulary.Boolean));
                break;
            case "MinCardinality" or "MaxCardinality" or "ExactCardinality":
                var count = kind.Replace("Exact", "", StringComparison.Ordinal);
                count = arguments.Count > 2 ? count.Replace("Cardinality", "QualifiedCardinality", StringComparison.Ordinal) : count;
                Add(node, Owl + "onProperty", arguments[1]);
                Add(node, Owl + char.ToLowerInvariant(count[0]) + count[1..], arguments[0]);
                if (arguments.Count > 2)
                    Add(node, Owl + (name.StartsWith("Data", StringComparison.Ordinal) ? "onDataRange" : "onClass"), arguments[2]);
                break;
            default:
                throw Unread(name);
        }

        return node;
    }

    private List<Term> Arguments()
    {
        Expect("(");
        List<Term> terms = [];
        while (Next != ")")
            terms.Add(char.IsAsciiDigit(Next[0]) ? new Literal(Take(), XsdVocabulary.Namespace + "nonNegativeInteger") : Node());
        Expect(")");
        return terms;
    }

    private Term List(IReadOnlyList<Term> members)
    {
        Term list = new Iri(RdfVocabulary.Nil);
        foreach (var member in members.Reverse())
        {
            var next = Fresh();
            Add(next, RdfVocabulary.First, member);
            Add(next, RdfVocabulary.Rest, list);
            list = next;
        }

        return list;
    }

    private Literal Literal(string token)
    {
        var text = token[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        if (Next.StartsWith('@'))
            return Knowledge.Rdf.Literal.InLanguage(text, Take()[1..]);
        if (Next != "^^")
            return new Literal(text);
        Take();
        return new Literal(text, Iri(Take()).Value);
    }

    private Iri Iri(string token)
    {
        if (token.StartsWith('<'))
            return new Iri(token[1..^1]);
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && _prefixes.TryGetValue(token[..(colon + 1)], out var prefix) ? new Iri(prefix + token[(colon + 1)..]) : throw Unread(token);
    }

    private BlankNode Fresh() => new($"fs{++_nodes}");

    private void Add(Term subject, string predicate, Term @object) => _triples.Add(new Triple(subject, new Iri(predicate), @object));

    private string Take() => _at < _tokens.Count ? _tokens[_at++] : throw new TestFailedException("The ontology ends before it is complete.");

    private void Expect(string token)
    {
        if (Take() is var found && found != token)
            throw new TestFailedException($"'{found}' stands where '{token}' should.");
    }

    private TestFailedException Unread(string what) => new($"'{what}' (word {_at}) is not read here.");
}

/// <summary>Words of functional syntax.</summary>
internal static partial class FunctionalTokens
{
    /// <summary>The words of a text, without white space and comments.</summary>
    public static IEnumerable<string> Of(string text) => Word().Matches(text).Select(m => m.Value).Where(w => !w.StartsWith('#'));

    [System.Text.RegularExpressions.GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|<[^>]*>|\^\^|@[A-Za-z0-9-]+|[()=]|\#[^\n]*|[^\s()="<^@]+
        """, System.Text.RegularExpressions.RegexOptions.IgnorePatternWhitespace)]
    private static partial System.Text.RegularExpressions.Regex Word();
}
