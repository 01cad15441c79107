using System.Diagnostics.CodeAnalysis;

namespace Knowledge.Rules;

/// <summary>Proves goals with clauses, each different goal once: answers are kept in tables, and proofs that need a goal wait at its table for answers to come.</summary>
/// <remarks>
/// <para>Every goal is tabled, so left recursion, cycles and goals with a variable predicate come to an end wherever the answers are finitely many; <c>table(p)</c> asks for what is done anyway.
/// Goals of predicates that no clause proves are read from the given triples. Goals are compared without their functors' variables and without what variables they share: such goals are made
/// wider, and their answers are unified again where they are used. A goal that is narrower than one with a table waits there, so that nothing is proved in both.</para>
/// <para>A clause's conclusion with an unbound variable holds for every term; such an answer serves other goals and is none that is listed.</para>
/// <para>Source: Chen and Warren 1996, "Tabled evaluation with delaying for general logic programs", for programs without negation, with local scheduling replaced by one agenda: all tables
/// that a goal opened are complete when the agenda is empty.</para>
/// <para>Cost: time and memory grow with the number of goals, their answers and the proofs that wait at them. Not safe for several threads.</para>
/// </remarks>
internal sealed class TabledEvaluation(BackwardProgram program, ITripleSource given, ITermSpace terms, BackwardOptions options)
{
    private readonly Unification _unification = new(terms, options.MaxTermDepth);
    private readonly Dictionary<TripleIds, GoalTable> _tables = [];
    private readonly List<GoalTable> _open = [];
    private readonly Stack<(ProofFrame Frame, TripleIds? Answer)> _agenda = [];
    private readonly Dictionary<TripleIds, BackwardStep> _steps = [];
    private readonly HashSet<TripleIds> _asked = [];
    private long _answers;

    /// <summary>Number of goals that have a table.</summary>
    public int Tables => _tables.Count;

    /// <summary>All answers of a goal: given triples and what the clauses prove.</summary>
    /// <param name="goal">A pattern, with <see cref="TermId.None"/> for any term.</param>
    /// <exception cref="RuleLimitException">A limit was reached; all tables are dropped.</exception>
    public IEnumerable<TripleIds> Solve(TripleIds goal)
    {
        if (!program.MayProve(goal.Predicate))
            return given.Match(goal);
        try
        {
            if (program.IsOpen)
                Complete(default);
            return Complete(goal).Match(goal).Where(a => !a.Subject.IsNone && !a.Predicate.IsNone && !a.Object.IsNone);
        }
        catch
        {
            _tables.Clear(); // half-filled tables would pass for complete ones
            _open.Clear();
            _agenda.Clear();
            _asked.Clear();
            _answers = 0;
            throw;
        }
    }

    /// <summary>The table of a goal, with all its answers.</summary>
    private GoalTable Complete(TripleIds goal)
    {
        var table = TableOf(goal, null);
        while (_agenda.TryPop(out var next))
        {
            if (next.Answer is { } answer)
                Extend(next.Frame, answer);
            else
                Advance(next.Frame);
        }

        _open.ForEach(t => t.Complete());
        _open.Clear();
        return table;
    }

    /// <summary>The last step of a proof of a triple that <see cref="Solve"/> answered; null for given ones. Premises are proved by earlier steps, so steps make no cycle.</summary>
    public BackwardStep? StepOf(TripleIds triple) => _steps.TryGetValue(triple, out var step) ? step : null;

    /// <summary>The triples that a step's clause needed.</summary>
    public IEnumerable<TripleIds> Premises(BackwardStep step) => step.Clause.Around.Concat(step.Clause.Body).OfType<TripleGoal>().Select(g => _unification.Resolve(g, step.Bindings, step.Clause.Rule));

    /// <summary>The table of a goal or of a wider one, opened where there is none.</summary>
    private GoalTable TableOf(TripleIds goal, ProofFrame? asking)
    {
        if (_tables.TryGetValue(goal, out var table))
            return table;
        if (TryWider(goal, out var wider))
            return program.AskedNarrow(goal.Predicate).ToList() is { Count: > 0 } narrow ? Narrow(goal, wider, narrow) : wider;
        if (_tables.Count >= options.MaxTables)
            throw Limit(nameof(options.MaxTables), options.MaxTables, "More goals are open than there may be", asking);
        _tables[goal] = table = new GoalTable();
        _open.Add(table);
        foreach (var triple in given.Match(goal))
            Answer(table, triple, asking);
        foreach (var clause in program.For(goal.Predicate))
            Begin(clause, goal, table);
        return table;
    }

