namespace Knowledge.Rules;

/// <summary>One step of a plan.</summary>
/// <param name="Part">What is matched or asked.</param>
/// <param name="IsDelta">Whether an atom is matched against what is new alone.</param>
/// <param name="Group">Plan of a negation's or aggregate's parts; null for others.</param>
internal sealed record PlanStep(BodyPart Part, bool IsDelta, Plan? Group);

/// <summary>A body's parts in the order in which they are matched.</summary>
internal sealed class Plan
{
    private Plan(PlanStep[] steps) => Steps = steps;

    /// <summary>In the order in which they are taken.</summary>
    public PlanStep[] Steps { get; }

    /// <summary>Orders parts: the cheapest atom first by what is bound, tests as soon as they can be asked, other builtins at the end in the order of the text.</summary>
    /// <param name="parts">Parts of a body.</param>
    /// <param name="bound">Slots that are bound before.</param>
    /// <param name="facts">Facts, for their counts.</param>
    /// <param name="delta">An atom to begin with, matched against what is new; null for none.</param>
    public static Plan Of(IEnumerable<BodyPart> parts, IEnumerable<int> bound, FactColumns facts, AtomPart? delta = null)
    {
        var left = parts.Where(p => p != delta).ToList();
        var known = bound.ToHashSet();
        var steps = new List<PlanStep>();
        if (delta is not null)
            Take(new PlanStep(delta, true, null));
        while (left.Count > 0)
        {
            TakeReady();
            if (left.Count == 0)
                break;
            var next = left.OfType<AtomPart>().MinBy(a => Cost(a, known, facts)) ?? left[0];
            left.Remove(next);
            Take(new PlanStep(next, false, Group(next, known, facts)));
        }

        return new Plan([.. steps]);

        void Take(PlanStep step)
        {
            steps.Add(step);
            known.UnionWith(Bound(step.Part));
        }

        void TakeReady()
        {
            // What cannot bind anything is asked first.
            for (var i = 0; i < left.Count; i++)
            {
                var isReady = left[i] switch
                {
                    BuiltinPart { IsTest: true } test => test.Slots.All(known.Contains),
                    FunctorPart functor => known.Contains(functor.Slot),
                    NegationPart negation => negation.Outer.All(known.Contains),
                    _ => false,
                };
                if (!isReady)
                    continue;
                var part = left[i];
                left.RemoveAt(i);
                Take(new PlanStep(part, false, Group(part, known, facts)));
                i = -1;
            }
        }
    }

    /// <summary>Slots that a part binds.</summary>
    public static IEnumerable<int> Bound(BodyPart part) => part switch
    {
        AtomPart atom => atom.Slots,
        FunctorPart functor => functor.Pattern.Slots,
        BuiltinPart { Builtin.Binds: true } builtin => builtin.Slots,
        AggregatePart aggregate => [.. aggregate.Groups, aggregate.Result],
        _ => [],
    };

    private static Plan? Group(BodyPart part, HashSet<int> known, FactColumns facts) => part switch
    {
        NegationPart negation => Of(negation.Parts, known, facts),
        AggregatePart aggregate => Of(aggregate.Parts, known.Where(aggregate.Groups.Contains), facts),
        _ => null,
    };

    /// <summary>How many facts an atom is likely to match.</summary>
    private static double Cost(AtomPart atom, HashSet<int> known, FactColumns facts)
    {
        bool Is(Operand operand) => !operand.IsVariable || known.Contains(operand.Slot);
        var (s, p, o) = (Is(atom.Subject), Is(atom.Predicate), Is(atom.Object));
        if (s && p && o)
            return 0.5;
        if (!p)
            return s || o ? 20 : 1e12;
        if (atom.Predicate.IsVariable)
            return s || o ? 4 : 1e6;
        var relation = facts.Find(atom.Predicate.Id);
        if (relation is null || relation.BySubject.Count == 0)
            return s || o ? 1 : 2;
        if (s)
            return (double)relation.BySubject.Count / relation.BySubject.Distinct;
        if (!o)
            return relation.BySubject.Count + 1;
        return atom.Object.IsVariable ? (double)relation.BySubject.Count / relation.ByObject.Distinct : relation.ByObject.CountOf(new TermId(atom.Object.Id)) + 1;
    }
}
