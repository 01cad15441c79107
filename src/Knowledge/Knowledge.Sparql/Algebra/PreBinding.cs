using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Terms in place of variables, in an algebra expression.</summary>
/// <param name="values">Terms by variable.</param>
internal sealed class PreBinding(IReadOnlyDictionary<string, Term> values)
{
    private static readonly ConstantExpression s_true = new(new Literal("true", XsdVocabulary.Boolean));
    private static readonly ConstantExpression s_false = new(new Literal("false", XsdVocabulary.Boolean));
    private int _depth;

    public Algebra Apply(Algebra algebra) => algebra switch
    {
        Bgp bgp => Patterns(bgp),
        Join join => new Join([.. join.Parts.Select(Apply)]),
        LeftJoin left => new LeftJoin(Apply(left.Left), Apply(left.Right), left.Condition is null ? null : Value(left.Condition)),
        Filter filter => new Filter([.. filter.Conditions.Select(Value)], Apply(filter.Input)),
        Union union => new Union([.. union.Parts.Select(Apply)]),
        Graph graph => new Graph(Name(graph.Name), Apply(graph.Input)),
        Extend extend when values.ContainsKey(extend.Variable) => throw Undefined($"assigns ?{extend.Variable}"),
        Extend extend => new Extend(Apply(extend.Input), extend.Variable, Value(extend.Value)),
        Group group => new Group(Apply(group.Input), [.. group.Keys.Select(k => (k.Variable, Value(k.Value)))], [.. group.Aggregates.Select(a => (a.Variable, (AggregateExpression)Value(a.Value)))]),
        OrderBy order => new OrderBy(Apply(order.Input), [.. order.Conditions.Select(c => c with { Value = Value(c.Value) })]),
        Project project => Projection(project),
        Distinct distinct => new Distinct(Apply(distinct.Input)),
        Slice slice => slice with { Input = Apply(slice.Input) },
        Minus => throw Undefined("has MINUS"),
        Table => throw Undefined("has VALUES"),
        ServiceCall => throw Undefined("has SERVICE"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Algebra Patterns(Bgp bgp)
    {
        var triples = new List<TriplePattern>();
        foreach (var triple in bgp.Triples)
        {
            var bound = triple with { Subject = Name(triple.Subject), Predicate = triple.Predicate is null ? null : Name(triple.Predicate), Object = Name(triple.Object) };
            if (bound.Subject is Constant { Value: Literal } && bound.Path is null || bound.Predicate is Constant { Value: not Iri })
                return new Filter([s_false], new Bgp([]));
            triples.Add(bound);
        }

        return new Bgp(triples);
    }

    private Algebra Projection(Project project)
    {
        if (_depth > 0 && values.Keys.FirstOrDefault(v => v is not ("shapesGraph" or "currentShape") && !project.Variables.Contains(v)) is { } missing)
            throw Undefined($"has a sub-select that does not project ?{missing}");
        _depth++;
        var input = Apply(project.Input);
        _depth--;
        foreach (var variable in project.Variables)
            if (values.TryGetValue(variable, out var value) && !Binds(input, variable))
                input = new Extend(input, variable, new ConstantExpression(value));
        return project with { Input = input };
    }

    /// <summary>Whether grouping gives a variable.</summary>
    private static bool Binds(Algebra algebra, string variable) => algebra switch
    {
        Group group => group.Keys.Any(k => k.Variable == variable),
        Filter or Extend or OrderBy => Binds(algebra.Inputs[0], variable),
        _ => false,
    };

    private PatternTerm Name(PatternTerm term) => term switch
    {
        Variable variable => values.TryGetValue(variable.Name, out var value) ? new Constant(value) : variable,
        TripleTermPattern triple => TripleTermPattern.Of(Name(triple.Subject), Name(triple.Predicate), Name(triple.Object)),
        _ => term,
    };

    private Expression Value(Expression expression) => expression switch
    {
        VariableExpression variable => values.TryGetValue(variable.Name, out var value) ? new ConstantExpression(value) : variable,
        CallExpression { Name: "BOUND", Arguments: [VariableExpression variable] } when values.ContainsKey(variable.Name) => s_true,
        ExistsExpression exists => exists with { Pattern = Apply(exists.Pattern!) },
        _ => Translation.Map(expression, Value),
    };

    private static NotSupportedException Undefined(string what) =>
        new($"The query {what}; with values given from outside it has no defined meaning (SHACL, appendix A). Write it without.");
}