    /// <summary>A goal that a wider table answers, but for clauses that prove more of the narrow one: these go on into the wide table, or into a new one where that is complete.</summary>
    private GoalTable Narrow(TripleIds goal, GoalTable wider, List<BackwardClause> clauses)
    {
        if (!wider.IsComplete)
        {
            if (_asked.Add(goal))
                clauses.ForEach(c => Begin(c, goal, wider));
            return wider;
        }

        var table = _tables[goal] = new GoalTable();
        _open.Add(table);
        foreach (var answer in wider.Match(goal))
            Answer(table, answer, null);
        clauses.ForEach(c => Begin(c, goal, table));
        return table;
    }

    private void Begin(BackwardClause clause, TripleIds goal, GoalTable table)
    {
        var bindings = new TermId[clause.Variables];
        clause.Given.CopyTo(bindings, 0);
        if (_unification.Unify(clause.Head, goal, bindings))
            _agenda.Push((new ProofFrame(clause, 0, bindings, table), null));
    }

    private bool TryWider(TripleIds goal, [NotNullWhen(true)] out GoalTable? table)
    {
        ReadOnlySpan<TripleIds> candidates =
        [
            goal with { Subject = default }, goal with { Object = default }, goal with { Predicate = default }, goal with { Subject = default, Object = default },
            goal with { Predicate = default, Object = default }, goal with { Subject = default, Predicate = default }, default,
        ];
        foreach (var candidate in candidates)
            if (_tables.TryGetValue(candidate, out table))
                return true;
        table = null;
        return false;
    }

    /// <summary>Goes on with a proof until it needs a goal's answers, fails or is done.</summary>
    private void Advance(ProofFrame frame)
    {
        var (clause, position, bindings, table) = frame;
        while (position < clause.Body.Length && clause.Body[position] is BuiltinGoal call)
        {
            bindings = (TermId[])bindings.Clone();
            if (!call.Holds(bindings, clause.Rule, _unification))
                return;
            position++;
        }

        if (position == clause.Body.Length)
        {
            Conclude(new ProofFrame(clause, position, bindings, table));
            return;
        }

        var waiting = new ProofFrame(clause, position, bindings, table);
        var goal = _unification.Resolve((TripleGoal)clause.Body[position], bindings, clause.Rule);
        if (!program.MayProve(goal.Predicate))
        {
            foreach (var triple in given.Match(goal))
                Extend(waiting, triple);
            return;
        }

        var answers = TableOf(goal, waiting);
        if (!answers.IsComplete && options.Fault != EngineFault.ForgetsWaitingProofs)
            answers.Wait(goal, waiting);
        foreach (var answer in answers.Match(goal))
            _agenda.Push((waiting, answer));
    }

    /// <summary>Goes on with a proof whose next goal a triple answers.</summary>
    private void Extend(ProofFrame frame, TripleIds answer)
    {
        var bindings = (TermId[])frame.Bindings.Clone();
        if (_unification.Unify((TripleGoal)frame.Clause.Body[frame.Position], answer, bindings))
            Advance(frame with { Position = frame.Position + 1, Bindings = bindings });
    }

    private void Conclude(ProofFrame frame)
    {
        var answer = _unification.Resolve(frame.Clause.Head, frame.Bindings, frame.Clause.Rule);
        if (frame.Clause.Head is { } head && head.Object.Functor is not null && answer.Object.IsNone)
            throw new RuleException("A functor in its head has a variable that nothing binds.", frame.Clause.Rule);
        if (Answer(frame.Table, answer, frame))
            _steps.TryAdd(answer, new BackwardStep(frame.Clause, frame.Bindings));
    }

    private bool Answer(GoalTable table, TripleIds answer, ProofFrame? by)
    {
        if (!table.Add(answer))
            return false;
        if (++_answers > options.MaxAnswers)
            throw Limit(nameof(options.MaxAnswers), options.MaxAnswers, "The goals have more answers than they may have", by);
        foreach (var consumer in table.Consumers(answer))
            _agenda.Push((consumer, answer));
        return true;
    }

    private RuleLimitException Limit(string name, long value, string problem, ProofFrame? frame) => frame is null
        ? throw new InvalidOperationException($"{problem} (limit {name}, {value}), with given triples alone. Raise the limit.")
        : new RuleLimitException(name, value, problem, frame.Clause.Rule, _unification.Bound(frame.Bindings, frame.Clause.Rule));
}
