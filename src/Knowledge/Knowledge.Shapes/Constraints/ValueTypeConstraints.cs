using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Knowledge.Shapes;

/// <summary><c>sh:class</c> (SHACL, 4.1.1).</summary>
internal sealed record ClassConstraint(Term Class) : ValueConstraint(Core("Class"))
{
    protected override string? Problem(Validation run, Term value) => value is not Literal && run.Data.IsInstance(value, Class) ? null : $"is no instance of {Class}.";
}

/// <summary><c>sh:datatype</c> (SHACL, 4.1.2).</summary>
internal sealed record DatatypeConstraint(Iri Datatype) : ValueConstraint(Core("Datatype"))
{
    protected override string? Problem(Validation run, Term value) =>
        value is not Literal literal || literal.Datatype != Datatype.Value ? $"has not the datatype {Datatype}."
        : TermComparison.IsWellFormed(literal) ? null : $"is no lexical form of {Datatype}.";
}

/// <summary><c>sh:nodeKind</c> (SHACL, 4.1.3).</summary>
/// <param name="Name">Local name of the kind.</param>
/// <param name="Kinds">Kinds that it allows.</param>
internal sealed record NodeKindConstraint(string Name, IReadOnlyList<TermKind> Kinds) : ValueConstraint(Core("NodeKind"))
{
    protected override string? Problem(Validation run, Term value) => Kinds.Contains(value.Kind) ? null : $"is not of the kind sh:{Name}.";

    /// <summary>The constraint of a kind, or null where there is none of that name.</summary>
    public static NodeKindConstraint? Of(string name) => name switch
    {
        "IRI" => new(name, [TermKind.Iri]),
        "BlankNode" => new(name, [TermKind.BlankNode]),
        "Literal" => new(name, [TermKind.Literal]),
        "BlankNodeOrIRI" => new(name, [TermKind.BlankNode, TermKind.Iri]),
        "BlankNodeOrLiteral" => new(name, [TermKind.BlankNode, TermKind.Literal]),
        "IRIOrLiteral" => new(name, [TermKind.Iri, TermKind.Literal]),
        _ => null,
    };
}

/// <summary><c>sh:minExclusive</c>, <c>sh:minInclusive</c>, <c>sh:maxExclusive</c> and <c>sh:maxInclusive</c> (SHACL, 4.3).</summary>
/// <param name="Name">Local name of the parameter.</param>
/// <param name="Comparison">What must hold between the value and the limit.</param>
/// <param name="Limit">The limit.</param>
internal sealed record RangeConstraint(string Name, Operator Comparison, Literal Limit) : ValueConstraint(Core(char.ToUpperInvariant(Name[0]) + Name[1..]))
{
    protected override string? Problem(Validation run, Term value) => TermComparison.Holds(Comparison, value, Limit) == true ? null : $"is not within sh:{Name} {Limit}.";
}
