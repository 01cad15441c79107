using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Knowledge.Shapes;

/// <summary><c>sh:minCount</c> and <c>sh:maxCount</c> (SHACL, 4.2).</summary>
/// <param name="Least">Least number of values, or null.</param>
/// <param name="Most">Greatest number of values, or null.</param>
internal sealed record CountConstraint(int? Least, int? Most) : Constraint(Core(Most is null ? "MinCount" : "MaxCount"))
{
    public override void Validate(Check check)
    {
        var count = check.Values.Count;
        if (count < Least)
            check.Report(this, null, $"There are {count} values; at least {Least} are needed.");
        else if (count > Most)
            check.Report(this, null, $"There are {count} values; at most {Most} are allowed.");
    }
}

/// <summary><c>sh:hasValue</c> (SHACL, 4.8.2).</summary>
internal sealed record HasValueConstraint(Term Value) : Constraint(Core("HasValue"))
{
    public override void Validate(Check check)
    {
        if (!check.Values.Contains(Value))
            check.Report(this, null, $"The value {Value} is missing.");
    }
}

/// <summary><c>sh:in</c> (SHACL, 4.8.3).</summary>
internal sealed record InConstraint(IReadOnlySet<Term> Allowed) : ValueConstraint(Core("In"))
{
    protected override string? Problem(Validation run, Term value) => Allowed.Contains(value) ? null : "is not in the list of allowed values.";
}

/// <summary><c>sh:equals</c> (SHACL, 4.5.1).</summary>
internal sealed record EqualsConstraint(Iri Property) : Constraint(Core("Equals"))
{
    public override void Validate(Check check)
    {
        var others = check.Run.Data.Objects(check.Focus, Property).ToHashSet();
        foreach (var value in check.Values.Where(v => !others.Contains(v)))
            check.Report(this, value, $"{value} is no value of {Property}.");
        foreach (var value in others.Except(check.Values))
            check.Report(this, value, $"{value} is a value of {Property} alone.");
    }
}

/// <summary><c>sh:disjoint</c> (SHACL, 4.5.2).</summary>
internal sealed record DisjointConstraint(Iri Property) : Constraint(Core("Disjoint"))
{
    public override void Validate(Check check)
    {
        foreach (var value in check.Values.Where(v => check.Run.Data.Contains(check.Focus, Property, v)))
            check.Report(this, value, $"{value} is a value of {Property} too.");
    }
}

/// <summary><c>sh:lessThan</c> and <c>sh:lessThanOrEquals</c> (SHACL, 4.5.3 and 4.5.4).</summary>
/// <param name="Comparison">What must hold between each value and each value of the property.</param>
/// <param name="Property">The property.</param>
internal sealed record LessThanConstraint(Operator Comparison, Iri Property) : Constraint(Core(Comparison == Operator.Less ? "LessThan" : "LessThanOrEquals"))
{
    public override void Validate(Check check)
    {
        foreach (var value in check.Values)
            foreach (var other in check.Run.Data.Objects(check.Focus, Property))
                if (TermComparison.Holds(Comparison, value, other) != true)
                    check.Report(this, value, $"{value} is not {(Comparison == Operator.Less ? "less than" : "at most")} {other}, a value of {Property}.");
    }
}

/// <summary><c>sh:closed</c> with <c>sh:ignoredProperties</c> (SHACL, 4.8.1).</summary>
/// <param name="Allowed">Properties that the shape names, and ignored ones.</param>
internal sealed record ClosedConstraint(IReadOnlySet<Term> Allowed) : Constraint(Core("Closed"))
{
    public override void Validate(Check check)
    {
        foreach (var node in check.Values)
            foreach (var (predicate, value) in check.Run.Data.TriplesOf(node))
                if (!Allowed.Contains(predicate))
                    check.Report(Result(check, (Iri)predicate, value));
    }

    private ValidationResult Result(Check check, Iri predicate, Term value) =>
        new(check.Focus, new PredicatePath(predicate), value, check.Shape.Node, Component, check.Shape.Severity)
        {
            Messages = check.Shape.Messages.Count > 0 ? check.Shape.Messages : [new Literal($"{predicate} is no property that the closed shape allows.")],
        };
}
