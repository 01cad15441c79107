using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A position of a triple pattern in a plan: a constant's id, or a slot.</summary>
/// <param name="Slot">The slot; negative for a constant.</param>
/// <param name="Id">The constant's id.</param>
/// <param name="Text">As the query has it.</param>
internal readonly record struct Place(int Slot, ulong Id, string Text)
{
    public bool IsConstant => Slot < 0;
}

/// <summary>Joins rows with the triples that match a pattern.</summary>
/// <remarks>
/// Each batch takes the way that its bound columns allow: all pairs of a predicate, pairs by a bound end, or a check of both. Bound ends are sorted, so the cursor only goes forward.
/// Rows that differ in which variables are bound (after OPTIONAL) are taken apart first.
/// </remarks>
internal sealed class ScanStep(Place subject, Place predicate, Place @object, double estimate) : PipelineStep
{
    public Place Subject { get; } = subject;

    public Place Predicate { get; } = predicate;

    public Place Object { get; } = @object;

    public double Estimate => estimate;

    public override string Label => $"scan {Subject.Text} {Predicate.Text} {Object.Text}";

    /// <summary>Slots of a pattern.</summary>
    public static SlotSet SlotsOf(params ReadOnlySpan<Place> places)
    {
        var slots = default(SlotSet);
        foreach (var place in places)
            if (!place.IsConstant)
                slots = slots.With(place.Slot);
        return slots;
    }

    public static ScanStep Of(TripleShape shape, int slots, SlotSet live, double estimate) => new(shape.Subject, shape.Predicate, shape.Object, estimate)
    {
        Slots = slots,
        Live = live,
        Possible = SlotsOf(shape.Subject, shape.Predicate, shape.Object),
        Certain = SlotsOf(shape.Subject, shape.Predicate, shape.Object),
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        var matches = new Matches();
        foreach (var batch in input)
            foreach (var part in BoundParts.Of(batch, Subject.Slot, Predicate.Slot, Object.Slot))
                foreach (var result in ExtendPart(execution, part, matches))
                    yield return result;
    }

    private IEnumerable<Batch> ExtendPart(Execution execution, Batch batch, Matches matches)
    {
        var (s, p, o) = (Bind(execution, batch, Subject), Bind(execution, batch, Predicate), Bind(execution, batch, Object));
        if (!s.MayMatch || !p.MayMatch || !o.MayMatch || execution.Graphs.Length == 0)
            return [];
        if (p.IsConstant)
            return Probe(execution, batch, matches, new Bound(s, p, o, 0));
        return p.IsColumn ? EachBoundPredicate(execution, batch, matches, s, o) : EachPredicate(execution, batch, matches, s, o);
    }

    // A free predicate: all predicates of the graph in turn.
    private IEnumerable<Batch> EachPredicate(Execution execution, Batch batch, Matches matches, Position s, Position o)
    {
        foreach (var counts in execution.View.Predicates(execution.Graphs))
        {
            var predicate = counts.Predicate.Value;
            var (subject, @object) = (s, o);
            if (Subject.Slot == Predicate.Slot)
                subject = new Position(predicate, -1);
            if (Object.Slot == Predicate.Slot)
                @object = new Position(predicate, -1);
            foreach (var result in Probe(execution, batch, matches, new Bound(subject, new Position(predicate, -1), @object, predicate)))
                yield return result;
        }
    }

    // A predicate for each row: rows with the same one together.
    private IEnumerable<Batch> EachBoundPredicate(Execution execution, Batch batch, Matches matches, Position s, Position o)
    {
        var column = batch.Columns[Predicate.Slot]!;
        var groups = new SortedDictionary<ulong, List<int>>();
        for (var row = 0; row < batch.Count; row++)
        {
            if (!groups.TryGetValue(column[row], out var rows))
                groups.Add(column[row], rows = []);
            rows.Add(row);
        }

        foreach (var (predicate, rows) in groups)
        {
            if (!TermPool.IsOfSource(predicate))
                continue;
            var part = rows.Count == batch.Count ? batch : batch.Gather([.. rows], Live.Union(Possible));
            foreach (var result in Probe(execution, part, matches, new Bound(s, new Position(predicate, -1), o, 0)))
                yield return result;
        }
    }

