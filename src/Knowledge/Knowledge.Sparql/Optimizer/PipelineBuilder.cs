namespace Knowledge.Sparql;

/// <summary>Collects the steps of a pipeline. Steps are made at the end, when it is known which slots are still needed after each.</summary>
internal sealed class PipelineBuilder(Planner planner, GroupContext context)
{
    private readonly List<(Func<StepContext, PipelineStep> Make, SlotSet Reads, SlotSet Possible, SlotSet Certain)> _steps = [];
    private readonly List<Expression> _waiting = [];

    /// <summary>Where the group stands.</summary>
    public GroupContext Context => context;

    /// <summary>Slots that may be bound after the steps so far.</summary>
    public SlotSet Possible { get; private set; } = context.Possible;

    /// <summary>Slots that are bound after the steps so far.</summary>
    public SlotSet Certain { get; private set; } = context.Certain;

    /// <summary>Rows expected after the steps so far.</summary>
    public double Rows { get; private set; } = context.Rows;

    /// <summary>Adds an element.</summary>
    public void Add(JoinElement element, double rows)
    {
        var (before, isFirst) = (Rows, _steps.Count == 0 && !context.IsLateral);
        _steps.Add((step => element.Build(step, before, rows, isFirst), element.Reads.Union(element.Possible), Possible, Certain));
        Possible = Possible.Union(element.Possible);
        Certain = Certain.Union(element.Certain);
        Rows = rows;
    }

    /// <summary>Adds a step.</summary>
    /// <param name="reads">Slots that it reads.</param>
    /// <param name="effect">What it does to rows.</param>
    /// <param name="make">Makes it.</param>
    public void Add(SlotSet reads, StepEffect effect, Func<StepContext, PipelineStep> make)
    {
        _steps.Add((make, reads, Possible, Certain));
        Possible = Possible.Union(effect.Possible);
        Certain = Certain.Union(effect.Certain);
        Rows = effect.Rows;
    }

    /// <summary>Takes conditions that are placed as soon as nothing that comes later can change what they read.</summary>
    /// <param name="filters">The conditions.</param>
    public void AddFilters(IEnumerable<Expression> filters) => _waiting.AddRange(filters);

    /// <summary>Places the conditions that can be decided now.</summary>
    /// <param name="later">Slots that later parts may bind.</param>
    /// <param name="special">Steps in the place of a filter, for conditions that have one.</param>
    public void PlaceFilters(SlotSet later, Func<Expression, PipelineBuilder, Func<StepContext, PipelineStep>?> special)
    {
        foreach (var condition in _waiting.ToArray())
        {
            var reads = planner.Sets.Read(condition);
            if (!reads.Intersect(later).IsSubsetOf(Certain))
                continue;
            _waiting.Remove(condition);
            var rows = Rows / 3;
            var make = special(condition, this);
            if (make is null)
            {
                var evaluator = planner.Compiler.Compile(condition);
                make = step => FilterStep.Of(evaluator, condition.ToString()!, step, rows);
            }

            Add(reads, new StepEffect(default, default, rows), make);
        }
    }

    /// <summary>The pipeline.</summary>
    public Pipeline Build()
    {
        var steps = new PipelineStep[_steps.Count];
        var live = context.Needed;
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            steps[i] = _steps[i].Make(new StepContext(planner.Slots, _steps[i].Possible, _steps[i].Certain, live));
            live = live.Union(_steps[i].Reads);
        }

        return new Pipeline(steps) { Slots = planner.Slots };
    }
}

/// <summary>What a step does to rows.</summary>
/// <param name="Possible">Slots that it may bind.</param>
/// <param name="Certain">Slots that it binds.</param>
/// <param name="Rows">Rows expected after it.</param>
internal readonly record struct StepEffect(SlotSet Possible, SlotSet Certain, double Rows);
