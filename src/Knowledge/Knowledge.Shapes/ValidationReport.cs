using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>What a validation found (SHACL, 3.6).</summary>
/// <param name="Results">Results, in the order in which shapes and nodes were looked at; none where the data conforms.</param>
public sealed record ValidationReport(IReadOnlyList<ValidationResult> Results)
{
    /// <summary>Whether nothing was found, of any severity.</summary>
    public bool Conforms => Results.Count == 0;

    /// <summary>The report in RDF, in the default graph; its own nodes are blank.</summary>
    public IEnumerable<Quad> ToQuads() => ReportQuads.Of(this);
}

/// <summary>One thing that a shape found wrong with a node.</summary>
/// <param name="FocusNode">The node.</param>
/// <param name="Path">Path from it to the value, or null.</param>
/// <param name="Value">The value that is wrong, or null where it is their number.</param>
/// <param name="SourceShape">The shape, a node of the shapes graph.</param>
/// <param name="Component">IRI of the constraint component.</param>
/// <param name="Severity"><c>sh:Violation</c>, <c>sh:Warning</c>, <c>sh:Info</c> or another that the shape gives.</param>
public sealed record ValidationResult(Term FocusNode, ShapePath? Path, Term? Value, Term SourceShape, Iri Component, Iri Severity)
{
    /// <summary>The SPARQL constraint, a node of the shapes graph; null for others.</summary>
    public Term? SourceConstraint { get; init; }

    /// <summary>The shape's own words, each in its language; where it has none, a sentence in English.</summary>
    public IReadOnlyList<Literal> Messages { get; init; } = [];
}
