using Knowledge.Rdf;

namespace Knowledge.Sparql.Tests.Reference;

/// <summary>The algebra of SPARQL 1.1, section 18, word by word: lists of dictionaries, nested loops, no plan.</summary>
internal sealed class NaiveEvaluator(IReadOnlyCollection<Quad> quads)
{
    public List<Dictionary<string, Term>> Evaluate(Algebra algebra) => Evaluate(algebra, null);

    private List<Dictionary<string, Term>> Evaluate(Algebra algebra, Term? graph) => algebra switch
    {
        Bgp bgp => bgp.Triples.Aggregate(Unit(), (rows, t) => JoinRows(rows, Match(t, graph))),
        Join join => join.Parts.Aggregate(Unit(), (rows, p) => JoinRows(rows, Evaluate(p, graph))),
        LeftJoin left => LeftJoinRows(Evaluate(left.Left, graph), Evaluate(left.Right, graph), left.Condition, graph),
        Filter filter => [.. Evaluate(filter.Input, graph).Where(r => filter.Conditions.All(c => Truth(c, r, graph) == true))],
        Union union => [.. union.Parts.SelectMany(p => Evaluate(p, graph))],
        Minus minus => MinusRows(Evaluate(minus.Left, graph), Evaluate(minus.Right, graph)),
        Graph named => NamedGraph(named),
        Extend extend => [.. Evaluate(extend.Input, graph).Select(r => Value(extend.Value, r, graph) is { } v ? With(r, extend.Variable, v) : r)],
        Table table => [.. table.Values.Rows.Select(r => table.Values.Variables.Zip(r).Where(p => p.Second is not null).ToDictionary(p => p.First, p => p.Second!))],
        Group group => Grouped(group, graph),
        OrderBy order => Ordered(order, graph),
        Project project => [.. Evaluate(project.Input, graph).Select(r => r.Where(p => project.Variables.Contains(p.Key)).ToDictionary())],
        Distinct distinct => [.. Evaluate(distinct.Input, graph).DistinctBy(Text)],
        Slice slice => [.. Evaluate(slice.Input, graph).Skip((int)slice.Offset).Take((int)(slice.Limit ?? int.MaxValue))],
        _ => throw new NotSupportedException(algebra.GetType().Name),
    };

