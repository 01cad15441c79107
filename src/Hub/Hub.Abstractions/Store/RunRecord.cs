namespace Hub.Abstractions;

/// <summary>One run in a listing.</summary>
public sealed record RunRecord
{
    /// <summary>What was fixed when the run began.</summary>
    public required RunHeader Header { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Number of stored events.</summary>
    public required long Events { get; init; }

    /// <summary>Time of the last stored event.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>The question, shortened to one line; empty where it was erased.</summary>
    public string Question { get; init; } = "";
}
