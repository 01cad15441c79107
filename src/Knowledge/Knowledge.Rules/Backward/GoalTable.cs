namespace Knowledge.Rules;

/// <summary>The answers of one goal, and who waits for them.</summary>
/// <param name="goal">The goal, with <see cref="TermId.None"/> for its variables; what variables it shares is left to those who use it.</param>
internal sealed class GoalTable(TripleIds goal)
{
    private readonly HashSet<TripleIds> _known = [];
    private Dictionary<TermId, List<TripleIds>>? _bySubject;
    private Dictionary<TermId, List<TripleIds>>? _byObject;

    /// <summary>The goal.</summary>
    public TripleIds Goal => goal;

    /// <summary>Answers in the order in which they were found.</summary>
    public List<TripleIds> Answers { get; } = [];

    /// <summary>Proofs that go on with each answer.</summary>
    public List<ProofFrame> Consumers { get; } = [];

    /// <summary>Whether there will be no more answers.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds an answer.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(TripleIds answer)
    {
        if (!_known.Add(answer))
            return false;
        Answers.Add(answer);
        return true;
    }

    /// <summary>No more answers will come: nobody waits any longer.</summary>
    public void Complete()
    {
        IsComplete = true;
        Consumers.Clear();
        Consumers.TrimExcess();
    }

    /// <summary>Answers of a complete table that match a narrower goal.</summary>
    public IEnumerable<TripleIds> Match(TripleIds narrower)
    {
        var candidates = !narrower.Subject.IsNone && goal.Subject.IsNone ? Index(ref _bySubject, a => a.Subject).GetValueOrDefault(narrower.Subject)
            : !narrower.Object.IsNone && goal.Object.IsNone ? Index(ref _byObject, a => a.Object).GetValueOrDefault(narrower.Object)
            : Answers;
        return candidates is null ? [] : candidates.Where(a => Fits(a.Subject, narrower.Subject) && Fits(a.Predicate, narrower.Predicate) && Fits(a.Object, narrower.Object));
    }

    private static bool Fits(TermId term, TermId wanted) => wanted.IsNone || term == wanted;

    private Dictionary<TermId, List<TripleIds>> Index(ref Dictionary<TermId, List<TripleIds>>? index, Func<TripleIds, TermId> key) =>
        index ??= Answers.GroupBy(key).ToDictionary(g => g.Key, g => g.ToList());
}

/// <summary>A proof on its way: a clause whose goals before a position are proved.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Position">Index of the next goal.</param>
/// <param name="Bindings">Its variables; never changed once others see the frame.</param>
/// <param name="Table">Where its conclusion goes.</param>
internal sealed record ProofFrame(BackwardClause Clause, int Position, TermId[] Bindings, GoalTable Table);

/// <summary>The last step of a proof: a clause and its variables, all bound.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Bindings">Its variables.</param>
internal readonly record struct BackwardStep(BackwardClause Clause, TermId[] Bindings);
