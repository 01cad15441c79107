namespace Hub.Abstractions;

/// <summary>What a caller may say about one run.</summary>
public sealed record RunOptions
{
    /// <summary>Conversation that the run belongs to.</summary>
    public string? ConversationId { get; init; }

    /// <summary>User who asks.</summary>
    public string? UserId { get; init; }

    /// <summary>Tenant whose data the run may see.</summary>
    public string? Tenant { get; init; }

    /// <summary>Seed; null for a drawn one.</summary>
    public long? Seed { get; init; }

    /// <summary>The HTTP request that the run answers; null where there is none.</summary>
    public RequestAttributes? Request { get; init; }

    /// <summary>What the run may spend; null for the hub's own budget.</summary>
    public RunBudget? Budget { get; init; }

    /// <summary>Whether the caller is about to read the run's events: the first reader then gets all parts of the answer, those from before it came included.</summary>
    public bool IsStreamed { get; init; }
}
