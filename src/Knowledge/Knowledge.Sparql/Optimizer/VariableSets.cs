namespace Knowledge.Sparql;

/// <summary>Slots of a query's variables, and which of them parts of its algebra may bind or bind for certain.</summary>
internal sealed class VariableSets
{
    private readonly Dictionary<string, int> _slots = [];
    private readonly Dictionary<Algebra, (SlotSet Possible, SlotSet Certain)> _known = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Algebra>);
    private int _extra;

    /// <summary>Names all variables of a query's algebra.</summary>
    public VariableSets(Algebra algebra) => Name(algebra);

    /// <summary>Number of slots, those for row numbers and triple terms included.</summary>
    public int Slots => _slots.Count + _extra;

    /// <summary>The slot of a variable.</summary>
    public int this[string name]
    {
        get
        {
            if (!_slots.TryGetValue(name, out var slot))
                _slots.Add(name, slot = _slots.Count);
            return slot;
        }
    }

    private int _taken;

    /// <summary>A slot that belongs to no variable.</summary>
    public int TakeExtra() => _slots.Count + _taken++;

    // Every variable, and some more slots for each part that may need one.
    private void Name(Algebra algebra)
    {
        _extra += 4;
        foreach (var name in OwnNames(algebra))
            _ = this[name];
        foreach (var expression in OwnExpressions(algebra))
            Name(expression);
        foreach (var input in algebra.Inputs)
            Name(input);
        if (algebra is Bgp bgp)
            _extra += bgp.Triples.Count * 3;
    }

    private void Name(Expression expression)
    {
        if (expression is VariableExpression variable)
            _ = this[variable.Name];
        if (expression is ExistsExpression exists)
            Name(exists.Pattern!);
        foreach (var child in ScopeChecks.Children(expression))
            Name(child);
    }

    private static IEnumerable<string> OwnNames(Algebra algebra) => algebra switch
    {
        Bgp bgp => bgp.Triples.SelectMany(t => Names(t.Subject).Concat(t.Predicate is null ? [] : Names(t.Predicate)).Concat(Names(t.Object))),
        Graph graph => Names(graph.Name),
        Extend extend => [extend.Variable],
        Table table => table.Values.Variables,
        Group group => group.Keys.Select(k => k.Variable).Concat(group.Aggregates.Select(a => a.Variable)),
        Project project => project.Variables,
        ServiceCall service => service.Variables.Select(v => v.Here).Concat(Names(service.Endpoint)),
        _ => [],
    };

    /// <summary>Names in a term.</summary>
    public static IEnumerable<string> Names(PatternTerm term) => term switch
    {
        Variable variable => [variable.Name],
        TripleTermPattern triple => Names(triple.Subject).Concat(Names(triple.Predicate)).Concat(Names(triple.Object)),
        _ => [],
    };

    /// <summary>Expressions of an operator itself.</summary>
    public static IEnumerable<Expression> OwnExpressions(Algebra algebra) => algebra switch
    {
        Filter filter => filter.Conditions,
        LeftJoin { Condition: { } condition } => [condition],
        Extend extend => [extend.Value],
        Group group => group.Keys.Select(k => k.Value).Concat(group.Aggregates.Select(a => a.Value)),
        OrderBy order => order.Conditions.Select(c => c.Value),
        _ => [],
    };

    /// <summary>Slots that an expression reads, those of its EXISTS patterns included.</summary>
    public SlotSet Read(Expression expression)
    {
        var slots = default(SlotSet);
        if (expression is VariableExpression variable)
            slots = slots.With(this[variable.Name]);
        if (expression is ExistsExpression exists)
            slots = slots.Union(All(exists.Pattern!));
        foreach (var child in ScopeChecks.Children(expression))
            slots = slots.Union(Read(child));
        return slots;
    }

    /// <summary>Slots of everything in a pattern, filters and hidden parts included.</summary>
    public SlotSet All(Algebra algebra)
    {
        var slots = default(SlotSet);
        foreach (var name in OwnNames(algebra))
            slots = slots.With(this[name]);
        foreach (var expression in OwnExpressions(algebra))
            slots = slots.Union(Read(expression));
        foreach (var input in algebra.Inputs)
            slots = slots.Union(All(input));
        return slots;
    }

    /// <summary>Slots that may be bound in a solution.</summary>
    public SlotSet Possible(Algebra algebra) => Sets(algebra).Possible;

    /// <summary>Slots that are bound in every solution.</summary>
    public SlotSet Certain(Algebra algebra) => Sets(algebra).Certain;

    private (SlotSet Possible, SlotSet Certain) Sets(Algebra algebra)
    {
        if (!_known.TryGetValue(algebra, out var sets))
            _known.Add(algebra, sets = Compute(algebra));
        return sets;
    }

    private (SlotSet, SlotSet) Compute(Algebra algebra)
    {
        var own = SlotSet.Of([.. OwnNames(algebra).Select(n => this[n])]);
        var possible = algebra.Inputs.Aggregate(default(SlotSet), (all, i) => all.Union(Possible(i)));
        var certain = algebra.Inputs.Aggregate(default(SlotSet), (all, i) => all.Union(Certain(i)));
        switch (algebra)
        {
            case Bgp or Graph:
                return (possible.Union(own), certain.Union(own));
            case LeftJoin left:
                return (possible, Certain(left.Left));
            case Minus minus:
                return Sets(minus.Left);
            case Union union:
                return (possible, union.Parts.Skip(1).Aggregate(Certain(union.Parts[0]), (all, p) => all.Intersect(Certain(p))));
            case Extend extend:
                return (possible.Union(own), extend.Value is ConstantExpression ? certain.Union(own) : certain);
            case Table table:
                return (own, SlotSet.Of([.. table.Values.Variables.Where((_, i) => table.Values.Rows.All(r => r[i] is not null)).Select(n => this[n])]));
            case Group group:
                return (own, SlotSet.Of([.. group.Keys.Where(k => k.Value is VariableExpression v && certain.Contains(this[v.Name])).Select(k => this[k.Variable])]));
            case Project:
                return (possible.Intersect(own), certain.Intersect(own));
            case ServiceCall service:
                return (SlotSet.Of([.. service.Variables.Select(v => this[v.Here])]), default);
            default:
                return (possible, certain);
        }
    }
}
