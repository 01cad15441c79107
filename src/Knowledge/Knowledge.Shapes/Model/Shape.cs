using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>A node shape or a property shape, read from a shapes graph.</summary>
internal sealed class Shape(Term node)
{
    /// <summary>Its node in the shapes graph.</summary>
    public Term Node { get; } = node;

    /// <summary>Path of a property shape; null for a node shape.</summary>
    public ShapePath? Path { get; set; }

    public bool IsDeactivated { get; set; }

    public Iri Severity { get; set; } = ShaclVocabulary.Violation;

    public IReadOnlyList<Literal> Messages { get; set; } = [];

    public IReadOnlyList<Constraint> Constraints { get; set; } = [];
}

/// <summary>Which nodes a shape is about (SHACL, 2.1.3).</summary>
internal abstract record Target
{
    public abstract IEnumerable<Term> Nodes(GraphView data);
}

/// <summary><c>sh:targetNode</c>.</summary>
internal sealed record NodeTarget(Term Node) : Target
{
    public override IEnumerable<Term> Nodes(GraphView data) => [Node];
}

/// <summary><c>sh:targetClass</c>, and shapes that are classes.</summary>
internal sealed record ClassTarget(Term Class) : Target
{
    public override IEnumerable<Term> Nodes(GraphView data) => data.Instances(Class);
}

/// <summary><c>sh:targetSubjectsOf</c>.</summary>
internal sealed record SubjectsTarget(Term Predicate) : Target
{
    public override IEnumerable<Term> Nodes(GraphView data) => data.SubjectsOf(Predicate);
}

/// <summary><c>sh:targetObjectsOf</c>.</summary>
internal sealed record ObjectsTarget(Term Predicate) : Target
{
    public override IEnumerable<Term> Nodes(GraphView data) => data.ObjectsOf(Predicate);
}
