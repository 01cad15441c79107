namespace Knowledge.Rules;

/// <summary>All ways in which given triples make goals true, one after the other in the order of the text.</summary>
internal static class BodyMatches
{
    /// <summary>Finds them.</summary>
    /// <param name="goals">Triples and builtins.</param>
    /// <param name="rule">Their rule.</param>
    /// <param name="given">The triples.</param>
    /// <param name="unification">Makes goals and triples equal.</param>
    /// <returns>The rule's variables, one array for each way.</returns>
    public static IEnumerable<TermId[]> Find(BackwardGoal[] goals, Rule rule, ITripleSource given, Unification unification) =>
        Find(goals, 0, new TermId[rule.Variables.Length], rule, given, unification);

    private static IEnumerable<TermId[]> Find(BackwardGoal[] goals, int position, TermId[] bindings, Rule rule, ITripleSource given, Unification unification)
    {
        if (position == goals.Length)
        {
            yield return bindings;
            yield break;
        }

        if (goals[position] is BuiltinGoal call)
        {
            var after = (TermId[])bindings.Clone();
            if (!call.Holds(after, rule, unification))
                yield break;
            foreach (var match in Find(goals, position + 1, after, rule, given, unification))
                yield return match;
            yield break;
        }

        var goal = (TripleGoal)goals[position];
        foreach (var triple in given.Match(unification.Resolve(goal, bindings, rule)))
        {
            var after = (TermId[])bindings.Clone();
            if (!unification.Unify(goal, triple, after))
                continue;
            foreach (var match in Find(goals, position + 1, after, rule, given, unification))
                yield return match;
        }
    }
}
