using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary><c>sh:sparql</c> (SHACL, 5): each solution is a result.</summary>
internal sealed record SparqlConstraint(ShapeQuery Query) : Constraint(Core("SPARQL"))
{
    private static readonly Dictionary<string, Term> s_none = [];

    public static SparqlConstraint Read(ShapesSource source, Shape shape, Term node) => new(ShapeQuery.Read(source, node, "select", shape.Path));

    public override void Validate(Check check) => Query.ReportSolutions(check, Component, s_none, Query.Node);
}

/// <summary>A constraint of a component that the shapes graph itself declares (SHACL, 6).</summary>
/// <param name="Component">IRI of the component.</param>
/// <param name="Query">Its validator for this kind of shape.</param>
/// <param name="Parameters">Values of its parameters by name.</param>
internal sealed record ComponentConstraint(Iri Component, ShapeQuery Query, IReadOnlyDictionary<string, Term> Parameters) : Constraint(Component)
{
    public override void Validate(Check check)
    {
        if (!Query.IsAsk)
        {
            Query.ReportSolutions(check, Component, Parameters, null);
            return;
        }

        foreach (var value in check.Values)
        {
            var values = new Dictionary<string, Term>(Parameters, StringComparer.Ordinal) { ["value"] = value };
            if (!Query.Ask(check, values))
                check.Report(new ValidationResult(check.Focus, check.Shape.Path, value, check.Shape.Node, Component, check.Shape.Severity) { Messages = Query.MessagesFor(check, values) });
        }
    }
}

/// <summary>A declared constraint component: its parameters and validators (SHACL, 6.2).</summary>
/// <param name="Component">Its IRI.</param>
/// <param name="Parameters">Parameters: name, property, and whether a value may be missing.</param>
internal sealed record SparqlComponent(Iri Component, IReadOnlyList<(string Name, Iri Property, bool IsOptional)> Parameters)
{
    public static IReadOnlyList<SparqlComponent> All(ShapesSource source)
    {
        var all = new List<SparqlComponent>();
        foreach (var node in source.Instances(ShaclVocabulary.Of("ConstraintComponent")))
            if (node is Iri iri && s_validators.Any(v => source.Objects(node, v).Any()))
                all.Add(new SparqlComponent(iri, [.. source.Objects(node, "parameter").Select(p => Parameter(source, p))]));
        return all;
    }

    private static readonly string[] s_validators = ["validator", "nodeValidator", "propertyValidator"];

    private static (string, Iri, bool) Parameter(ShapesSource source, Term node)
    {
        if (source.Value(node, "path") is not Iri path)
            throw new ShapesException(node, "A parameter needs an IRI as its sh:path.");
        return (path.Value[(path.Value.LastIndexOfAny(['#', '/', ':']) + 1)..], path, source.IsTrue(node, "optional"));
    }

    /// <summary>The constraints that a shape has by its values of the parameters.</summary>
    public IEnumerable<Constraint> ConstraintsOf(ShapesSource source, Shape shape)
    {
        if (Parameters.Count == 0 || Parameters.Any(p => !p.IsOptional && !source.Objects(shape.Node, p.Property).Any()))
            yield break;
        var query = Validator(source, shape);
        if (Parameters is [var single])
        {
            foreach (var value in source.Objects(shape.Node, single.Property))
                yield return new ComponentConstraint(Component, query, new Dictionary<string, Term>(StringComparer.Ordinal) { [single.Name] = value });
            yield break;
        }

        var values = new Dictionary<string, Term>(StringComparer.Ordinal);
        foreach (var (name, property, _) in Parameters)
            if (source.Objects(shape.Node, property).ToArray() is { Length: > 0 } given)
                values[name] = given is [var one] ? one : throw new ShapesException(shape.Node, $"{property} has several values; the component {Component} has several parameters, and takes one of each.");
        yield return new ComponentConstraint(Component, query, values);
    }

    private ShapeQuery Validator(ShapesSource source, Shape shape)
    {
        var own = source.Objects(Component, shape.Path is null ? "nodeValidator" : "propertyValidator").FirstOrDefault();
        if (own is not null)
            return ShapeQuery.Read(source, own, "select", shape.Path);
        return source.Objects(Component, "validator").FirstOrDefault() is { } general ? ShapeQuery.Read(source, general, "ask", null)
            : throw new ShapesException(Component, $"The component has no validator for the {(shape.Path is null ? "node" : "property")} shape {shape.Node}.");
    }
}