    public static string Text(Dictionary<string, Term> row) => string.Join(' ', row.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"?{p.Key}={p.Value}"));

    private static List<Dictionary<string, Term>> Unit() => [[]];

    private static Dictionary<string, Term> With(Dictionary<string, Term> row, string name, Term value) => new(row) { [name] = value };

    private static Dictionary<string, Term>? Merge(Dictionary<string, Term> a, Dictionary<string, Term> b)
    {
        var merged = new Dictionary<string, Term>(a);
        foreach (var (name, value) in b)
            if (!merged.TryAdd(name, value) && merged[name] != value)
                return null;
        return merged;
    }

    private static List<Dictionary<string, Term>> JoinRows(List<Dictionary<string, Term>> left, List<Dictionary<string, Term>> right) =>
        [.. left.SelectMany(a => right.Select(b => Merge(a, b)).OfType<Dictionary<string, Term>>())];

    private List<Dictionary<string, Term>> LeftJoinRows(List<Dictionary<string, Term>> left, List<Dictionary<string, Term>> right, Expression? condition, Term? graph)
    {
        var rows = new List<Dictionary<string, Term>>();
        foreach (var a in left)
        {
            var joined = right.Select(b => Merge(a, b)).OfType<Dictionary<string, Term>>().Where(r => condition is null || Truth(condition, r, graph) == true).ToList();
            rows.AddRange(joined.Count > 0 ? joined : [a]);
        }

        return rows;
    }

    private static List<Dictionary<string, Term>> MinusRows(List<Dictionary<string, Term>> left, List<Dictionary<string, Term>> right) =>
        [.. left.Where(a => !right.Any(b => Merge(a, b) is not null && a.Keys.Any(b.ContainsKey)))];

    private List<Dictionary<string, Term>> NamedGraph(Graph graph)
    {
        if (graph.Name is Constant constant)
            return quads.Any(q => q.Graph == constant.Value) ? Evaluate(graph.Input, constant.Value) : [];
        var name = ((Variable)graph.Name).Name;
        return [.. quads.Select(q => q.Graph).OfType<Term>().Distinct().SelectMany(g => JoinRows([new() { [name] = g }], Evaluate(graph.Input, g)))];
    }

    private List<Dictionary<string, Term>> Grouped(Group group, Term? graph)
    {
        var rows = Evaluate(group.Input, graph);
        var groups = rows.GroupBy(r => string.Join('|', group.Keys.Select(k => Value(k.Value, r, graph)?.ToString()))).Select(g => g.ToList()).ToList();
        if (groups.Count == 0 && group.Keys.Count == 0)
            groups.Add([]);
        return [.. groups.Select(g =>
        {
            var row = new Dictionary<string, Term>();
            foreach (var (name, value) in group.Keys)
                if (Value(value, g[0], graph) is { } term)
                    row[name] = term;
            foreach (var (name, aggregate) in group.Aggregates)
                if (Aggregate(aggregate, g, graph) is { } term)
                    row[name] = term;
            return row;
        })];
    }

    private Term? Aggregate(AggregateExpression aggregate, List<Dictionary<string, Term>> rows, Term? graph)
    {
        if (aggregate.Argument is null)
            return new Literal($"{(aggregate.IsDistinct ? rows.DistinctBy(Text).Count() : rows.Count)}", XsdVocabulary.Integer);
        var values = rows.Select(r => Value(aggregate.Argument, r, graph)).ToList();
        if (aggregate.Name != "COUNT" && values.Contains(null))
            return null;
        var terms = values.OfType<Term>().ToList();
        if (aggregate.IsDistinct)
            terms = [.. terms.Distinct()];
        return aggregate.Name switch
        {
            "COUNT" => new Literal($"{terms.Count}", XsdVocabulary.Integer),
            "SUM" => terms.Aggregate((Term?)new Literal("0", XsdVocabulary.Integer), Sum),
            "MIN" => terms.Order(Comparer<Term>.Create(TermComparison.Order)).FirstOrDefault(),
            "MAX" => terms.OrderDescending(Comparer<Term>.Create(TermComparison.Order)).FirstOrDefault(),
            _ => throw new NotSupportedException(aggregate.Name),
        };
    }

    private static Literal? Sum(Term? a, Term b) => Int(a) is { } x && Int(b) is { } y ? new Literal($"{x + y}", XsdVocabulary.Integer) : null;

    private static long? Int(Term? term) => term is Literal { Datatype: XsdVocabulary.Integer } literal ? long.Parse(literal.Lexical, System.Globalization.CultureInfo.InvariantCulture) : null;

    private List<Dictionary<string, Term>> Ordered(OrderBy order, Term? graph)
    {
        var rows = Evaluate(order.Input, graph);
        return [.. rows.Order(Comparer<Dictionary<string, Term>>.Create((a, b) => order.Conditions
            .Select(c => TermComparison.Order(Value(c.Value, a, graph), Value(c.Value, b, graph)) * (c.IsDescending ? -1 : 1)).FirstOrDefault(o => o != 0)))];
    }

    private IEnumerable<Quad> In(Term? graph) => quads.Where(q => q.Graph == graph);

    private List<Dictionary<string, Term>> Match(TriplePattern pattern, Term? graph)
    {
        var rows = new List<Dictionary<string, Term>>();
        var found = pattern.Path is { } path ? NaivePaths.Pairs(path, [.. In(graph)], [pattern.Subject, pattern.Object]).Select(p => (p.S, (Term?)null, p.O)) : In(graph).Select(q => (q.Subject, (Term?)q.Predicate, q.Object));
        foreach (var (s, p, o) in found)
        {
            var row = new Dictionary<string, Term>();
            if (Bind(pattern.Subject, s, row) && (p is null || Bind(pattern.Predicate!, p, row)) && Bind(pattern.Object, o, row))
                rows.Add(row);
        }

        return rows;
    }

    private static bool Bind(PatternTerm pattern, Term term, Dictionary<string, Term> row) => pattern switch
    {
        Constant constant => constant.Value == term,
        Variable variable => row.TryAdd(variable.Name, term) || row[variable.Name] == term,
        TripleTermPattern triple => term is TripleTerm t && Bind(triple.Subject, t.Subject, row) && Bind(triple.Predicate, t.Predicate, row) && Bind(triple.Object, t.Object, row),
        _ => false,
    };

    private bool? Truth(Expression expression, Dictionary<string, Term> row, Term? graph)
    {
        switch (expression)
        {
            case BinaryExpression { Operator: Operator.And } and:
                return (Truth(and.Left, row, graph), Truth(and.Right, row, graph)) switch { (false, _) or (_, false) => false, (true, true) => true, _ => null };
            case BinaryExpression { Operator: Operator.Or } or:
                return (Truth(or.Left, row, graph), Truth(or.Right, row, graph)) switch { (true, _) or (_, true) => true, (false, false) => false, _ => null };
            case UnaryExpression { Operator: Operator.Not } not:
                return !Truth(not.Operand, row, graph);
            case CallExpression { Name: "BOUND" } bound:
                return row.ContainsKey(((VariableExpression)bound.Arguments[0]).Name);
            case ExistsExpression exists:
                return Evaluate(Substitution.In(exists.Pattern!, row), graph).Count > 0 != exists.IsNegated;
            case BinaryExpression { Operator: Operator.Equal } equal:
                return Both(equal, row, graph) is var (a, b) ? TermComparison.AreEqual(a, b) : null;
            case BinaryExpression { Operator: Operator.NotEqual } unequal:
                return Both(unequal, row, graph) is var (c, d) ? !TermComparison.AreEqual(c, d) : null;
            case BinaryExpression { Operator: Operator.Less or Operator.Greater } compare:
                return Both(compare, row, graph) is var (e, f) ? TermComparison.Holds(compare.Operator, e, f) : null;
            default:
                return Value(expression, row, graph) is { } value ? EffectiveBoolean.Of(value) : null;
        }
    }

    private (Term, Term)? Both(BinaryExpression binary, Dictionary<string, Term> row, Term? graph) =>
        Value(binary.Left, row, graph) is { } a && Value(binary.Right, row, graph) is { } b ? (a, b) : null;

    private Term? Value(Expression expression, Dictionary<string, Term> row, Term? graph) => expression switch
    {
        VariableExpression variable => row.GetValueOrDefault(variable.Name),
        ConstantExpression constant => constant.Value,
        BinaryExpression { Operator: Operator.Add } add => Both(add, row, graph) is var (a, b) ? Sum(a, b) : null,
        CallExpression { Name: "COALESCE" } coalesce => coalesce.Arguments.Select(a => Value(a, row, graph)).FirstOrDefault(v => v is not null),
        CallExpression { Name: "IF" } @if => Truth(@if.Arguments[0], row, graph) switch { true => Value(@if.Arguments[1], row, graph), false => Value(@if.Arguments[2], row, graph), _ => null },
        CallExpression { Name: "STR" } str => Value(str.Arguments[0], row, graph) switch { Iri i => new Literal(i.Value), Literal l => new Literal(l.Lexical), _ => null },
        BinaryExpression or UnaryExpression or ExistsExpression or CallExpression { Name: "BOUND" } => BooleanEvaluator.Term(Truth(expression, row, graph)),
        _ => throw new NotSupportedException(expression.ToString()),
    };
}

