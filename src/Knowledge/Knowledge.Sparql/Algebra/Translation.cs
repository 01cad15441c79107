using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Syntax to algebra.</summary>
/// <remarks>
/// Source: SPARQL 1.1, section 18.2. Deviations: basic graph patterns that stand side by side are one; variables that a sub-select does not project get names of their own,
/// so that equal names are one variable everywhere in the result.
/// </remarks>
internal sealed class Translation
{
    private readonly string _prologue;
    private HashSet<string>? _visible;
    private Translation? _outer;
    private int _scope;
    private Counter _counter = new();

    private sealed class Counter
    {
        public int Value { get; set; }
    }

    private Translation(string prologue) => _prologue = prologue;

    /// <summary>The algebra of a query: of SELECT with its projection, of other forms all solutions.</summary>
    public static Algebra Query(QuerySyntax query)
    {
        var translation = new Translation(query.Prologue);
        return query.Form == QueryForm.Select ? translation.Select(query.Select) : translation.Modifiers(query.Select);
    }

    /// <summary>The algebra of an update's WHERE clause.</summary>
    public static Algebra Where(GroupPattern pattern) => new Translation("").Group(pattern);

    private string Name(string name)
    {
        if (_visible is null || name.StartsWith(Variable.BlankPrefix, StringComparison.Ordinal))
            return name;
        return _visible.Contains(name) ? _outer!.Name(name) : string.Create(CultureInfo.InvariantCulture, $"{name}#{_scope}");
    }

    private string Fresh(string kind) => string.Create(CultureInfo.InvariantCulture, $"{Variable.BlankPrefix}{kind}.{++_counter.Value}");

    private Translation Scope(SelectClause select) =>
        new(_prologue) { _visible = [.. ScopeChecks.Projected(select)], _outer = this, _scope = ++_counter.Value, _counter = _counter };

    // 18.2.5: projection, DISTINCT, slice
    private Algebra Select(SelectClause select)
    {
        var algebra = Ordered(select);
        algebra = new Project(algebra, [.. ScopeChecks.Projected(select).Select(Name)]);
        if (select.IsDistinct || select.IsReduced)
            algebra = new Distinct(algebra);
        return Sliced(select, algebra);
    }

    private Algebra Modifiers(SelectClause select) => Sliced(select, Ordered(select));

    private static Algebra Sliced(SelectClause select, Algebra algebra) => select.Limit is null && select.Offset == 0 ? algebra : new Slice(algebra, select.Offset, select.Limit);

    // 18.2.4: grouping, HAVING, VALUES, SELECT expressions, ORDER BY
    private Algebra Ordered(SelectClause select)
    {
        var algebra = Group(select.Where);
        var aggregates = new List<(string, AggregateExpression)>();
        Expression Final(Expression expression) => Lift(Expression(expression), aggregates);
        var having = select.Having.Select(Final).ToList();
        var values = (select.Projection ?? []).Where(p => p.Value is not null).Select(p => (Name(p.Variable), Final(p.Value!))).ToList();
        var order = select.OrderBy.Select(o => o with { Value = Final(o.Value) }).ToList();
        if (select.GroupBy is not null || aggregates.Count > 0 || having.Count > 0)
            algebra = new Group(algebra, [.. (select.GroupBy ?? []).Select(Key)], aggregates);
        if (having.Count > 0)
            algebra = new Filter(having, algebra);
        if (select.Values is { } table)
            algebra = Join.Of(algebra, Table(table));
        foreach (var (variable, value) in values)
            algebra = new Extend(algebra, variable, value);
        return order.Count > 0 ? new OrderBy(algebra, order) : algebra;
    }

    private (string, Expression) Key((Expression Value, string? Variable) key)
    {
        var value = Expression(key.Value);
        return (key.Variable is { } name ? Name(name) : value is VariableExpression variable ? variable.Name : Fresh("key"), value);
    }

    // Each aggregate becomes a variable of the group.
    private Expression Lift(Expression expression, List<(string, AggregateExpression)> aggregates)
    {
        if (expression is not AggregateExpression aggregate)
            return Map(expression, e => Lift(e, aggregates));
        var known = aggregates.FindIndex(a => a.Item2 == aggregate);
        if (known < 0)
        {
            known = aggregates.Count;
            aggregates.Add((Fresh("aggregate"), aggregate));
        }

        return new VariableExpression(aggregates[known].Item1);
    }

    private Expression Expression(Expression expression) => expression switch
    {
        VariableExpression variable => new VariableExpression(Name(variable.Name)),
        ExistsExpression exists => new ExistsExpression(null, Group(exists.Syntax!), exists.IsNegated),
        _ => Map(expression, Expression),
    };

