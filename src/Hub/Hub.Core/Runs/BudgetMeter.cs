using System.Globalization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>Counts what a run, or a scope with a share of its own, spends and says when a limit is reached. Not thread-safe: its owner locks around it.</summary>
/// <param name="budget">The limits.</param>
/// <param name="time">The clock that wall time is read from; null where it is the sum of the effects' durations.</param>
internal sealed class BudgetMeter(RunBudget budget, TimeProvider? time)
{
    private readonly long _began = time?.GetTimestamp() ?? 0;
    private TimeSpan _before;
    private decimal _cost;

    public int Steps { get; private set; }

    public UsageDetails Usage { get; } = new() { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 };

    /// <summary>Counts an event; those of earlier sittings of the run add their effects' own durations to the wall time.</summary>
    public void Count(RunEvent entry, bool past)
    {
        switch (entry.Kind)
        {
            case var kind when kind.IsEffectStart():
                Steps++;
                return;
            case RunEventKind.LlmEnd when entry.Usage is { } usage:
                Usage.InputTokenCount += usage.PromptTokens ?? 0;
                Usage.OutputTokenCount += usage.CompletionTokens ?? 0;
                Usage.TotalTokenCount += usage.TotalTokens ?? 0;
                _cost += budget.CostOf(entry.Name, usage);
                break;
        }

        if (past && entry is { StartTime: { } start, Kind: RunEventKind.LlmEnd or RunEventKind.ToolEnd or RunEventKind.TtcEnd or RunEventKind.CustomEnd })
            _before += entry.Time - start;
    }

    /// <summary>Refuses the next effect where a budget is spent.</summary>
    /// <exception cref="BudgetExceededException">It is.</exception>
    public void Check()
    {
        if (Spent() is var (name, spent, limit))
            throw new BudgetExceededException(name, spent, limit);
    }

    /// <summary>The budget that is spent, what was spent of it, and what was allowed; null where there is room.</summary>
    public (string Name, string Spent, string Limit)? Spent()
    {
        if (budget.MaxSteps is { } steps && Steps >= steps)
            return ("max_steps", Text(Steps), Text(steps));
        if (budget.MaxTokens is { } tokens && Usage.TotalTokenCount >= tokens)
            return ("max_tokens", Text(Usage.TotalTokenCount ?? 0), Text(tokens));
        if (budget.MaxCost is { } cost && _cost >= cost)
            return ("max_cost", Text(_cost), Text(cost));
        if (budget.MaxWallTime is { } wall && _before + (time?.GetElapsedTime(_began) ?? TimeSpan.Zero) is var took && took >= wall)
            return ("max_wall_time", $"{Text(took.TotalSeconds)} s", $"{Text(wall.TotalSeconds)} s");
        return null;
    }

    private static string Text(IFormattable value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
