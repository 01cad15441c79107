using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Lets rows pass for which an expression is true (18.5, Filter).</summary>
internal sealed class FilterStep(Evaluator condition, string text) : PipelineStep
{
    public override string Label => $"filter {text}";

    public static FilterStep Of(Evaluator condition, string text, StepContext context, double estimate) => new(condition, text)
    {
        Slots = context.Slots,
        Live = context.Live,
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var batch in input)
        {
            var rows = new List<int>(batch.Count);
            for (var row = 0; row < batch.Count; row++)
            {
                if ((row & 255) == 255)
                    execution.Session.Check();
                if (condition.Truth(new Row(execution, batch, row)) == true)
                    rows.Add(row);
            }

            yield return batch.Gather(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows), Live);
        }
    }
}

/// <summary>BIND and AS: a column of an expression's values; errors leave it unbound.</summary>
internal sealed class ExtendStep(int slot, Evaluator value, string text) : PipelineStep
{
    public override string Label => $"extend {text}";

    public static ExtendStep Of(int slot, Evaluator value, string text, StepContext context, double estimate) => new(slot, value, text)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = SlotSet.Of(slot),
        Certain = value is ConstantEvaluator ? SlotSet.Of(slot) : default,
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var batch in input)
        {
            var column = new ulong[batch.Count];
            for (var row = 0; row < batch.Count; row++)
            {
                if ((row & 255) == 255)
                    execution.Session.Check();
                column[row] = value.Id(new Row(execution, batch, row));
            }

            yield return execution.MatchSeed(batch.With(slot, column), slot);
        }
    }
}

/// <summary>Takes triple terms apart and matches their parts.</summary>
internal sealed class TripleTermStep(int slot, TripleTermShape shape) : PipelineStep
{
    public override string Label => $"match {shape}";

    public static TripleTermStep Of(int slot, TripleTermShape shape, StepContext context, double estimate) => new(slot, shape)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = shape.AllSlots(),
        Certain = shape.AllSlots(),
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        var slots = shape.AllSlots().ToArray();
        foreach (var batch in input)
        {
            var rows = new List<int>();
            var found = slots.Select(_ => new List<ulong>()).ToArray();
            var values = new ulong[Slots];
            for (var row = 0; row < batch.Count; row++)
            {
                foreach (var part in slots)
                    values[part] = execution.Id(batch, part, row);
                if (execution.Id(batch, slot, row) is var id and not 0 && execution.Pool.Kind(id) == TermKind.TripleTerm && shape.Matches((TripleTerm)execution.Pool.Decode(id), values, execution))
                {
                    rows.Add(row);
                    for (var i = 0; i < slots.Length; i++)
                        found[i].Add(values[slots[i]]);
                }
            }

            var result = batch.Gather([.. rows], Live);
            for (var i = 0; i < slots.Length; i++)
                result.Columns[slots[i]] = [.. found[i]];
            yield return result;
        }
    }
}

/// <summary>A triple term pattern in a plan; a part is a place or another shape.</summary>
internal sealed record TripleTermShape(TripleTermShape.Part Subject, TripleTermShape.Part Predicate, TripleTermShape.Part Object)
{
    /// <summary>One part.</summary>
    internal readonly record struct Part(Place Place, TripleTermShape? Nested);

    /// <summary>Slots of all parts, nested ones included.</summary>
    public SlotSet AllSlots() => SlotsOf(Subject).Union(SlotsOf(Predicate)).Union(SlotsOf(Object));

    private static SlotSet SlotsOf(Part part) => part.Nested?.AllSlots() ?? ScanStep.SlotsOf(part.Place);

    /// <summary>Matches a term; values that are 0 are filled in.</summary>
    public bool Matches(TripleTerm term, ulong[] values, Execution execution) =>
        Matches(Subject, term.Subject, values, execution) && Matches(Predicate, term.Predicate, values, execution) && Matches(Object, term.Object, values, execution);

    private static bool Matches(Part part, Term term, ulong[] values, Execution execution)
    {
        if (part.Nested is { } nested)
            return term is TripleTerm triple && nested.Matches(triple, values, execution);
        var id = execution.Pool.Encode(term);
        if (part.Place.IsConstant)
            return part.Place.Id == id;
        ref var value = ref values[part.Place.Slot];
        if (value == 0)
            value = id;
        return value == id;
    }

    public override string ToString() => $"<<( {Write(Subject)} {Write(Predicate)} {Write(Object)} )>>";

    private static string Write(Part part) => part.Nested?.ToString() ?? part.Place.Text;
}
