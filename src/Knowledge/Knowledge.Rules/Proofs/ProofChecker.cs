using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Accepts proofs that are proofs. It knows rules as they were written, given facts, and nothing of how proofs were found.</summary>
/// <remarks>
/// <para>A proof is accepted where each of its facts is given, or is a head of one of the rules under bindings for which the rule's triples are its premises, in order, its builtins hold, its
/// negations have no match and its aggregates that value. What cannot be seen from the proof alone (negation, counting, lists) is looked up among the facts that hold.</para>
/// <para>Of graphs that lie on each other each has a checker of its own, with the checker of the graph below: a proof is accepted where rules of a graph have premises that its own rules prove, or
/// those below, and never those above. So what a rule of the lower graph negates or counts is looked up among that graph's facts, whatever upper rules add to them.</para>
/// <para>Shares with the engine the syntax tree and the builtins alone. Cost: a look at each fact of the proof.</para>
/// </remarks>
/// <param name="rules">Rules that may be used.</param>
/// <param name="isGiven">Whether a fact is given.</param>
/// <param name="facts">All facts that hold, for what a proof cannot show; null where the rules ask for none.</param>
/// <param name="builtins">Builtins; null for <see cref="BuiltinRegistry.Default"/>.</param>
public sealed class ProofChecker(RuleSet rules, Func<Triple, bool> isGiven, Func<IEnumerable<Triple>>? facts = null, BuiltinRegistry? builtins = null)
{
    private readonly HashSet<Rule> _rules = [.. rules.Rules, .. NestedRules.Of(rules), .. BackwardRules.Forward(rules)];
    private readonly HashSet<Proof> _accepted = new(ReferenceEqualityComparer.Instance);
    private readonly BuiltinRegistry _builtins = builtins ?? BuiltinRegistry.Default;
    private readonly ProofChecker? _below;
    private FactList? _facts;

    /// <summary>For a graph that lies on another: what is given to it is what the checker of that one accepts.</summary>
    /// <param name="rules">Rules of the upper graph.</param>
    /// <param name="below">The checker of the graph that it lies on, with that one's rules.</param>
    /// <param name="facts">All facts that hold in the upper graph, for what a proof cannot show; null where its rules ask for none.</param>
    /// <param name="builtins">Builtins of the upper graph; null for <see cref="BuiltinRegistry.Default"/>.</param>
    public ProofChecker(RuleSet rules, ProofChecker below, Func<IEnumerable<Triple>>? facts = null, BuiltinRegistry? builtins = null)
        : this(rules, static _ => false, facts, builtins)
    {
        ArgumentNullException.ThrowIfNull(below);
        _below = below;
    }

    /// <summary>Checks a proof.</summary>
    /// <param name="proof">The proof.</param>
    /// <returns>What is wrong with it; null where it is accepted.</returns>
    public string? Check(Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        // Premises come before what they prove: whatever is reached through itself is met before it is accepted.
        foreach (var node in proof.Nodes())
        {
            if (node.Premises.FirstOrDefault(p => !_accepted.Contains(p)) is { } open)
                return $"{open.Conclusion} is proved by itself.";
            if (Visit(node) is { } problem)
                return problem;
        }

        return null;
    }

    /// <summary>Accepts a fact whose premises were visited before, here or below.</summary>
    private string? Visit(Proof node)
    {
        if (_accepted.Contains(node))
            return null;
        var below = _below?.Visit(node);
        if (_below is null || below is not null)
        {
            if (node.Premises.FirstOrDefault(p => !_accepted.Contains(p)) is { } above)
                return $"{above.Conclusion} is proved by rules of a graph above that of the rule '{node.Rule?.Title}', which does not see it.";
            if (CheckOne(node) is { } problem)
                return node.Rule is { } rule && !_rules.Contains(rule) ? below ?? problem : problem;
        }

        _accepted.Add(node);
        return null;
    }