/// <summary>Terms in the place of variables, as EXISTS is defined (18.6).</summary>
internal static class Substitution
{
    public static Algebra In(Algebra algebra, Dictionary<string, Term> row) => algebra switch
    {
        Bgp bgp => new Bgp([.. bgp.Triples.Select(t => t with { Subject = In(t.Subject, row), Predicate = t.Predicate is null ? null : In(t.Predicate, row), Object = In(t.Object, row) })]),
        Join join => new Join([.. join.Parts.Select(p => In(p, row))]),
        LeftJoin left => new LeftJoin(In(left.Left, row), In(left.Right, row), left.Condition is null ? null : In(left.Condition, row)),
        Filter filter => new Filter([.. filter.Conditions.Select(c => In(c, row))], In(filter.Input, row)),
        Union union => new Union([.. union.Parts.Select(p => In(p, row))]),
        Minus minus => new Minus(In(minus.Left, row), In(minus.Right, row)),
        Graph graph => new Graph(In(graph.Name, row), In(graph.Input, row)),
        _ => throw new NotSupportedException(algebra.GetType().Name),
    };

    private static PatternTerm In(PatternTerm term, Dictionary<string, Term> row) => term is Variable variable && row.TryGetValue(variable.Name, out var value) ? new Constant(value) : term;

