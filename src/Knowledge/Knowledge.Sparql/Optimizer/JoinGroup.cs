namespace Knowledge.Sparql;

/// <summary>A group taken apart: what is joined in any order, what is done after it in the given order, and filters that go where they can.</summary>
internal sealed class JoinGroup
{
    /// <summary>What is joined.</summary>
    public List<JoinElement> Elements { get; } = [];

    /// <summary>OPTIONAL, MINUS and BIND, in order.</summary>
    public List<Algebra> Posts { get; } = [];

    /// <summary>Conditions.</summary>
    public List<Expression> Filters { get; } = [];
}

/// <summary>Rules of when a part of a pattern may be evaluated otherwise than as it stands.</summary>
/// <param name="sets">Which slots parts bind.</param>
internal sealed class Rewrites(VariableSets sets)
{
    /// <summary>Whether a part can extend rows that bind some slots already, with the same result as joined with them.</summary>
    /// <remarks>Not so where the part can tell that a variable is bound from outside: a filter that reads one it does not bind itself, or an OPTIONAL that is not well designed.</remarks>
    public bool IsLateral(Algebra algebra, SlotSet outer) => algebra switch
    {
        Bgp => true,
        Join join => join.Parts.All(p => IsLateral(p, outer)),
        Union union => union.Parts.All(p => IsLateral(p, outer)),
        Graph graph => IsLateral(graph.Input, graph.Name is Variable name ? outer.With(sets[name.Name]) : outer),
        Filter filter => IsLateral(filter.Input, outer) && filter.Conditions.All(c => Sees(c, outer, sets.Certain(filter.Input))),
        LeftJoin left => IsLateral(left.Left, outer) && IsLateral(left.Right, outer.Union(sets.Possible(left.Left))) &&
            sets.All(left.Right).Union(left.Condition is null ? default : sets.Read(left.Condition)).Intersect(outer).IsSubsetOf(sets.Certain(left.Left)),
        Extend extend => IsLateral(extend.Input, outer) && !outer.Contains(sets[extend.Variable]) && Sees(extend.Value, outer, sets.Certain(extend.Input)),
        _ => false,
    };

    /// <summary>Whether a pattern of EXISTS can extend the rows that it is asked for. There the group's own filters are meant to see outer variables.</summary>
    public bool IsLateralExists(Algebra algebra, SlotSet outer) => !HasPath(algebra) && IsLateral(algebra is Filter filter ? filter.Input : algebra, outer);

    // A path of no length from a given term is there without any triple, from a variable it is not: EXISTS gives terms.
    private static bool HasPath(Algebra algebra) => (algebra is Bgp bgp && bgp.Triples.Any(t => t.Path is not null)) || algebra.Inputs.Any(HasPath);

    private bool Sees(Expression expression, SlotSet outer, SlotSet certain) => sets.Read(expression).Intersect(outer).IsSubsetOf(certain);

    /// <summary>Whether a part that ends in OPTIONAL, MINUS or BIND may be joined with others before that end.</summary>
    public bool MayHoist(Algebra algebra, SlotSet others) => algebra switch
    {
        LeftJoin left => sets.All(left.Right).Union(left.Condition is null ? default : sets.Read(left.Condition)).Intersect(others).IsSubsetOf(sets.Certain(left.Left)),
        Minus minus => sets.All(minus.Right).Intersect(others).IsSubsetOf(sets.Certain(minus.Left)),
        Extend extend => !others.Contains(sets[extend.Variable]) && sets.Read(extend.Value).Intersect(others).IsSubsetOf(sets.Certain(extend.Input)),
        _ => false,
    };

    /// <summary>Whether a nested filter may be applied to a join that its input is part of.</summary>
    public bool MayFloat(Filter filter, SlotSet others) => filter.Conditions.All(c => sets.Read(c).Intersect(others).IsSubsetOf(sets.Certain(filter.Input)));
}
