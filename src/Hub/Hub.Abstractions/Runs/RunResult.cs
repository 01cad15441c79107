using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>How a run ended.</summary>
public sealed record RunResult
{
    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Why it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The answer, where there is one.</summary>
    public ChatResponse? Response { get; init; }

    /// <summary>What went wrong, where something did.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>The question that a suspended run waits on.</summary>
    public PendingInteraction? Pending { get; init; }

    /// <summary>Effects that the run has logged, those before a resume included.</summary>
    public int Steps { get; init; }

    /// <summary>Tokens of all model calls of the run.</summary>
    public UsageDetails Usage { get; init; } = new();

    /// <summary>Text of the answer; empty where there is none.</summary>
    public string Text => Response?.Text ?? "";
}