    private string? CheckOne(Proof node)
    {
        if (node.Rule is not { } rule)
            return node.Premises.IsEmpty && isGiven(node.Conclusion) ? null : $"{node.Conclusion} is not given.";
        if (!_rules.Contains(rule))
            return $"The rule '{rule.Title}' is not one of the rules.";
        if (!rule.Head.OfType<TripleClause>().Any(h => Instance(h, rule, node.Bindings) is { } head && head.Equals(node.Conclusion)) && !IsConcludedByBuiltin(rule, node))
            return $"{node.Conclusion} is no head of the rule '{rule.Title}' under its bindings.";
        var premises = new Queue<Proof>(node.Premises);
        foreach (var clause in rule.Body)
        {
            if (clause is TripleClause triple)
            {
                if (!premises.TryDequeue(out var premise))
                    return $"A premise of the rule '{rule.Title}' is missing in the proof of {node.Conclusion}.";
                if (Instance(triple, rule, node.Bindings) is not { } needed || !needed.Equals(premise.Conclusion))
                    return $"{premise.Conclusion} is not the premise that the rule '{rule.Title}' needs for {node.Conclusion}.";
            }
            else if (!Holds(clause, rule, node.Bindings))
            {
                return $"'{clause}' of the rule '{rule.Title}' does not hold in the proof of {node.Conclusion}.";
            }
        }

        return premises.Count == 0 ? null : $"The proof of {node.Conclusion} has more premises than the rule '{rule.Title}'.";
    }

    /// <summary>A clause with the bindings put in; null where a variable has none.</summary>
    private static Triple? Instance(TripleClause clause, Rule rule, IReadOnlyDictionary<string, Term> bindings) =>
        Value(clause.Subject, rule, bindings) is { } s && Value(clause.Predicate, rule, bindings) is { } p && Value(clause.Object, rule, bindings) is { } o ? new Triple(s, p, o) : null;

    private static Term? Value(RuleNode node, Rule rule, IReadOnlyDictionary<string, Term> bindings)
    {
        switch (node)
        {
            case TermNode term:
                return term.Term;
            case VariableNode variable:
                return bindings.GetValueOrDefault(rule.Variables[variable.Index]);
            case FunctorNode functor:
                var arguments = functor.Arguments.Select(a => Value(a, rule, bindings)).ToList();
                return arguments.Contains(null) ? null : Functor.Term(functor.Name, arguments!);
            default:
                return null;
        }
    }

    private bool Holds(RuleClause clause, Rule rule, IReadOnlyDictionary<string, Term> bindings) => clause switch
    {
        BuiltinClause builtin => Call(builtin, rule, bindings) is not null,
        NegationClause negation => !Matches(negation.Clauses, rule, bindings).Any(),
        AggregateClause aggregate => Agrees(aggregate, rule, bindings),
        _ => false,
    };

    /// <summary>Calls a builtin with its bindings, which it then may not bind otherwise; null where it does not hold.</summary>
    private FactList? Call(BuiltinClause clause, Rule rule, IReadOnlyDictionary<string, Term> bindings)
    {
        if (_builtins.Find(clause.Name) is not { } builtin)
            return null;
        // Fresh nodes are whatever the proof says, as long as they are blank.
        if (clause.Name is "makeTemp" or "now")
            return clause.Arguments.All(a => Value(a, rule, bindings) is BlankNode or Literal) ? Facts : null;
        var call = new BuiltinCall(Facts, rule, clause);
        for (var i = 0; i < call.Count; i++)
            call[i] = Value(clause.Arguments[i], rule, bindings) is { } value ? Facts.Id(value) : TermId.None;
        Facts.Added.Clear();
        if (builtin.Body is { } body && !body(call))
            return null;
        return Facts;
    }

    private bool IsConcludedByBuiltin(Rule rule, Proof node)
    {
        foreach (var clause in rule.Head.OfType<BuiltinClause>())
        {
            if (_builtins.Find(clause.Name) is not { Head: { } head, Reads: BuiltinReads.Lists })
                continue;
            var call = new BuiltinCall(Facts, rule, clause);
            for (var i = 0; i < call.Count; i++)
                call[i] = Value(clause.Arguments[i], rule, node.Bindings) is { } value ? Facts.Id(value) : TermId.None;
            Facts.Added.Clear();
            head(call);
            if (Facts.Added.Any(f => Facts.Triple(f).Equals(node.Conclusion)))
                return true;
        }

        return false;
    }

    /// <summary>All matches of a group among the facts that hold.</summary>
    private IEnumerable<IReadOnlyDictionary<string, Term>> Matches(ImmutableArray<RuleClause> clauses, Rule rule, IReadOnlyDictionary<string, Term> bindings)
    {
        IEnumerable<IReadOnlyDictionary<string, Term>> rows = [bindings];
        foreach (var triple in clauses.OfType<TripleClause>())
            rows = rows.SelectMany(row => Facts.All.Select(fact => Unified(triple, fact, rule, row)).OfType<IReadOnlyDictionary<string, Term>>());
        return rows.Where(row => clauses.Where(c => c is not TripleClause).All(c => Holds(c, rule, row)));
    }

