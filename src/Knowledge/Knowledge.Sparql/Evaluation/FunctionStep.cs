using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A property function in a plan.</summary>
/// <param name="Function">The function.</param>
/// <param name="Outputs">What it gives, in order.</param>
/// <param name="Arguments">What it is asked with.</param>
internal sealed record FunctionShape(IPropertyFunction Function, IReadOnlyList<Place> Outputs, IReadOnlyList<Place> Arguments)
{
    /// <summary>Slots that it binds.</summary>
    public SlotSet Bound { get; } = ScanStep.SlotsOf([.. Outputs]);

    /// <summary>Slots that it needs.</summary>
    public SlotSet Needed { get; } = ScanStep.SlotsOf([.. Arguments]);

    public override string ToString() => $"({string.Join(' ', Outputs.Select(o => o.Text))}) <{Function.Iri}> ({string.Join(' ', Arguments.Select(a => a.Text))})";
}

/// <summary>A property function as something to be joined.</summary>
internal sealed class FunctionElement(FunctionShape shape) : JoinElement
{
    private const double Selectivity = 0.1;

    public override bool IsLateral => true;

    public static FunctionElement Of(FunctionShape shape) => new(shape) { Possible = shape.Bound, Certain = shape.Bound, Reads = shape.Needed };

    public override (double Rows, double Cost) Estimate(SlotSet bound, double rows)
    {
        // What it needs has to be there: any other order comes first.
        if (!shape.Needed.IsSubsetOf(bound))
            return (rows * 1e9, rows * 1e12);
        var answers = shape.Function.ExpectedRows;
        var found = rows * answers * (shape.Bound.Intersect(bound).IsEmpty ? 1 : Selectivity);
        return (found, ((shape.Needed.IsEmpty ? 1 : rows) * answers * 10) + found);
    }

    public override PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst) => FunctionStep.Of(shape, context, estimate);
}

/// <summary>Asks a property function for each row, and joins the row with the answers. Rows that ask the same share the answers.</summary>
internal sealed class FunctionStep(FunctionShape shape) : PipelineStep
{
    public override string Label => $"call {shape}";

    public static FunctionStep Of(FunctionShape shape, StepContext context, double estimate) => new(shape)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = shape.Bound,
        Certain = shape.Bound,
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        var slots = shape.Bound.ToArray();
        ulong[]? asked = null;
        List<ulong[]> answers = [];
        foreach (var batch in input)
        {
            var rows = new List<int>();
            var columns = slots.Select(_ => new List<ulong>()).ToArray();
            for (var row = 0; row < batch.Count; row++)
            {
                var arguments = shape.Arguments.Select(a => a.IsConstant ? a.Id : execution.Id(batch, a.Slot, row)).ToArray();
                if (asked is null || !asked.AsSpan().SequenceEqual(arguments))
                    (asked, answers) = (arguments, Ask(execution, arguments));
                foreach (var answer in answers)
                {
                    if (Match(execution, batch, row, answer, slots) is not { } values)
                        continue;
                    rows.Add(row);
                    for (var i = 0; i < slots.Length; i++)
                        columns[i].Add(values[i]);
                }

                if (rows.Count < Batch.MaxRows)
                    continue;
                yield return Collected(batch, rows, slots, columns);
                rows.Clear();
                Array.ForEach(columns, c => c.Clear());
            }

            yield return Collected(batch, rows, slots, columns);
        }
    }

    private List<ulong[]> Ask(Execution execution, ulong[] arguments)
    {
        execution.Session.Check();
        if (arguments.Contains(0UL))
            return []; // a variable that nothing binds has no value to ask with
        var options = execution.Session.Options;
        var call = new PropertyFunctionCall([.. arguments.Select(execution.Pool.Decode)], execution.View.Snapshot, options.AsOf == default, options.CancellationToken);
        return [.. shape.Function.Evaluate(call).Select(a => a.Take(shape.Outputs.Count).Select(execution.Pool.Encode).ToArray())];
    }

    // What an answer gives the slots; null where a place that is bound already, or stands twice, is not the same.
    private ulong[]? Match(Execution execution, Batch batch, int row, ulong[] answer, int[] slots)
    {
        var values = new ulong[slots.Length];
        for (var i = 0; i < answer.Length; i++)
        {
            var place = shape.Outputs[i];
            var at = place.IsConstant ? -1 : Array.IndexOf(slots, place.Slot);
            var known = place.IsConstant ? place.Id : values[at] != 0 ? values[at] : execution.Id(batch, place.Slot, row);
            if (known != 0 && known != answer[i])
                return null;
            if (at >= 0)
                values[at] = answer[i];
        }

        return values;
    }

    private Batch Collected(Batch batch, List<int> rows, int[] slots, List<ulong>[] columns)
    {
        var result = batch.Gather(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows), Live);
        for (var i = 0; i < slots.Length; i++)
            if (Live.Contains(slots[i]))
                result.Columns[slots[i]] = [.. columns[i]];
        return result;
    }
}
