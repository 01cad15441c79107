namespace Knowledge.Rules;

/// <summary>Clauses by what they can prove.</summary>
internal sealed class BackwardProgram
{
    private readonly Dictionary<TermId, List<BackwardClause>> _byPredicate = [];
    private readonly List<BackwardClause> _ofAnyPredicate = [];
    private readonly List<BackwardClause> _all = [];
    private readonly bool _hasModes;

    /// <summary>These clauses.</summary>
    public BackwardProgram(IEnumerable<BackwardClause> clauses)
    {
        foreach (var clause in clauses)
        {
            _all.Add(clause);
            var predicate = clause.Head.Predicate.Variable >= 0 ? clause.Given.ElementAtOrDefault(clause.Head.Predicate.Variable) : clause.Head.Predicate.Id;
            if (predicate.IsNone)
                _ofAnyPredicate.Add(clause);
            else if (_byPredicate.TryGetValue(predicate, out var list))
                list.Add(clause);
            else
                _byPredicate[predicate] = [clause];
        }

        IsOpen = ReachesOpenGoal();
        _hasModes = _all.Exists(HasModes);
    }

    /// <summary>All clauses.</summary>
    public IReadOnlyList<BackwardClause> Clauses => _all;

    /// <summary>Whether any goal comes down to the goal that is all variables, as with rules on equality: then that one is asked from the start, in place of each narrower one first.</summary>
    public bool IsOpen { get; }

    /// <summary>Whether some clause may prove a triple of a predicate; <see cref="TermId.None"/> for any.</summary>
    public bool MayProve(TermId predicate) => _ofAnyPredicate.Count > 0 || (predicate.IsNone ? _all.Count > 0 : _byPredicate.ContainsKey(predicate));

    /// <summary>Clauses that may prove more of a narrow goal than of a wide one: they call a builtin before its arguments are bound, as in <c>bound(?x)</c>.</summary>
    public IEnumerable<BackwardClause> AskedNarrow(TermId predicate) => _hasModes ? For(predicate).Where(HasModes) : [];

    /// <summary>Clauses that may prove a triple of a predicate; <see cref="TermId.None"/> for any.</summary>
    public IEnumerable<BackwardClause> For(TermId predicate) => predicate.IsNone ? _all : _byPredicate.TryGetValue(predicate, out var list) ? list.Concat(_ofAnyPredicate) : _ofAnyPredicate;

    /// <summary>Follows predicates of goals from the clauses that prove any predicate.</summary>
    private bool ReachesOpenGoal()
    {
        var seen = new HashSet<BackwardClause>(ReferenceEqualityComparer.Instance);
        var open = new Stack<BackwardClause>(_ofAnyPredicate);
        while (open.TryPop(out var clause))
        {
            if (!seen.Add(clause))
                continue;
            var bound = new HashSet<int>();
            foreach (var goal in clause.Body.OfType<TripleGoal>())
            {
                var (s, p, o) = (goal.Subject.Variable, goal.Predicate.Variable, goal.Object.Variable);
                if (s >= 0 && p >= 0 && o >= 0 && !bound.Overlaps([s, p, o]) && clause.Given.Length == 0)
                    return true;
                bound.UnionWith([s, p, o]);
                foreach (var next in For(p >= 0 ? TermId.None : goal.Predicate.Id))
                    open.Push(next);
            }
        }

        return false;
    }

    private static bool HasModes(BackwardClause clause)
    {
        var bound = new HashSet<int>(Enumerable.Range(0, clause.Given.Length).Where(i => !clause.Given[i].IsNone));
        foreach (var goal in clause.Body)
        {
            if (goal is TripleGoal triple)
                bound.UnionWith(Variables([triple.Subject, triple.Predicate, triple.Object]));
            else if (goal is BuiltinGoal { Builtin: { } builtin } call && Variables(call.Arguments).Where(v => !bound.Contains(v)).Skip(builtin.Binds ? 1 : 0).Any())
                return true;
            else if (goal is BuiltinGoal { Builtin.Binds: true } binding)
                bound.UnionWith(Variables(binding.Arguments));
        }

        return false;
    }

    private static IEnumerable<int> Variables(IEnumerable<GoalTerm> terms) => terms.SelectMany(t => t.Variable >= 0 ? [t.Variable] : t.Functor is { } functor ? Variables(functor.Arguments) : []);
}
