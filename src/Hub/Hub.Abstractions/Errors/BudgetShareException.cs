namespace Hub.Abstractions;

/// <summary>A scope spent its share of the run's budget: its next effect was not carried out. The run goes on.</summary>
/// <remarks>A reasoner sees it as the failure of that effect, and whoever called the scope as the scope's failure.</remarks>
public sealed class BudgetShareException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="scope">Name of the scope.</param>
    /// <param name="budget">Which budget: <c>max_steps</c>, <c>max_tokens</c>, <c>max_wall_time</c> or <c>max_cost</c>.</param>
    /// <param name="spent">What was spent.</param>
    /// <param name="limit">What was allowed.</param>
    public BudgetShareException(string scope, string budget, string spent, string limit)
        : base($"'{scope}' spent {spent} of its share's {budget} of {limit}.")
    {
    }
}
