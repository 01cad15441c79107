using Hub.Abstractions;

namespace Hub.Dashboard.Runs;

/// <summary>What a run spent, read from its log.</summary>
/// <param name="Steps">Effects that began.</param>
/// <param name="Tokens">Tokens of all model calls; null where no model reported any.</param>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="CompletionTokens">Tokens written.</param>
/// <param name="Cost">Price of the tokens; null where the run has no prices.</param>
/// <param name="Failures">Effects that failed.</param>
/// <param name="Models">Calls, tokens and time by model.</param>
public sealed record RunTotals(
    int Steps, long? Tokens, long PromptTokens, long CompletionTokens, decimal? Cost, int Failures, IReadOnlyDictionary<string, ModelTotals> Models)
{
    /// <summary>Adds up a log.</summary>
    /// <param name="header">The run's header, for its prices.</param>
    /// <param name="events">Its events.</param>
    public static RunTotals Of(RunHeader header, IReadOnlyList<RunEvent> events)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(events);
        Dictionary<string, ModelTotals> models = new(StringComparer.Ordinal);
        var (steps, failures, prompt, completion) = (0, 0, 0L, 0L);
        long? tokens = null;
        decimal? cost = header.Budget.Prices.Count > 0 ? 0m : null;
        foreach (var entry in events)
        {
            steps += entry.Kind.IsEffectStart() ? 1 : 0;
            failures += entry.Kind.IsEffectEnd() && entry.Failure is not null ? 1 : 0;
            if (entry.Kind != RunEventKind.LlmEnd)
                continue;
            models[entry.Name] = models.GetValueOrDefault(entry.Name, ModelTotals.None).With(entry);
            if (entry.Usage is not { } usage)
                continue;
            tokens = (tokens ?? 0) + (usage.TotalTokens ?? 0);
            prompt += usage.PromptTokens ?? 0;
            completion += usage.CompletionTokens ?? 0;
            cost += header.Budget.CostOf(entry.Name, usage);
        }

        return new RunTotals(steps, tokens, prompt, completion, cost, failures, models);
    }
}

/// <summary>What one model did.</summary>
/// <param name="Calls">Calls that ended.</param>
/// <param name="Failures">Calls that failed.</param>
/// <param name="Tokens">Tokens, as far as they were reported.</param>
/// <param name="Time">Time of all calls together.</param>
public sealed record ModelTotals(int Calls, int Failures, long Tokens, TimeSpan Time)
{
    /// <summary>Nothing yet.</summary>
    public static ModelTotals None { get; } = new(0, 0, 0, TimeSpan.Zero);

    /// <summary>These and one call more.</summary>
    /// <param name="end">The call's end.</param>
    public ModelTotals With(RunEvent end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return new ModelTotals(
            Calls + 1, Failures + (end.Failure is null ? 0 : 1), Tokens + (end.Usage?.TotalTokens ?? 0), Time + (end.StartTime is { } start ? end.Time - start : TimeSpan.Zero));
    }

    /// <summary>These and others.</summary>
    /// <param name="other">The others.</param>
    public ModelTotals With(ModelTotals other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ModelTotals(Calls + other.Calls, Failures + other.Failures, Tokens + other.Tokens, Time + other.Time);
    }
}
