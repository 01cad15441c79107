using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A group graph pattern as it was written: its elements in order. Production [58] GroupGraphPattern.</summary>
internal sealed record GroupPattern(IReadOnlyList<GroupElement> Elements);

/// <summary>One element of a group.</summary>
internal abstract record GroupElement;

/// <summary>Triples, until something else begins.</summary>
internal sealed record TriplesElement(IReadOnlyList<TriplePattern> Triples) : GroupElement;

/// <summary>A condition on the solutions of the whole group, wherever it stands in it.</summary>
internal sealed record FilterElement(Expression Condition) : GroupElement;

/// <summary>Gives the value of an expression a name.</summary>
internal sealed record BindElement(Expression Value, string Variable) : GroupElement;

/// <summary>A pattern that adds what it can and takes nothing away.</summary>
internal sealed record OptionalElement(GroupPattern Pattern) : GroupElement;

/// <summary>A pattern whose solutions take away those that agree with them.</summary>
internal sealed record MinusElement(GroupPattern Pattern) : GroupElement;

/// <summary>One or more groups, joined by UNION.</summary>
internal sealed record UnionElement(IReadOnlyList<GroupPattern> Choices) : GroupElement;

/// <summary>A pattern asked of a named graph, or of each in turn.</summary>
internal sealed record GraphElement(PatternTerm Graph, GroupPattern Pattern) : GroupElement;

/// <summary>A pattern that another endpoint answers.</summary>
/// <param name="Endpoint">IRI or variable.</param>
/// <param name="IsSilent">Whether a failure gives one empty solution.</param>
/// <param name="Pattern">The group.</param>
/// <param name="Text">The group as it was written, with its braces.</param>
internal sealed record ServiceElement(PatternTerm Endpoint, bool IsSilent, GroupPattern Pattern, string Text) : GroupElement;

/// <summary>Solutions written out as a table.</summary>
internal sealed record ValuesElement(ValuesTable Table) : GroupElement;

/// <summary>A whole query within a group.</summary>
internal sealed record SubSelectElement(SelectClause Select) : GroupElement;

/// <summary>Rows of terms; null is UNDEF.</summary>
internal sealed record ValuesTable(IReadOnlyList<string> Variables, IReadOnlyList<IReadOnlyList<Term?>> Rows);

/// <summary>A SELECT with all that belongs to it; queries of other forms are one with everything selected.</summary>
internal sealed record SelectClause
{
    /// <summary>Selected variables, in order, with their expressions; null for <c>*</c>.</summary>
    public IReadOnlyList<(string Variable, Expression? Value)>? Projection { get; init; }

    /// <summary>Whether equal solutions count once.</summary>
    public bool IsDistinct { get; init; }

    /// <summary>Whether equal solutions may count once.</summary>
    public bool IsReduced { get; init; }

    /// <summary>The WHERE clause.</summary>
    public required GroupPattern Where { get; init; }

    /// <summary>GROUP BY, with names where AS gives them; null where it is not there.</summary>
    public IReadOnlyList<(Expression Value, string? Variable)>? GroupBy { get; init; }

    /// <summary>Conditions on groups; empty where there are none.</summary>
    public IReadOnlyList<Expression> Having { get; init; } = [];

    /// <summary>Conditions of the order, the first the strongest; empty where there are none.</summary>
    public IReadOnlyList<OrderCondition> OrderBy { get; init; } = [];

    /// <summary>LIMIT, or null.</summary>
    public long? Limit { get; init; }

    /// <summary>How many solutions are left out at the beginning; 0 for none.</summary>
    public long Offset { get; init; }

    /// <summary>VALUES after the WHERE clause, or null.</summary>
    public ValuesTable? Values { get; init; }
}

/// <summary>One condition of ORDER BY.</summary>
internal sealed record OrderCondition(Expression Value, bool IsDescending)
{
    public override string ToString() => IsDescending ? $"(desc {Value})" : Value.ToString()!;
}
