namespace Knowledge.Rules;

/// <summary>IRIs of OWL 2 and RDF Schema that conclusions are read by.</summary>
internal static class OwlVocabulary
{
    public const string Owl = "http://www.w3.org/2002/07/owl#";
    public const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";

    public static readonly Iri Type = new(RdfVocabulary.Type);
    public static readonly Iri First = new(RdfVocabulary.First);
    public static readonly Iri Rest = new(RdfVocabulary.Rest);
    public static readonly Iri Nil = new(RdfVocabulary.Nil);
    public static readonly Iri Thing = Of("Thing");
    public static readonly Iri Nothing = Of("Nothing");
    public static readonly Iri SameAs = Of("sameAs");
    public static readonly Iri DifferentFrom = Of("differentFrom");
    public static readonly Iri ComplementOf = Of("complementOf");
    public static readonly Iri IntersectionOf = Of("intersectionOf");
    public static readonly Iri UnionOf = Of("unionOf");
    public static readonly Iri OneOf = Of("oneOf");
    public static readonly Iri OnProperty = Of("onProperty");
    public static readonly Iri OnClass = Of("onClass");
    public static readonly Iri AllValuesFrom = Of("allValuesFrom");
    public static readonly Iri MaxCardinality = Of("maxCardinality");
    public static readonly Iri MaxQualifiedCardinality = Of("maxQualifiedCardinality");
    public static readonly Iri InverseOf = Of("inverseOf");
    public static readonly Iri HasKey = Of("hasKey");
    public static readonly Iri Members = Of("members");
    public static readonly Iri SourceIndividual = Of("sourceIndividual");
    public static readonly Iri AssertionProperty = Of("assertionProperty");
    public static readonly Iri TargetIndividual = Of("targetIndividual");
    public static readonly Iri TargetValue = Of("targetValue");

    /// <summary>Types that declare what kind of name something is, and say nothing else under the Direct Semantics.</summary>
    public static readonly IReadOnlySet<string> Declarations = new HashSet<string>
    {
        Owl + "Class", Owl + "ObjectProperty", Owl + "DatatypeProperty", Owl + "AnnotationProperty", Owl + "NamedIndividual", Owl + "Ontology", Owl + "OntologyProperty", Owl + "Restriction",
        Owl + "DataRange", Rdfs + "Class", Rdfs + "Datatype", RdfVocabulary.Namespace + "Property", RdfVocabulary.Namespace + "List",
    };

    /// <summary>Annotation properties that need no declaration: section 5.5 of the OWL 2 Structural Specification; those of ontologies too.</summary>
    public static readonly IReadOnlySet<string> Annotations = new HashSet<string>
    {
        Rdfs + "label", Rdfs + "comment", Rdfs + "seeAlso", Rdfs + "isDefinedBy", Owl + "deprecated", Owl + "versionInfo", Owl + "priorVersion", Owl + "backwardCompatibleWith",
        Owl + "incompatibleWith", Owl + "imports", Owl + "versionIRI",
    };

    /// <summary>Predicates whose subject, where it is a blank node, is a part of a class, a list or an axiom, and no individual.</summary>
    public static readonly IReadOnlySet<string> Structure = new HashSet<string>
    {
        RdfVocabulary.First, RdfVocabulary.Rest, Owl + "onProperty", Owl + "onProperties", Owl + "onClass", Owl + "onDataRange", Owl + "onDatatype", Owl + "withRestrictions", Owl + "intersectionOf",
        Owl + "unionOf", Owl + "complementOf", Owl + "datatypeComplementOf", Owl + "oneOf", Owl + "someValuesFrom", Owl + "allValuesFrom", Owl + "hasValue", Owl + "hasSelf", Owl + "minCardinality",
        Owl + "maxCardinality", Owl + "cardinality", Owl + "minQualifiedCardinality", Owl + "maxQualifiedCardinality", Owl + "qualifiedCardinality", Owl + "members", Owl + "distinctMembers",
        Owl + "sourceIndividual", Owl + "assertionProperty", Owl + "targetIndividual", Owl + "targetValue",
    };

    /// <summary>Types of the nodes of axioms about several things.</summary>
    public static readonly IReadOnlySet<string> AxiomNodes = new HashSet<string>
    {
        Owl + "AllDifferent", Owl + "AllDisjointClasses", Owl + "AllDisjointProperties", Owl + "NegativePropertyAssertion",
    };

    /// <summary>A name of OWL's vocabulary.</summary>
    public static Iri Of(string name) => new(Owl + name);

    /// <summary>The local name of an IRI of OWL or RDF Schema; null for others.</summary>
    public static string? Name(Term term) => term is not Iri { Value: var iri } ? null
        : iri.StartsWith(Owl, StringComparison.Ordinal) ? iri[Owl.Length..] : iri.StartsWith(Rdfs, StringComparison.Ordinal) ? iri[Rdfs.Length..] : null;
}