    private static Dictionary<string, Term>? Unified(TripleClause clause, Triple fact, Rule rule, IReadOnlyDictionary<string, Term> row)
    {
        var next = new Dictionary<string, Term>(row);
        foreach (var (node, term) in new[] { (clause.Subject, fact.Subject), (clause.Predicate, fact.Predicate), (clause.Object, fact.Object) })
        {
            if (node is VariableNode variable)
            {
                if (!next.TryAdd(rule.Variables[variable.Index], term) && !next[rule.Variables[variable.Index]].Equals(term))
                    return null;
            }
            else if (Value(node, rule, next) is not { } value || !value.Equals(term))
            {
                return null;
            }
        }

        return next;
    }

    private bool Agrees(AggregateClause aggregate, Rule rule, IReadOnlyDictionary<string, Term> bindings)
    {
        var groups = aggregate.Groups.Select(g => rule.Variables[g.Index]).ToHashSet();
        var group = bindings.Where(b => groups.Contains(b.Key)).ToDictionary();
        var rows = Matches(aggregate.Clauses, rule, group).ToList();
        var name = rule.Variables[aggregate.Argument.Index];
        var values = rows.Select(r => r[name]).Distinct().ToList();
        var result = bindings[rule.Variables[aggregate.Result.Index]];
        return aggregate.Function switch
        {
            AggregateFunction.Count => result is Literal count && count.Lexical == values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            AggregateFunction.Min or AggregateFunction.Max => values.Contains(result)
                && values.TrueForAll(v => LiteralValue.Compare(v, result) is not { } order || (aggregate.Function == AggregateFunction.Min ? order >= 0 : order <= 0)),
            _ => Number.TryOf(result, out var total) && Math.Abs(total.AsDouble - Total(aggregate.Function, rows, name)) <= 1e-9 * Math.Max(1, Math.Abs(total.AsDouble)),
        };
    }

    private static double Total(AggregateFunction function, List<IReadOnlyDictionary<string, Term>> rows, string name)
    {
        var numbers = new List<double>();
        foreach (var row in rows.DistinctBy(r => string.Join(' ', r.OrderBy(b => b.Key, StringComparer.Ordinal))))
            if (Number.TryOf(row[name], out var number))
                numbers.Add(number.AsDouble);
        return function == AggregateFunction.Sum ? numbers.Sum() : numbers.Average();
    }

    private FactList Facts => _facts ??= new FactList(facts?.Invoke() ?? []);

    /// <summary>Facts in a list, as builtins see them.</summary>
    private sealed class FactList(IEnumerable<Triple> facts) : IBuiltinEnvironment
    {
        private readonly List<Term> _terms = [];
        private readonly Dictionary<Term, TermId> _ids = [];

        public List<Triple> All { get; } = [.. facts];

        public List<TripleIds> Added { get; } = [];

        public DateTimeOffset Now => default;

        public Triple Triple(TripleIds ids) => new(Term(ids.Subject), Term(ids.Predicate), Term(ids.Object));

        public Term Term(TermId id) => _terms[(int)id.Value - 1];

        public TermId Id(Term term)
        {
            if (_ids.TryGetValue(term, out var id))
                return id;
            _terms.Add(term);
            return _ids[term] = new TermId((uint)_terms.Count);
        }

        public IEnumerable<TripleIds> Match(TermId subject, TermId predicate, TermId @object) => All
            .Where(f => (subject.IsNone || f.Subject.Equals(Term(subject))) && (predicate.IsNone || f.Predicate.Equals(Term(predicate))) && (@object.IsNone || f.Object.Equals(Term(@object))))
            .Select(f => new TripleIds(Id(f.Subject), Id(f.Predicate), Id(f.Object)));

        public TermId Fresh(BuiltinCall call, int argument) => TermId.None;

        public void Print(string line)
        {
            // A check is silent.
        }

        public void Add(BuiltinCall call, TripleIds fact) => Added.Add(fact);

        public void Remove(BuiltinCall call, int clause, bool silently)
        {
            // What was taken away does not bear on what was concluded.
        }

        public void Hide(TermId node)
        {
            // Hidden nodes are proved as others are.
        }

        public void Table(TermId predicate)
        {
            // A check tables nothing.
        }
    }
}
