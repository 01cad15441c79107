namespace Hub.Abstractions;

/// <summary>A budget of the run is spent: the next effect was not begun.</summary>
public sealed class BudgetExceededException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="budget">Which budget: <c>max_steps</c>, <c>max_tokens</c>, <c>max_wall_time</c> or <c>max_cost</c>.</param>
    /// <param name="spent">What was spent.</param>
    /// <param name="limit">What was allowed.</param>
    public BudgetExceededException(string budget, string spent, string limit)
        : base($"The run spent {spent} of its {budget} of {limit}. Raise {budget} in the run's budget, or fork the run with a larger one.")
    {
        Budget = budget;
    }

    /// <summary>Which budget.</summary>
    public string Budget { get; }
}
