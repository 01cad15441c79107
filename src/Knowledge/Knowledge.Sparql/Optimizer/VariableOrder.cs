namespace Knowledge.Sparql;

/// <summary>In which order a join at once gives values to its variables, and what that is expected to cost.</summary>
/// <param name="Free">Slots that it binds, in order.</param>
/// <param name="Rows">Results for one row.</param>
/// <param name="Cost">Work for one row, in rows read.</param>
/// <remarks>
/// All orders are weighed up to <see cref="MaxExact"/> variables, beyond that the cheapest next one. A variable's values are the intersection of what its patterns allow;
/// the smallest of these lists leads, each other one keeps its share of the values that there are.
/// </remarks>
internal sealed record VariableOrder(IReadOnlyList<int> Free, double Rows, double Cost)
{
    /// <summary>Most variables for which all orders are weighed.</summary>
    public const int MaxExact = 5;

    // Beside a row that a binary join reads, gathers and makes; measured.
    private const double SeekCost = 0.5;

    /// <summary>The cheapest order.</summary>
    /// <param name="atoms">The patterns.</param>
    /// <param name="bound">Slots that rows have already.</param>
    public static VariableOrder Of(IReadOnlyList<LeapfrogAtom> atoms, SlotSet bound)
    {
        var all = atoms.Aggregate(default(SlotSet), (slots, a) => slots.Union(a.Slots));
        var start = new VariableOrder([], 1, 0);
        var known = default(SlotSet);
        foreach (var slot in all.Intersect(bound).ToArray())
        {
            start = start with { Rows = start.Rows * Share(atoms, slot, known), Cost = start.Cost + 1 };
            known = known.With(slot);
        }

        var free = all.Except(bound).ToArray();
        return free.Length <= MaxExact ? Exact(atoms, start, known, free) : Greedy(atoms, start, known, [.. free]);
    }

    private static VariableOrder Exact(IReadOnlyList<LeapfrogAtom> atoms, VariableOrder order, SlotSet known, int[] free)
    {
        VariableOrder? best = null;
        foreach (var slot in free)
        {
            if (known.Contains(slot))
                continue;
            var next = Exact(atoms, order.Then(atoms, slot, known), known.With(slot), free);
            if (best is null || next.Cost < best.Cost)
                best = next;
        }

        return best ?? order;
    }

    private static VariableOrder Greedy(IReadOnlyList<LeapfrogAtom> atoms, VariableOrder order, SlotSet known, List<int> free)
    {
        while (free.Count > 0)
        {
            var slot = free.MinBy(s => order.Then(atoms, s, known).Cost);
            order = order.Then(atoms, slot, known);
            known = known.With(slot);
            free.Remove(slot);
        }

        return order;
    }

    // The shortest list leads. A longer one is looked at once for each value that the shorter ones agree on.
    private VariableOrder Then(IReadOnlyList<LeapfrogAtom> atoms, int slot, SlotSet known)
    {
        var domain = Domain(atoms, slot);
        var lists = atoms.Where(a => a.Has(slot)).Select(a => a.Candidates(slot, known)).Order().ToList();
        var (values, seeks) = (lists[0], 1 + lists[0]);
        foreach (var list in lists.Skip(1))
        {
            seeks += values;
            values *= Math.Min(1, list / domain);
        }

        return new VariableOrder([.. Free, slot], Rows * values, Cost + (Rows * seeks * SeekCost));
    }

    // The part of a variable's values that all patterns allow, were they chosen by chance.
    private static double Share(IReadOnlyList<LeapfrogAtom> atoms, int slot, SlotSet known)
    {
        var domain = Domain(atoms, slot);
        return atoms.Where(a => a.Has(slot)).Aggregate(1.0, (share, a) => share * Math.Min(1, a.Candidates(slot, known) / domain));
    }

    private static double Domain(IReadOnlyList<LeapfrogAtom> atoms, int slot) => Math.Max(1, atoms.Where(a => a.Has(slot)).Max(a => a.Distinct(slot)));
}
