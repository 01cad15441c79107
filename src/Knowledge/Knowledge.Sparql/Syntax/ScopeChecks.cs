using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Which variables patterns bind, and the rules about names that the grammar cannot say. Source: SPARQL 1.1, 18.2.1 and 19.8 notes 12 and 13.</summary>
internal static class ScopeChecks
{
    /// <summary>Variables that a group makes visible, in order of appearance.</summary>
    public static OrderedSet Visible(IReadOnlyList<GroupElement> elements)
    {
        var names = new OrderedSet();
        foreach (var element in elements)
            Collect(element, names);
        return names;
    }

    /// <summary>Variables that a SELECT makes visible.</summary>
    public static OrderedSet Projected(SelectClause select)
    {
        var names = new OrderedSet();
        if (select.Projection is null)
        {
            names.AddRange(Visible(select.Where.Elements));
            names.AddRange(select.Values?.Variables ?? []);
        }
        else
        {
            names.AddRange(select.Projection.Select(p => p.Variable));
        }

        return names;
    }

    /// <summary>Checks a whole query.</summary>
    public static void Query(QuerySyntax query, Func<string, RdfSyntaxException> wrong)
    {
        if (query.Form == QueryForm.Select)
            Select(query.Select, wrong);
    }

    /// <summary>Checks the names of one SELECT.</summary>
    public static void Select(SelectClause select, Func<string, RdfSyntaxException> wrong)
    {
        var isGrouped = select.GroupBy is not null || select.Having.Count > 0 || (select.Projection?.Any(p => p.Value is not null && HasAggregate(p.Value)) ?? false);
        if (select.Projection is null)
        {
            if (isGrouped)
                throw wrong("SELECT * and GROUP BY do not go together: name the variables.");
            return;
        }

        // In SPARQL 1.2 a grouped query hides what its pattern bound, but for the keys.
        var visible = select.GroupBy is null && !isGrouped ? Visible(select.Where.Elements) : new OrderedSet();
        if (isGrouped)
            visible.AddRange(GroupNames(select));
        var known = new HashSet<string>(visible);
        foreach (var (variable, value) in select.Projection)
        {
            if (value is not null && known.Contains(variable))
                throw wrong($"?{variable} has a value already; AS needs a new name.");
            if (value is null && isGrouped && !known.Contains(variable))
                throw wrong($"?{variable} is neither a key of GROUP BY nor inside an aggregate.");
            if (value is not null && isGrouped && FreeVariables(value).FirstOrDefault(v => !known.Contains(v)) is { } free)
                throw wrong($"?{free} is neither a key of GROUP BY nor inside an aggregate.");
            if (value is not null)
                known.Add(variable);
        }
    }

    private static IEnumerable<string> GroupNames(SelectClause select) =>
        (select.GroupBy ?? []).Select(k => k.Variable ?? (k.Value as VariableExpression)?.Name).OfType<string>();

    /// <summary>Whether an aggregate stands in an expression.</summary>
    public static bool HasAggregate(Expression expression) => expression is AggregateExpression || Children(expression).Any(HasAggregate);

    private static IEnumerable<string> FreeVariables(Expression expression) => expression switch
    {
        AggregateExpression => [],
        VariableExpression variable => [variable.Name],
        _ => Children(expression).SelectMany(FreeVariables),
    };

    /// <summary>Operands and arguments; patterns of EXISTS are no children.</summary>
    public static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        UnaryExpression unary => [unary.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        InExpression inside => [inside.Value, .. inside.Choices],
        CallExpression call => call.Arguments,
        FunctionExpression call => call.Arguments,
        AggregateExpression { Argument: { } argument } => [argument],
        _ => [],
    };

    private static void Collect(GroupElement element, OrderedSet names)
    {
        switch (element)
        {
            case TriplesElement triples:
                foreach (var triple in triples.Triples)
                    Collect(triple, names);
                break;
            case BindElement bind:
                names.Add(bind.Variable);
                break;
            case OptionalElement optional:
                names.AddRange(Visible(optional.Pattern.Elements));
                break;
            case UnionElement union:
                foreach (var choice in union.Choices)
                    names.AddRange(Visible(choice.Elements));
                break;
            case GraphElement graph:
                Collect(graph.Graph, names);
                names.AddRange(Visible(graph.Pattern.Elements));
                break;
            case ServiceElement service:
                Collect(service.Endpoint, names);
                names.AddRange(Visible(service.Pattern.Elements));
                break;
            case ValuesElement values:
                names.AddRange(values.Table.Variables);
                break;
            case SubSelectElement sub:
                names.AddRange(Projected(sub.Select));
                break;
        }
    }

    /// <summary>Variables of a triple pattern.</summary>
    public static void Collect(TriplePattern triple, OrderedSet names)
    {
        Collect(triple.Subject, names);
        if (triple.Predicate is { } predicate)
            Collect(predicate, names);
        Collect(triple.Object, names);
    }

    private static void Collect(PatternTerm term, OrderedSet names)
    {
        if (term is Variable { IsVisible: true } variable)
            names.Add(variable.Name);
        if (term is not TripleTermPattern triple)
            return;
        Collect(triple.Subject, names);
        Collect(triple.Predicate, names);
        Collect(triple.Object, names);
    }
}

/// <summary>Names in the order in which they were added first.</summary>
internal sealed class OrderedSet : IEnumerable<string>
{
    private readonly List<string> _names = [];
    private readonly HashSet<string> _known = [];

    public void Add(string name)
    {
        if (_known.Add(name))
            _names.Add(name);
    }

    public void AddRange(IEnumerable<string> names)
    {
        foreach (var name in names)
            Add(name);
    }

    public bool Contains(string name) => _known.Contains(name);

    public IEnumerator<string> GetEnumerator() => _names.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
