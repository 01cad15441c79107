using System.Globalization;
using System.Text;

namespace Knowledge.Sparql;

/// <summary>An operator of a plan. A plan holds no state of a run but its counters, so that it can run again and again.</summary>
internal abstract class PlanNode
{
    /// <summary>Slots that may be bound in a result.</summary>
    public SlotSet Possible { get; protected init; }

    /// <summary>Slots that are bound in every result.</summary>
    public SlotSet Certain { get; protected init; }

    /// <summary>Expected number of rows.</summary>
    public double EstimatedRows { get; protected init; }

    /// <summary>Rows that came out so far, in all runs.</summary>
    public long ActualRows { get; private set; }

    /// <summary>Number of slots in a batch.</summary>
    public required int Slots { get; init; }

    /// <summary>What the operator is and does, in one line.</summary>
    public abstract string Label { get; }

    /// <summary>Operators and steps below, in the order of their work.</summary>
    public virtual IEnumerable<PlanNode> Inputs => [];

    /// <summary>Runs the operator; batches are not empty.</summary>
    public IEnumerable<Batch> Run(Execution execution)
    {
        foreach (var batch in Rows(execution))
        {
            if (batch.Count == 0)
                continue;
            execution.Session.Check();
            ActualRows += batch.Count;
            yield return batch;
        }
    }

    /// <summary>The operator itself.</summary>
    protected abstract IEnumerable<Batch> Rows(Execution execution);

    /// <summary>Adds to the rows that came out.</summary>
    protected void Count(long rows) => ActualRows += rows;

    /// <summary>The plan as a tree, with estimated rows, and with actual ones where it has run.</summary>
    public void Write(StringBuilder text, int indent, bool hasRun)
    {
        text.Append(' ', indent * 2).Append(Label).Append(CultureInfo.InvariantCulture, $"  [estimated {Math.Round(EstimatedRows):0}");
        if (hasRun)
            text.Append(CultureInfo.InvariantCulture, $", actual {ActualRows}");
        text.Append("]\n");
        foreach (var input in Inputs)
            input.Write(text, indent + 1, hasRun);
    }
}

/// <summary>A part of a pipeline: it extends rows that come in by what it knows.</summary>
internal abstract class PipelineStep : PlanNode
{
    /// <summary>Slots that somebody after this step needs.</summary>
    public required SlotSet Live { get; init; }

    /// <summary>Extends rows.</summary>
    public abstract IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input);

    /// <summary>Extends rows and counts what comes out.</summary>
    public IEnumerable<Batch> ExtendCounted(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var batch in Extend(execution, input))
        {
            if (batch.Count == 0)
                continue;
            execution.Session.Check();
            Count(batch.Count);
            yield return batch;
        }
    }

    protected override IEnumerable<Batch> Rows(Execution execution) => Extend(execution, [Batch.Unit(Slots)]);
}

/// <summary>Steps one after the other: the joins of a group.</summary>
internal sealed class Pipeline : PlanNode
{
    private readonly IReadOnlyList<PipelineStep> _steps;

    public Pipeline(IReadOnlyList<PipelineStep> steps)
    {
        _steps = steps;
        foreach (var step in steps)
        {
            Possible = Possible.Union(step.Possible);
            Certain = Certain.Union(step.Certain);
        }

        EstimatedRows = steps.Count == 0 ? 1 : steps[^1].EstimatedRows;
    }

    public override string Label => "pipeline";

    public override IEnumerable<PlanNode> Inputs => _steps;

    /// <summary>Extends rows that are there already, as OPTIONAL and EXISTS need it.</summary>
    public IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        foreach (var step in _steps)
            input = step.ExtendCounted(execution, input);
        return input;
    }

    protected override IEnumerable<Batch> Rows(Execution execution) => Extend(execution, [Batch.Unit(Slots)]);
}
