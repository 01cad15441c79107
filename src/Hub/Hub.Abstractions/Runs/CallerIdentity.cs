namespace Hub.Abstractions;

/// <summary>For whom the code that asks this is running: what is kept per user outside of a run's log (sessions, tokens) is found by it.</summary>
/// <param name="Tenant">The user's tenant; null for none.</param>
/// <param name="UserId">The user; null where nobody said.</param>
/// <param name="RunId">The run; null outside of one.</param>
/// <remarks>It follows the flow of control: each run sees its own.</remarks>
public sealed record CallerIdentity(string? Tenant, string? UserId, string? RunId)
{
    private static readonly AsyncLocal<CallerIdentity?> s_current = new();

    /// <summary>For whom it is; null outside of runs, and where nobody set it.</summary>
    public static CallerIdentity? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }
}
