namespace Knowledge.Rules;

/// <summary>Makes goals and terms equal by binding variables. Terms in facts and answers have no variables, so there is no occurs check to do.</summary>
/// <param name="terms">Terms of the ids.</param>
/// <param name="maxTermDepth">How deep functors may stand in each other.</param>
internal sealed class Unification(ITermSpace terms, int maxTermDepth)
{
    private readonly Dictionary<TermId, (string Name, TermId[] Arguments)?> _functors = [];

    /// <summary>The id of a goal's term under bindings; <see cref="TermId.None"/> where a variable is left.</summary>
    /// <exception cref="RuleLimitException">Functors stand deeper in each other than the limit.</exception>
    public TermId Resolve(GoalTerm term, TermId[] bindings, Rule rule)
    {
        if (term.Variable >= 0)
            return bindings[term.Variable];
        if (term.Functor is not { } functor)
            return term.Id;
        var arguments = new Term[functor.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var id = Resolve(functor.Arguments[i], bindings, rule);
            if (id.IsNone)
                return TermId.None;
            arguments[i] = terms.Term(id);
        }

        var value = Functor.Term(functor.Name, arguments);
        if (Functor.Depth(value) > maxTermDepth)
            throw new RuleLimitException(nameof(BackwardOptions.MaxTermDepth), maxTermDepth, $"functors stand deeper in each other, as in {Shortened(value)}", rule, Bound(bindings, rule));
        return terms.Id(value);
    }

    /// <summary>Binds variables of a goal's term so that it is a value; <see cref="TermId.None"/> stands for any value and binds nothing.</summary>
    /// <returns>Whether that can be.</returns>
    public bool Unify(GoalTerm term, TermId value, TermId[] bindings)
    {
        if (value.IsNone)
            return true;
        if (term.Variable >= 0)
        {
            if (bindings[term.Variable].IsNone)
                bindings[term.Variable] = value;
            return bindings[term.Variable] == value;
        }

        if (term.Functor is not { } functor)
            return term.Id == value;
        if (Read(value) is not { } found || found.Name != functor.Name || found.Arguments.Length != functor.Arguments.Length)
            return false;
        for (var i = 0; i < found.Arguments.Length; i++)
            if (!Unify(functor.Arguments[i], found.Arguments[i], bindings))
                return false;
        return true;
    }

    /// <summary>Binds variables of a goal so that it is a triple.</summary>
    public bool Unify(TripleGoal goal, TripleIds triple, TermId[] bindings) =>
        Unify(goal.Predicate, triple.Predicate, bindings) && Unify(goal.Subject, triple.Subject, bindings) && Unify(goal.Object, triple.Object, bindings);

    /// <summary>A goal's triple under bindings, with <see cref="TermId.None"/> for what is not known.</summary>
    public TripleIds Resolve(TripleGoal goal, TermId[] bindings, Rule rule) =>
        new(Resolve(goal.Subject, bindings, rule), Resolve(goal.Predicate, bindings, rule), Resolve(goal.Object, bindings, rule));

    /// <summary>Variables with the terms that they are bound to, for messages.</summary>
    public IReadOnlyDictionary<string, Term> Bound(TermId[] bindings, Rule rule) => rule.Variables.Select((name, i) => (name, id: bindings[i])).Where(v => !v.id.IsNone)
        .GroupBy(v => v.name).ToDictionary(g => g.Key, g => terms.Term(g.First().id));

    private (string Name, TermId[] Arguments)? Read(TermId id)
    {
        if (!_functors.TryGetValue(id, out var found))
            _functors[id] = found = Functor.TryRead(terms.Term(id), out var name, out var arguments) ? (name, [.. arguments.Select(terms.Id)]) : null;
        return found;
    }

    private static string Shortened(Term term) => term.ToString() is { Length: > 120 } text ? text[..120] + "..." : term.ToString();
}
