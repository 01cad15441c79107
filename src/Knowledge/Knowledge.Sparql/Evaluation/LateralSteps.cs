namespace Knowledge.Sparql;

/// <summary>Gives rows numbers, so that what became of each can be told after a pipeline has joined and sorted them.</summary>
internal static class RowNumbers
{
    /// <summary>The batch with a column of row numbers, from 1.</summary>
    public static Batch Add(Batch batch, int slot)
    {
        var numbers = new ulong[batch.Count];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = (ulong)row + 1;
        return batch.With(slot, numbers);
    }

    /// <summary>Numbers of the rows that are marked, or of those that are not.</summary>
    public static int[] Where(bool[] marks, bool value)
    {
        var rows = new List<int>();
        for (var row = 0; row < marks.Length; row++)
            if (marks[row] == value)
                rows.Add(row);
        return [.. rows];
    }
}

/// <summary>OPTIONAL whose right side extends the left rows directly.</summary>
internal sealed class LateralLeftJoinStep(Pipeline right, Evaluator? condition, int numberSlot) : PipelineStep
{
    public override string Label => "left join by index";

    public override IEnumerable<PlanNode> Inputs => right.Inputs;

    public static LateralLeftJoinStep Of(Pipeline right, Evaluator? condition, int numberSlot, StepContext context, double estimate) => new(right, condition, numberSlot)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = right.Possible,
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var batch in input)
        {
            var matched = new bool[batch.Count];
            foreach (var joined in right.Extend(execution, [RowNumbers.Add(batch, numberSlot)]))
                yield return Keep(execution, joined, matched);
            var rest = RowNumbers.Where(matched, value: false);
            if (rest.Length > 0)
                yield return batch.Gather(rest, Live);
        }
    }

    private Batch Keep(Execution execution, Batch joined, bool[] matched)
    {
        var kept = new List<int>(joined.Count);
        var numbers = joined.Columns[numberSlot]!;
        for (var row = 0; row < joined.Count; row++)
        {
            if (condition is not null && condition.Truth(new Row(execution, joined, row)) != true)
                continue;
            kept.Add(row);
            matched[(int)numbers[row] - 1] = true;
        }

        return joined.Gather(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept), Live);
    }
}

/// <summary>FILTER EXISTS and FILTER NOT EXISTS whose pattern extends the rows directly.</summary>
internal sealed class LateralExistsStep(Pipeline pattern, bool isNegated, int numberSlot) : PipelineStep
{
    public override string Label => isNegated ? "not exists by index" : "exists by index";

    public override IEnumerable<PlanNode> Inputs => pattern.Inputs;

    public static LateralExistsStep Of(Pipeline pattern, bool isNegated, int numberSlot, StepContext context, double estimate) => new(pattern, isNegated, numberSlot)
    {
        Slots = context.Slots,
        Live = context.Live,
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var batch in input)
        {
            var matched = new bool[batch.Count];
            var left = batch.Count;
            foreach (var found in pattern.Extend(execution, [RowNumbers.Add(batch, numberSlot)]))
            {
                foreach (var number in found.Columns[numberSlot].AsSpan(0, found.Count))
                {
                    ref var mark = ref matched[(int)number - 1];
                    left -= mark ? 0 : 1;
                    mark = true;
                }

                if (left == 0)
                    break;
            }

            var rows = RowNumbers.Where(matched, !isNegated);
            if (rows.Length > 0)
                yield return batch.Gather(rows, Live);
        }
    }
}

/// <summary>UNION whose branches extend rows directly.</summary>
internal sealed class UnionStep(IReadOnlyList<Pipeline> branches) : PipelineStep
{
    public override string Label => "union";

    public override IEnumerable<PlanNode> Inputs => branches;

    public static UnionStep Of(IReadOnlyList<Pipeline> branches, StepContext context, double estimate) => new(branches)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = branches.Aggregate(default(SlotSet), (all, b) => all.Union(b.Possible)),
        Certain = branches.Skip(1).Aggregate(branches[0].Certain, (all, b) => all.Intersect(b.Certain)),
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var batch in input)
            foreach (var branch in branches)
                foreach (var result in branch.Extend(execution, [batch]))
                    yield return result;
    }
}

/// <summary>GRAPH whose pattern extends rows directly.</summary>
internal sealed class GraphStep(Place name, Pipeline pattern) : PipelineStep
{
    public override string Label => $"graph {name.Text}";

    public override IEnumerable<PlanNode> Inputs => pattern.Inputs;

    public static GraphStep Of(Place name, Pipeline pattern, StepContext context, double estimate) => new(name, pattern)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = pattern.Possible.Union(ScanStep.SlotsOf(name)),
        Certain = pattern.Certain.Union(ScanStep.SlotsOf(name)),
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var batch in input)
        {
            foreach (var (graph, part) in Parts(execution, batch))
            {
                foreach (var result in pattern.Extend(execution with { Graphs = [graph] }, [part]))
                    yield return result;
            }
        }
    }

    // Rows with the graph that each is asked in: a constant, a column's, or every named one.
    private IEnumerable<(uint Graph, Batch Rows)> Parts(Execution execution, Batch batch)
    {
        var fixedGraph = name.IsConstant ? name.Id : batch.Columns[name.Slot] is null ? execution.Seed[name.Slot] : 0;
        if (fixedGraph != 0)
        {
            if (TermPool.IsOfSource(fixedGraph) && execution.View.Named.AsSpan().BinarySearch((uint)fixedGraph) >= 0)
                yield return ((uint)fixedGraph, batch);
            yield break;
        }

        foreach (var part in BoundParts.Of(batch, name.Slot))
        {
            foreach (var graph in execution.View.Named)
            {
                if (part.Columns[name.Slot] is not { } column)
                {
                    var filled = new ulong[part.Count];
                    Array.Fill(filled, graph);
                    yield return (graph, part.With(name.Slot, filled));
                    continue;
                }

                var rows = Enumerable.Range(0, part.Count).Where(r => column[r] == graph).ToArray();
                if (rows.Length > 0)
                    yield return (graph, rows.Length == part.Count ? part : part.Gather(rows, SlotSet.Of([.. Enumerable.Range(0, Slots)])));
            }
        }
    }
}
