using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>One validation of one snapshot.</summary>
internal sealed class Validation(IQuadSnapshot snapshot, ShapesGraph shapes, ValidationOptions options)
{
    private int _depth;

    public GraphView Data { get; } = GraphView.Of(snapshot, options.DataGraph);

    public ValidationOptions Options => options;

    public IQuadSnapshot Snapshot => snapshot;

    public ShapesGraph Shapes => shapes;

    public ValidationReport Run()
    {
        var results = new List<ValidationResult>();
        foreach (var (shape, targets) in shapes.Targets)
        {
            if (shape.IsDeactivated)
                continue;
            foreach (var focus in targets.SelectMany(t => t.Nodes(Data)).Distinct())
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                Validate(shape, focus, results);
            }
        }

        return new ValidationReport(results);
    }

    /// <summary>Validates one node against one shape.</summary>
    public void Validate(Shape shape, Term focus, List<ValidationResult> results)
    {
        if (shape.IsDeactivated)
            return;
        if (++_depth > options.MaxDepth)
            throw new ValidationLimitException(nameof(ValidationOptions.MaxDepth), $"Shapes refer to shapes more than {options.MaxDepth} deep, the last {shape.Node} for {focus}; a shape that comes back to itself has no defined meaning.");
        IReadOnlyList<Term> values = shape.Path is null ? [focus] : [.. shape.Path.Follow(Data, focus)];
        var check = new Check(this, shape, focus, values, results);
        foreach (var constraint in shape.Constraints)
            constraint.Validate(check);
        _depth--;
    }

    /// <summary>Whether a node conforms to a shape.</summary>
    public bool Conforms(Shape shape, Term node)
    {
        var results = new List<ValidationResult>();
        Validate(shape, node, results);
        return results.Count == 0;
    }
}

/// <summary>One shape on one focus node.</summary>
/// <param name="Run">The validation.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Focus">The focus node.</param>
/// <param name="Values">The value nodes, each once.</param>
/// <param name="Results">Takes what is found.</param>
internal sealed record Check(Validation Run, Shape Shape, Term Focus, IReadOnlyList<Term> Values, List<ValidationResult> Results)
{
    /// <summary>Adds a result of a constraint.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="value">The value, or null.</param>
    /// <param name="problem">A sentence for shapes without messages.</param>
    public void Report(Constraint constraint, Term? value, string problem) => Report(
        new ValidationResult(Focus, Shape.Path, value, Shape.Node, constraint.Component, Shape.Severity) { Messages = Shape.Messages.Count > 0 ? Shape.Messages : [new Literal(problem)] });

    public void Report(ValidationResult result)
    {
        if (Results.Count >= Run.Options.MaxResults)
            throw new ValidationLimitException(nameof(ValidationOptions.MaxResults), $"More than {Run.Options.MaxResults} results.");
        Results.Add(result);
    }
}

/// <summary>A constraint of a shape: a component with its parameters.</summary>
/// <param name="Component">IRI of the component.</param>
internal abstract record Constraint(Iri Component)
{
    private protected static Iri Core(string name) => ShaclVocabulary.Of(name + "ConstraintComponent");

    /// <summary>Reports what is wrong.</summary>
    public abstract void Validate(Check check);
}

/// <summary>A constraint that each value node meets or not.</summary>
/// <param name="Component">IRI of the component.</param>
internal abstract record ValueConstraint(Iri Component) : Constraint(Component)
{
    /// <summary>What is wrong with a value, as words behind it; null where nothing is.</summary>
    protected abstract string? Problem(Validation run, Term value);

    public sealed override void Validate(Check check)
    {
        foreach (var value in check.Values)
            if (Problem(check.Run, value) is { } problem)
                check.Report(this, value, $"{value} {problem}");
    }
}
