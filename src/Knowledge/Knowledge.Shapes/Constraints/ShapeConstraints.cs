using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary><c>sh:property</c> (SHACL, 4.7.2): the property shape reports for itself.</summary>
internal sealed record PropertyConstraint(Shape Shape) : Constraint(Core("Property"))
{
    public override void Validate(Check check)
    {
        foreach (var value in check.Values)
            check.Run.Validate(Shape, value, check.Results);
    }
}

/// <summary><c>sh:node</c> (SHACL, 4.7.1).</summary>
internal sealed record NodeConstraint(Shape Shape) : ValueConstraint(Core("Node"))
{
    protected override string? Problem(Validation run, Term value) => run.Conforms(Shape, value) ? null : $"does not conform to {Shape.Node}.";
}

/// <summary><c>sh:not</c> (SHACL, 4.6.1).</summary>
internal sealed record NotConstraint(Shape Shape) : ValueConstraint(Core("Not"))
{
    protected override string? Problem(Validation run, Term value) => run.Conforms(Shape, value) ? $"conforms to {Shape.Node}, and must not." : null;
}

/// <summary><c>sh:and</c> (SHACL, 4.6.2).</summary>
internal sealed record AndConstraint(IReadOnlyList<Shape> Shapes) : ValueConstraint(Core("And"))
{
    protected override string? Problem(Validation run, Term value) => Shapes.FirstOrDefault(s => !run.Conforms(s, value)) is { } shape ? $"does not conform to {shape.Node}." : null;
}

/// <summary><c>sh:or</c> (SHACL, 4.6.3).</summary>
internal sealed record OrConstraint(IReadOnlyList<Shape> Shapes) : ValueConstraint(Core("Or"))
{
    protected override string? Problem(Validation run, Term value) => Shapes.Any(s => run.Conforms(s, value)) ? null : $"conforms to none of {Shapes.Count} shapes.";
}

/// <summary><c>sh:xone</c> (SHACL, 4.6.4).</summary>
internal sealed record XoneConstraint(IReadOnlyList<Shape> Shapes) : ValueConstraint(Core("Xone"))
{
    protected override string? Problem(Validation run, Term value) => Shapes.Count(s => run.Conforms(s, value)) is var count and not 1 ? $"conforms to {count} of {Shapes.Count} shapes; exactly one is needed." : null;
}

/// <summary><c>sh:qualifiedValueShape</c> with <c>sh:qualifiedMinCount</c> or <c>sh:qualifiedMaxCount</c> (SHACL, 4.7.3).</summary>
/// <param name="Shape">The shape that values are counted by.</param>
/// <param name="Siblings">Shapes that a counted value must not conform to.</param>
/// <param name="Least">Least number, or null.</param>
/// <param name="Most">Greatest number, or null.</param>
internal sealed record QualifiedConstraint(Shape Shape, IReadOnlyList<Shape> Siblings, int? Least, int? Most) : Constraint(Core(Most is null ? "QualifiedMinCount" : "QualifiedMaxCount"))
{
    public override void Validate(Check check)
    {
        var count = check.Values.Count(v => check.Run.Conforms(Shape, v) && !Siblings.Any(s => check.Run.Conforms(s, v)));
        if (count < Least)
            check.Report(this, null, $"{count} values conform to {Shape.Node}; at least {Least} are needed.");
        else if (count > Most)
            check.Report(this, null, $"{count} values conform to {Shape.Node}; at most {Most} are allowed.");
    }
}