    private IEnumerable<Batch> Probe(Execution execution, Batch batch, Matches matches, Bound bound)
    {
        var (s, o) = (bound.Subject, bound.Object);
        var predicate = (uint)bound.Predicate.Id;
        if (s.IsConstant && o.IsConstant)
        {
            if (execution.View.Contains(execution.Graphs, (uint)s.Id, predicate, (uint)o.Id))
                yield return Finish(batch, bound);
            yield break;
        }

        // What is known leads; a free pair is read by subject.
        var bySubject = s.IsConstant || (s.IsColumn && !o.IsConstant) || (s.IsFree && o.IsFree);
        var (first, second) = bySubject ? (s, o) : (o, s);
        var pairs = new PairColumn(execution.Graphs, predicate, bySubject ? PairOrder.SubjectObject : PairOrder.ObjectSubject, first.IsConstant ? (uint)first.Id : 0);
        PairProbe probe = (first, second) switch
        {
            ({ IsColumn: true }, { IsColumn: true }) => new CheckProbe(execution.View, pairs, batch, first.Slot, second.Slot),
            ({ IsConstant: true }, { IsColumn: true }) => new CheckProbe(execution.View, pairs, batch, -1, second.Slot),
            ({ IsColumn: true }, _) => new SeekProbe(execution.View, pairs, batch, first.Slot),
            _ => new CrossProbe(execution.View, pairs, batch.Count, first.IsFree),
        };
        bool more;
        do
        {
            execution.Session.Check();
            matches.Clear();
            more = probe.Fill(matches);
            if (matches.Count > 0)
                yield return Collect(batch, matches, bound, bySubject);
        }
        while (more);
    }

    private Batch Collect(Batch batch, Matches matches, Bound bound, bool bySubject)
    {
        var count = matches.Count;
        var result = batch.Gather(matches.Rows.AsSpan(0, count), Live);
        var (first, second) = bySubject ? (bound.Subject, bound.Object) : (bound.Object, bound.Subject);
        if (first.IsFree && first.Slot == second.Slot)
            return Equal(result, matches, first.Slot, bound);
        if (first.IsFree && Live.Contains(first.Slot))
            result.Columns[first.Slot] = matches.Firsts.AsSpan(0, count).ToArray();
        if (second.IsFree && Live.Contains(second.Slot))
            result.Columns[second.Slot] = matches.Seconds.AsSpan(0, count).ToArray();
        return Finish(result, bound);
    }

    // ?x p ?x: pairs of equal ids.
    private Batch Equal(Batch result, Matches matches, int slot, Bound bound)
    {
        var rows = new List<int>();
        for (var row = 0; row < matches.Count; row++)
            if (matches.Firsts[row] == matches.Seconds[row])
                rows.Add(row);
        var equal = result.Gather([.. rows], Live);
        equal.Columns[slot] = [.. rows.Select(r => matches.Seconds[r])];
        return Finish(equal, bound);
    }

    // Columns of a free predicate and of constants that stand for one.
    private Batch Finish(Batch batch, Bound bound)
    {
        if (bound.FoundPredicate == 0 || !Live.Contains(Predicate.Slot))
            return batch;
        var column = new ulong[batch.Count];
        Array.Fill(column, bound.FoundPredicate);
        return batch.With(Predicate.Slot, column);
    }

    private static Position Bind(Execution execution, Batch batch, Place place)
    {
        if (place.IsConstant)
            return new Position(place.Id, -1);
        if (batch.Columns[place.Slot] is not null)
            return new Position(0, place.Slot) { IsColumn = true };
        return execution.Seed[place.Slot] is var seed and not 0 ? new Position(seed, -1) : new Position(0, place.Slot);
    }

    // A position within one batch: a constant, a column, or free.
    private readonly record struct Position(ulong Id, int Slot)
    {
        public bool IsColumn { get; init; }

        public bool IsConstant => Slot < 0;

        public bool IsFree => Slot >= 0 && !IsColumn;

        public bool MayMatch => !IsConstant || TermPool.IsOfSource(Id);
    }

    private readonly record struct Bound(Position Subject, Position Predicate, Position Object, ulong FoundPredicate);
}

/// <summary>A triple pattern with its places.</summary>
internal readonly record struct TripleShape(Place Subject, Place Predicate, Place Object);

/// <summary>Takes batches apart by which of some slots are bound, so that a column is bound in all rows or in none.</summary>
internal static class BoundParts
{
    /// <summary>The parts of a batch; the batch itself where nothing differs.</summary>
    public static IReadOnlyList<Batch> Of(Batch batch, params ReadOnlySpan<int> slots)
    {
        var mixed = new List<int>();
        foreach (var slot in slots)
            if (slot >= 0 && batch.Columns[slot] is { } column && column.AsSpan(0, batch.Count).Contains(0UL) && !mixed.Contains(slot))
                mixed.Add(slot);
        if (mixed.Count == 0)
            return [batch];
        var all = SlotSet.Of([.. Enumerable.Range(0, batch.Columns.Length)]);
        var parts = new List<Batch>();
        foreach (var group in Enumerable.Range(0, batch.Count).GroupBy(row => Mask(batch, row, mixed)))
        {
            var part = batch.Gather([.. group], all);
            for (var i = 0; i < mixed.Count; i++)
                if ((group.Key >> i & 1) == 0)
                    part.Columns[mixed[i]] = null;
            parts.Add(part);
        }

        return parts;
    }

    private static int Mask(Batch batch, int row, List<int> slots)
    {
        var mask = 0;
        for (var i = 0; i < slots.Count; i++)
            mask |= batch[slots[i], row] == 0 ? 0 : 1 << i;
        return mask;
    }
}