    /// <summary>The expression with other operands.</summary>
    public static Expression Map(Expression expression, Func<Expression, Expression> map) => expression switch
    {
        UnaryExpression unary => unary with { Operand = map(unary.Operand) },
        BinaryExpression binary => binary with { Left = map(binary.Left), Right = map(binary.Right) },
        InExpression inside => inside with { Value = map(inside.Value), Choices = [.. inside.Choices.Select(map)] },
        CallExpression call => call with { Arguments = [.. call.Arguments.Select(map)] },
        FunctionExpression call => call with { Arguments = [.. call.Arguments.Select(map)] },
        AggregateExpression { Argument: { } argument } aggregate => aggregate with { Argument = map(argument) },
        _ => expression,
    };

    // 18.2.2.6
    private Algebra Group(GroupPattern pattern)
    {
        var (algebra, filters) = GroupAndFilters(pattern);
        return filters.Count > 0 ? new Filter(filters, algebra) : algebra;
    }

    private (Algebra, List<Expression>) GroupAndFilters(GroupPattern pattern)
    {
        Algebra algebra = new Bgp([]);
        var filters = new List<Expression>();
        foreach (var element in pattern.Elements)
        {
            switch (element)
            {
                case FilterElement filter:
                    Conjuncts(Expression(filter.Condition), filters);
                    break;
                case OptionalElement optional:
                    var (right, conditions) = GroupAndFilters(optional.Pattern);
                    algebra = new LeftJoin(algebra, right, conditions.Count == 0 ? null : conditions.Aggregate((a, b) => new BinaryExpression(Operator.And, a, b)));
                    break;
                case MinusElement minus:
                    algebra = new Minus(algebra, Group(minus.Pattern));
                    break;
                case BindElement bind:
                    algebra = new Extend(algebra, Name(bind.Variable), Expression(bind.Value));
                    break;
                case TriplesElement triples:
                    foreach (var triple in triples.Triples)
                        algebra = Combine(algebra, Triple(triple));
                    break;
                default:
                    algebra = Combine(algebra, Element(element));
                    break;
            }
        }

        return (algebra, filters);
    }

    private static void Conjuncts(Expression condition, List<Expression> into)
    {
        if (condition is BinaryExpression { Operator: Operator.And } and)
        {
            Conjuncts(and.Left, into);
            Conjuncts(and.Right, into);
        }
        else
        {
            into.Add(condition);
        }
    }

    private Algebra Element(GroupElement element) => element switch
    {
        UnionElement { Choices: [var only] } => Group(only),
        UnionElement union => new Union([.. union.Choices.Select(Group)]),
        GraphElement graph => new Graph(Term(graph.Graph), Group(graph.Pattern)),
        ValuesElement values => Table(values.Table),
        SubSelectElement sub => Scope(sub.Select).Select(sub.Select),
        ServiceElement service => Service(service),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ServiceCall Service(ServiceElement service)
    {
        var names = ScopeChecks.Visible(service.Pattern.Elements).Select(v => (v, Name(v))).ToList();
        return new ServiceCall(Term(service.Endpoint), service.IsSilent, $"{_prologue}\nSELECT * WHERE {service.Text}", names);
    }

    private Table Table(ValuesTable table) => new(table with { Variables = [.. table.Variables.Select(Name)] });

    // Joins of neighbours; basic graph patterns grow together.
    private static Algebra Combine(Algebra left, Algebra right)
    {
        if (left is Bgp first && right is Bgp second)
            return new Bgp([.. first.Triples, .. second.Triples]);
        if (left is Join join && join.Parts[^1] is Bgp last && right is Bgp more)
            return new Join([.. join.Parts.SkipLast(1), new Bgp([.. last.Triples, .. more.Triples])]);
        return Join.Of(left, right);
    }

    private Algebra Triple(TriplePattern triple)
    {
        var (subject, @object) = (Term(triple.Subject), Term(triple.Object));
        return triple.Path is null ? new Bgp([new TriplePattern(subject, Term(triple.Predicate!), @object)]) : Path(subject, triple.Path, @object);
    }

    // 18.2.2.4
    private Algebra Path(PatternTerm subject, PropertyPath path, PatternTerm @object)
    {
        switch (path)
        {
            case LinkPath link:
                return new Bgp([new TriplePattern(subject, new Constant(link.Predicate), @object)]);
            case InversePath inverse:
                return Path(@object, inverse.Path, subject);
            case SequencePath sequence:
                var middle = new Variable(Fresh("path"));
                return Combine(Path(subject, sequence.First, middle), Path(middle, sequence.Second, @object));
            case AlternativePath alternative:
                return new Union([Path(subject, alternative.First, @object), Path(subject, alternative.Second, @object)]);
            default:
                return new Bgp([new TriplePattern(subject, null, @object, path)]);
        }
    }

    private PatternTerm Term(PatternTerm term) => term switch
    {
        Variable variable => new Variable(Name(variable.Name)),
        TripleTermPattern triple => new TripleTermPattern(Term(triple.Subject), Term(triple.Predicate), Term(triple.Object)),
        _ => term,
    };
}
