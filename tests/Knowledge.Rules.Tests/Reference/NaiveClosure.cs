using System.Collections.Immutable;

namespace Knowledge.Rules.Tests.Reference;

/// <summary>What follows from triples, the slow way: every rule on every fact until nothing is new, stratum by stratum. Shares nothing with the engine but syntax and builtins.</summary>
internal static class NaiveClosure
{
    /// <summary>Given and inferred triples, without those that answers do not show.</summary>
    /// <param name="given">Given triples.</param>
    /// <param name="strata">Rules, those first that others negate or count.</param>
    public static HashSet<Triple> Of(IEnumerable<Triple> given, params IEnumerable<IEnumerable<Rule>> strata)
    {
        var facts = given.ToHashSet();
        foreach (var stratum in strata)
            while (Round(facts, stratum) is { Count: > 0 } news)
                facts.UnionWith(news);
        facts.RemoveWhere(f => f.Subject is Literal || f.Predicate is not Iri);
        return facts;
    }

    private static HashSet<Triple> Round(HashSet<Triple> facts, IEnumerable<Rule> rules)
    {
        var news = new HashSet<Triple>();
        foreach (var rule in rules)
            foreach (var row in Matches(facts, rule, rule.Body, ImmutableDictionary<int, Term>.Empty))
                foreach (var head in rule.Head.Cast<TripleClause>())
                    news.Add(new Triple(Value(head.Subject, row)!, Value(head.Predicate, row)!, Value(head.Object, row)!));
        news.ExceptWith(facts);
        return news;
    }

    private static IEnumerable<ImmutableDictionary<int, Term>> Matches(HashSet<Triple> facts, Rule rule, ImmutableArray<RuleClause> clauses, ImmutableDictionary<int, Term> row)
    {
        // Triples first, then the rest in the order of the text.
        IEnumerable<ImmutableDictionary<int, Term>> rows = [row];
        foreach (var triple in clauses.OfType<TripleClause>())
            rows = rows.SelectMany(r => facts.Select(f => Unified(triple, f, r)).OfType<ImmutableDictionary<int, Term>>()).ToList();
        foreach (var clause in clauses.Where(c => c is not TripleClause))
            rows = rows.SelectMany(r => Rest(facts, rule, clause, r)).ToList();
        return rows;
    }

    private static IEnumerable<ImmutableDictionary<int, Term>> Rest(HashSet<Triple> facts, Rule rule, RuleClause clause, ImmutableDictionary<int, Term> row)
    {
        switch (clause)
        {
            case BuiltinClause builtin:
                var environment = new Builtins.ListedEnvironment();
                foreach (var fact in facts)
                    environment.Facts.Add(new TripleIds(environment.Id(fact.Subject), environment.Id(fact.Predicate), environment.Id(fact.Object)));
                var call = new BuiltinCall(environment, rule, builtin);
                for (var i = 0; i < call.Count; i++)
                    call[i] = Value(builtin.Arguments[i], row) is { } value ? environment.Id(value) : TermId.None;
                if (!BuiltinRegistry.Default.Find(builtin.Name)!.Body!(call))
                    return [];
                for (var i = 0; i < call.Count; i++)
                    if (builtin.Arguments[i] is VariableNode variable && call.IsBound(i))
                        row = row.SetItem(variable.Index, call.Term(i)!);
                return [row];
            case NegationClause negation:
                return Matches(facts, rule, negation.Clauses, row).Any() ? [] : [row];
            case AggregateClause aggregate:
                return Matches(facts, rule, aggregate.Clauses, ImmutableDictionary<int, Term>.Empty)
                    .GroupBy(r => string.Join(' ', aggregate.Groups.Select(g => r[g.Index])))
                    .Select(g => Grouped(aggregate, [.. g], row)).OfType<ImmutableDictionary<int, Term>>();
            default:
                throw new NotSupportedException(clause.ToString());
        }
    }

    private static ImmutableDictionary<int, Term>? Grouped(AggregateClause aggregate, List<ImmutableDictionary<int, Term>> rows, ImmutableDictionary<int, Term> row)
    {
        foreach (var group in aggregate.Groups)
        {
            if (row.TryGetValue(group.Index, out var there) && !there.Equals(rows[0][group.Index]))
                return null;
            row = row.SetItem(group.Index, rows[0][group.Index]);
        }

        var values = rows.Select(r => r[aggregate.Argument.Index]).Distinct().ToList();
        if (aggregate.Function != AggregateFunction.Count)
            throw new NotSupportedException("The twin counts.");
        return row.SetItem(aggregate.Result.Index, new Literal($"{values.Count}", XsdVocabulary.Integer));
    }

    private static ImmutableDictionary<int, Term>? Unified(TripleClause clause, Triple fact, ImmutableDictionary<int, Term> row)
    {
        foreach (var (node, term) in new[] { (clause.Subject, fact.Subject), (clause.Predicate, fact.Predicate), (clause.Object, fact.Object) })
        {
            if (Value(node, row) is { } value)
            {
                if (!value.Equals(term))
                    return null;
            }
            else
            {
                row = row.SetItem(((VariableNode)node).Index, term);
            }
        }

        return row;
    }

    private static Term? Value(RuleNode node, ImmutableDictionary<int, Term> row) => node switch
    {
        TermNode term => term.Term,
        VariableNode variable => row.GetValueOrDefault(variable.Index),
        _ => throw new NotSupportedException("The twin knows no functors."),
    };
}
