namespace Knowledge.Rules;

/// <summary>A rule as the backward engine runs it: one triple that it can prove, and the goals that prove it, in the order of the text.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Head">What it proves.</param>
/// <param name="Body">Goals.</param>
/// <param name="Given">What its variables are bound to from the start, by a forward rule that it stood in; empty for none.</param>
/// <param name="Around">The goals of that forward rule, which hold under these bindings; empty for none.</param>
internal sealed record BackwardClause(Rule Rule, TripleGoal Head, BackwardGoal[] Body, TermId[] Given, BackwardGoal[] Around)
{
    /// <summary>Number of variables.</summary>
    public int Variables => Rule.Variables.Length;
}

/// <summary>Something to prove.</summary>
internal abstract record BackwardGoal;

/// <summary>A triple to prove.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Predicate">Its predicate.</param>
/// <param name="Object">Its object.</param>
internal sealed record TripleGoal(GoalTerm Subject, GoalTerm Predicate, GoalTerm Object) : BackwardGoal;

/// <summary>A builtin to call.</summary>
/// <param name="Builtin">The builtin; null for an unknown one, which never holds.</param>
/// <param name="Call">The call.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record BuiltinGoal(Builtin? Builtin, BuiltinCall Call, GoalTerm[] Arguments) : BackwardGoal
{
    /// <summary>Calls it.</summary>
    /// <param name="bindings">The rule's variables; those that the builtin binds are set.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="unification">Makes arguments and values equal.</param>
    /// <returns>Whether it holds.</returns>
    public bool Holds(TermId[] bindings, Rule rule, Unification unification)
    {
        if (Builtin?.Body is not { } body)
            return false;
        for (var i = 0; i < Arguments.Length; i++)
            Call[i] = unification.Resolve(Arguments[i], bindings, rule);
        Call.Bindings = bindings;
        if (!body(Call))
            return false;
        for (var i = 0; i < Arguments.Length; i++)
            if (!Call[i].IsNone && !unification.Unify(Arguments[i], Call[i], bindings))
                return false;
        return true;
    }
}

/// <summary>A term, a variable or a functor in a goal.</summary>
/// <param name="Id">The term; <see cref="TermId.None"/> for the others.</param>
/// <param name="Variable">Index of the variable; -1 for the others.</param>
/// <param name="Functor">The functor; null for the others.</param>
internal readonly record struct GoalTerm(TermId Id, int Variable, FunctorPattern? Functor)
{
    /// <summary>A term.</summary>
    public static GoalTerm Of(TermId id) => new(id, -1, null);

    /// <summary>A variable.</summary>
    public static GoalTerm Of(int variable) => new(default, variable, null);

    /// <summary>A functor.</summary>
    public static GoalTerm Of(FunctorPattern functor) => new(default, -1, functor);
}

/// <summary>A functor whose arguments may be variables.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record FunctorPattern(string Name, GoalTerm[] Arguments);
