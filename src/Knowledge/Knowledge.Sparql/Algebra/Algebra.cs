using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>The SPARQL algebra. Source: SPARQL 1.1, section 18.2; names as there.</summary>
internal abstract record Algebra
{
    /// <summary>What this operates on.</summary>
    public abstract IReadOnlyList<Algebra> Inputs { get; }

    /// <summary>The algebra as an S-expression, inputs indented.</summary>
    public sealed override string ToString() => AlgebraText.Write(this);
}

/// <summary>A basic graph pattern; paths other than sequences, inversions and alternatives stand in it as well.</summary>
internal sealed record Bgp(IReadOnlyList<TriplePattern> Triples) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [];
}

/// <summary>Inner joins of two or more.</summary>
internal sealed record Join(IReadOnlyList<Algebra> Parts) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => Parts;

    /// <summary>The join of two, flat.</summary>
    public static Algebra Of(Algebra left, Algebra right)
    {
        if (left is Bgp { Triples.Count: 0 })
            return right;
        if (right is Bgp { Triples.Count: 0 })
            return left;
        return left is Join join ? new Join([.. join.Parts, right]) : new Join([left, right]);
    }
}

/// <summary>OPTIONAL.</summary>
internal sealed record LeftJoin(Algebra Left, Algebra Right, Expression? Condition) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Left, Right];
}

/// <summary>Solutions that satisfy all conditions.</summary>
internal sealed record Filter(IReadOnlyList<Expression> Conditions, Algebra Input) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>UNION of two or more.</summary>
internal sealed record Union(IReadOnlyList<Algebra> Parts) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => Parts;
}

/// <summary>Solutions of the first part that no solution of the second agrees with.</summary>
internal sealed record Minus(Algebra Left, Algebra Right) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Left, Right];
}

/// <summary>A part that is asked of a named graph, or of each in turn.</summary>
internal sealed record Graph(PatternTerm Name, Algebra Input) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>A new variable with an expression's value.</summary>
internal sealed record Extend(Algebra Input, string Variable, Expression Value) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>A table of solutions.</summary>
internal sealed record Table(ValuesTable Values) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [];
}

/// <summary>Groups, with their aggregates.</summary>
internal sealed record Group(Algebra Input, IReadOnlyList<(string Variable, Expression Value)> Keys, IReadOnlyList<(string Variable, AggregateExpression Value)> Aggregates) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>Solutions in the order of some conditions.</summary>
internal sealed record OrderBy(Algebra Input, IReadOnlyList<OrderCondition> Conditions) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>Some of the variables.</summary>
internal sealed record Project(Algebra Input, IReadOnlyList<string> Variables) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>DISTINCT, and REDUCED, which is taken as its equal.</summary>
internal sealed record Distinct(Algebra Input) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>OFFSET and LIMIT.</summary>
internal sealed record Slice(Algebra Input, long Offset, long? Limit) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [Input];
}

/// <summary>A part that another endpoint answers.</summary>
/// <param name="Endpoint">IRI or variable.</param>
/// <param name="IsSilent">Whether failure is one empty solution.</param>
/// <param name="Query">The query that is sent.</param>
/// <param name="Variables">Names in the query sent, and the names they have here.</param>
internal sealed record ServiceCall(PatternTerm Endpoint, bool IsSilent, string Query, IReadOnlyList<(string Sent, string Here)> Variables) : Algebra
{
    public override IReadOnlyList<Algebra> Inputs => [];
}