    private static Expression In(Expression expression, Dictionary<string, Term> row) => expression switch
    {
        VariableExpression variable when row.TryGetValue(variable.Name, out var value) => new ConstantExpression(value),
        CallExpression { Name: "BOUND" } bound when row.ContainsKey(((VariableExpression)bound.Arguments[0]).Name) => new ConstantExpression(new Literal("true", XsdVocabulary.Boolean)),
        _ => Translation.Map(expression, e => In(e, row)),
    };
}

/// <summary>Paths as bags of pairs.</summary>
internal static class NaivePaths
{
    public static List<(Term S, Term O)> Pairs(PropertyPath path, List<Quad> quads, PatternTerm[] ends)
    {
        switch (path)
        {
            case LinkPath link:
                return [.. quads.Where(q => q.Predicate == link.Predicate).Select(q => (q.Subject, q.Object))];
            case InversePath inverse:
                return [.. Pairs(inverse.Path, quads, ends).Select(p => (p.O, p.S))];
            case SequencePath sequence:
                var second = Pairs(sequence.Second, quads, ends);
                return [.. Pairs(sequence.First, quads, ends).SelectMany(a => second.Where(b => b.S == a.O).Select(b => (a.S, b.O)))];
            case AlternativePath alternative:
                return [.. Pairs(alternative.First, quads, ends), .. Pairs(alternative.Second, quads, ends)];
            case NegatedPath negated:
                var forward = negated.HasForward ? quads.Where(q => !negated.Forward.Contains((Iri)q.Predicate)).Select(q => (q.Subject, q.Object)) : [];
                var backward = negated.HasBackward ? quads.Where(q => !negated.Backward.Contains((Iri)q.Predicate)).Select(q => (q.Object, q.Subject)) : [];
                return [.. forward, .. backward];
            case RepeatedPath repeated:
                return Repeated(repeated, quads, ends);
            default:
                throw new NotSupportedException();
        }
    }

    private static List<(Term S, Term O)> Repeated(RepeatedPath path, List<Quad> quads, PatternTerm[] ends)
    {
        var once = Pairs(path.Path, quads, ends).ToHashSet();
        var all = new HashSet<(Term S, Term O)>(once);
        for (var before = -1; !path.IsBounded && before != all.Count;)
        {
            before = all.Count;
            all.UnionWith(all.SelectMany(a => once.Where(b => b.S == a.O).Select(b => (a.S, b.O))).ToList());
        }

        if (path.Least == 0)
            foreach (var node in quads.SelectMany(q => new[] { q.Subject, q.Object }).Concat(ends.OfType<Constant>().Select(c => c.Value)))
                all.Add((node, node));
        return [.. all];
    }
}
