namespace Knowledge.Sparql;

/// <summary>One thing to be joined in a group. The order of elements is what the optimizer chooses.</summary>
internal abstract class JoinElement
{
    /// <summary>Slots that it may bind.</summary>
    public required SlotSet Possible { get; init; }

    /// <summary>Slots that it binds for certain.</summary>
    public required SlotSet Certain { get; init; }

    /// <summary>Slots that it reads, beside those that it binds.</summary>
    public SlotSet Reads { get; init; }

    /// <summary>Whether it can extend rows directly, without running by itself.</summary>
    public abstract bool IsLateral { get; }

    /// <summary>Expected rows and work of extending some rows.</summary>
    /// <param name="bound">Slots that the rows have.</param>
    /// <param name="rows">How many rows there are.</param>
    public abstract (double Rows, double Cost) Estimate(SlotSet bound, double rows);

    /// <summary>Makes the step.</summary>
    /// <param name="context">What is there before it, and what is needed after.</param>
    /// <param name="rows">Rows expected before it.</param>
    /// <param name="estimate">Rows expected after it.</param>
    /// <param name="isFirst">Whether it begins a pipeline that runs by itself.</param>
    public abstract PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst);
}

/// <summary>A triple pattern.</summary>
internal sealed class ScanElement(TripleShape shape, PatternCounts counts) : JoinElement
{
    /// <summary>The pattern.</summary>
    public TripleShape Shape => shape;

    /// <summary>How much there is of it.</summary>
    public PatternCounts Counts => counts;

    /// <summary>The same pattern, where its one variable has only so many values.</summary>
    public ScanElement Of(double values) => new(shape, counts with
    {
        Subjects = Math.Max(counts.Matches, Math.Min(counts.Subjects, values)),
        Objects = Math.Max(counts.Matches, Math.Min(counts.Objects, values)),
    })
    {
        Possible = Possible,
        Certain = Certain,
        Reads = Reads,
    };

    public override bool IsLateral => true;

    public override (double Rows, double Cost) Estimate(SlotSet bound, double rows)
    {
        var perRow = counts.RowsFor(IsBound(shape.Subject, bound), IsBound(shape.Predicate, bound), IsBound(shape.Object, bound));
        var result = rows * perRow;
        var isProbe = IsBound(shape.Subject, bound) || IsBound(shape.Object, bound);
        return (result, (isProbe ? rows * ProbeCost(bound) : rows) + result);
    }

    // A free predicate means one probe for each predicate of the graph.
    private double ProbeCost(SlotSet bound) => shape.Predicate.IsConstant || IsBound(shape.Predicate, bound) ? 2 : 2 + counts.Predicates;

    private static bool IsBound(Place place, SlotSet bound) => !place.IsConstant && bound.Contains(place.Slot);

    public override PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst) => ScanStep.Of(shape, context.Slots, context.Live, estimate);
}

/// <summary>A triple term whose parts are matched once the term is there.</summary>
internal sealed class TripleTermElement(int slot, TripleTermShape shape) : JoinElement
{
    public override bool IsLateral => true;

    public override (double Rows, double Cost) Estimate(SlotSet bound, double rows) => bound.Contains(slot) ? (rows, rows * 10) : (rows * 1e9, rows * 1e12);

    public override PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst) => TripleTermStep.Of(slot, shape, context, estimate);
}

/// <summary>A path that repeats or negates.</summary>
internal sealed class PathElement(TripleShape shape, PathPlan path, double nodes) : JoinElement
{
    private const double Reached = 20;

    public override bool IsLateral => true;

    public override (double Rows, double Cost) Estimate(SlotSet bound, double rows)
    {
        var (s, o) = (shape.Subject.IsConstant || bound.Contains(shape.Subject.Slot), shape.Object.IsConstant || bound.Contains(shape.Object.Slot));
        return (s, o) switch
        {
            (true, true) => (rows * 0.5, rows * Reached * 5),
            (false, false) => (rows * nodes * Reached, rows * nodes * Reached * 5),
            _ => (rows * Math.Min(Reached, nodes), rows * Reached * 5),
        };
    }

    public override PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst) => PathStep.Of(shape, path, context, estimate);
}

/// <summary>A part of the pattern that is planned as a whole.</summary>
/// <param name="lateral">Makes the step that extends rows; null where the part can only run by itself.</param>
/// <param name="standalone">Makes the plan that runs by itself, for the slots needed.</param>
/// <param name="size">Rows that it has by itself.</param>
internal sealed class CompositeElement(Func<StepContext, double, double, PipelineStep>? lateral, Func<SlotSet, PlanNode> standalone, double size) : JoinElement
{
    private const double Selectivity = 0.5;

    public override bool IsLateral => lateral is not null;

    public override (double Rows, double Cost) Estimate(SlotSet bound, double rows)
    {
        var isShared = !bound.Intersect(Possible).IsEmpty;
        var result = isShared ? Math.Max(rows, size) * Selectivity : rows * size;
        var own = lateral is not null && isShared ? Math.Min(size, rows * 4) : size;
        return (result, own + rows + result);
    }

    public override PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst)
    {
        var isShared = !context.Certain.Intersect(Certain).IsEmpty;
        if (lateral is not null && (isFirst || (isShared && rows <= 4 * size)))
            return lateral(context, rows, estimate);
        var needed = context.Live.Union(context.Possible);
        var plan = standalone(needed);
        return isFirst ? SourceStep.Of(plan, context) : HashJoinStep.Of(plan, JoinKind.Inner, context, null, estimate);
    }
}

/// <summary>SERVICE whose endpoint is a variable that something else has to bind.</summary>
internal sealed class EndpointElement(int endpoint, ServicePlan service) : JoinElement
{
    public override bool IsLateral => true;

    public override (double Rows, double Cost) Estimate(SlotSet bound, double rows) => bound.Contains(endpoint) ? (rows * 10, rows * 1e6) : (rows * 1e9, rows * 1e12);

    public override PipelineStep Build(StepContext context, double rows, double estimate, bool isFirst) => ServiceStep.Of(endpoint, service, context, estimate);
}
