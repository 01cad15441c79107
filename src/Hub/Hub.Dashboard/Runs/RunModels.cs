using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Dashboard.Runs;

/// <summary>The list of runs as it is asked for and shown.</summary>
/// <param name="Rows">Runs of this page, newest first.</param>
/// <param name="Status">Only this status; empty for all.</param>
/// <param name="Words">Only runs whose question, reasoner or id has these words; empty for all.</param>
/// <param name="Page">Number of the page, from 0.</param>
/// <param name="HasMore">Whether there is another page.</param>
/// <param name="Counts">How many of the runs looked at stand where.</param>
/// <param name="Looked">How many runs were looked at.</param>
/// <param name="Now">When the list was made.</param>
public sealed record RunListModel(
    IReadOnlyList<RunRow> Rows, string Status, string Words, int Page, bool HasMore, IReadOnlyDictionary<RunStatus, int> Counts, int Looked, DateTimeOffset Now)
{
    /// <summary>Whether some runs are left out on purpose.</summary>
    public bool IsFiltered => Status.Length > 0 || Words.Length > 0;
}

/// <summary>A run in the list.</summary>
public sealed record RunRow(RunRecord Run, RunTotals Totals);

/// <summary>One run as its page shows it.</summary>
public sealed record RunModel
{
    /// <summary>The run as the store lists it: header, status, question.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>What it spent.</summary>
    public required RunTotals Totals { get; init; }

    /// <summary>Its steps, parents before children.</summary>
    public required IReadOnlyList<StepNode> Rows { get; init; }

    /// <summary>Steps beyond the most that are shown.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Time from the run's start to the end of the picture.</summary>
    public required TimeSpan Span { get; init; }

    /// <summary>The conversation that it began with.</summary>
    public required IReadOnlyList<ChatMessage> Question { get; init; }

    /// <summary>Its answer; empty where there is none.</summary>
    public required IReadOnlyList<ChatMessage> Answer { get; init; }

    /// <summary>Why it failed.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>What it waits for.</summary>
    public PendingInteraction? Pending { get; init; }

    /// <summary>The step that is shown in full.</summary>
    public StepDetail? Selected { get; init; }

    /// <summary>When the page was made.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>One step with everything that went in and came out.</summary>
/// <param name="Node">The step.</param>
/// <param name="Prompt">Of a model call: the whole prompt.</param>
/// <param name="Known">How many messages of the prompt earlier calls had sent already.</param>
/// <param name="Reply">Of a model call: what it answered.</param>
/// <param name="Input">Of another step: its input.</param>
/// <param name="Output">Of another step: its output.</param>
public sealed record StepDetail(StepNode Node, IReadOnlyList<ChatMessage> Prompt, int Known, IReadOnlyList<ChatMessage> Reply, string Input, string Output);
