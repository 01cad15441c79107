namespace Knowledge.Sparql;

/// <summary>Several triple patterns that are joined at once, variable by variable.</summary>
internal sealed class LeapfrogElement(IReadOnlyList<LeapfrogAtom> atoms) : JoinElement
{
    public override bool IsLateral => true;

    public static LeapfrogElement Of(IReadOnlyList<ScanElement> scans)
    {
        var slots = scans.Aggregate(default(SlotSet), (all, s) => all.Union(s.Certain));
        return new LeapfrogElement([.. scans.Select(s => new LeapfrogAtom(s.Shape, s.Counts))]) { Possible = slots, Certain = slots };
    }

    public override (double Rows, double Cost) Estimate(SlotSet bound, double rows)
    {
        var order = VariableOrder.Of(atoms, bound);
        return (rows * order.Rows, rows * order.Cost);
    }

    public override PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst) => LeapfrogStep.Of(atoms, context, estimate);
}

/// <summary>A pattern of a join at once: its predicate is given, and one or both of its ends are variables.</summary>
/// <param name="Shape">The pattern.</param>
/// <param name="Counts">How much there is of it.</param>
internal sealed record LeapfrogAtom(TripleShape Shape, PatternCounts Counts)
{
    /// <summary>Slots of its variables.</summary>
    public SlotSet Slots { get; } = ScanStep.SlotsOf(Shape.Subject, Shape.Object);

    /// <summary>Whether a slot is one of its variables.</summary>
    public bool Has(int slot) => Shape.Subject.Slot == slot || Shape.Object.Slot == slot;

    /// <summary>Distinct ids that a variable has in all of its triples.</summary>
    public double Distinct(int slot) => Shape.Subject.IsConstant || Shape.Object.IsConstant ? Counts.Matches : Shape.Subject.Slot == slot ? Counts.Subjects : Counts.Objects;

    /// <summary>Ids that a variable can have where the other end is known, or all of them where it is not.</summary>
    public double Candidates(int slot, SlotSet known)
    {
        var other = Shape.Subject.Slot == slot ? Shape.Object : Shape.Subject;
        if (other.IsConstant || !known.Contains(other.Slot))
            return Distinct(slot);
        return Counts.Matches / Distinct(other.Slot);
    }

    public override string ToString() => $"{Shape.Subject.Text} {Shape.Predicate.Text} {Shape.Object.Text}";
}
