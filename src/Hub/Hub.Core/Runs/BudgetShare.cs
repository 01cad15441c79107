using System.Globalization;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What a scope may spend of its run's budget, and what it spent; a scope within it spends of both.</summary>
/// <remarks>
/// An effect that a share refuses is logged as failed, so that a resumed run refuses the same effects whatever its branches do. Thread safety: all members.
/// </remarks>
internal sealed class BudgetShare(string scope, RunBudget budget, BudgetShare? outer)
{
    private readonly Lock _lock = new();
    private readonly BudgetMeter _meter = new(budget, time: null);

    /// <summary>What the start of a scope says of its share; null where it has none.</summary>
    public static IReadOnlyDictionary<string, string>? Tags(RunBudget? budget)
    {
        if (budget is null)
            return null;
        Dictionary<string, string> tags = [];
        Add(tags, "max_steps", budget.MaxSteps);
        Add(tags, "max_tokens", budget.MaxTokens);
        Add(tags, "max_wall_time", budget.MaxWallTime?.TotalSeconds);
        Add(tags, "max_cost", budget.MaxCost);
        return tags;
    }

    private static void Add(Dictionary<string, string> tags, string name, IFormattable? limit)
    {
        if (limit is not null)
            tags[name] = limit.ToString(null, CultureInfo.InvariantCulture);
    }

    /// <summary>Refuses the next effect where this share, or one around it, is spent.</summary>
    /// <exception cref="BudgetShareException">It is.</exception>
    public void Check()
    {
        outer?.Check();
        lock (_lock)
        {
            if (_meter.Spent() is var (name, spent, limit))
                throw new BudgetShareException(scope, name, spent, limit);
        }
    }

    /// <summary>Counts an effect that was carried out, now or before a restart.</summary>
    public void Count(RunEvent start, RunEvent end)
    {
        outer?.Count(start, end);
        if (end.Failure?.Type == nameof(BudgetShareException))
            return;
        lock (_lock)
        {
            _meter.Count(start, past: true);
            _meter.Count(end, past: true);
        }
    }
}
