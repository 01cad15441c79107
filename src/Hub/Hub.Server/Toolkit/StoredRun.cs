using System.Runtime.CompilerServices;
using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;

namespace Hub.Server.Toolkit;

/// <summary>A run that is not under way, read from its log.</summary>
/// <param name="hub">The hub.</param>
/// <param name="record">The run.</param>
/// <param name="pending">What it waits for, where it waits for a person.</param>
internal sealed class StoredRun(IHub hub, RunRecord record, PendingInteraction? pending) : IRunHandle
{
    public string RunId => record.Header.RunId;

    /// <summary>How it ended, or where it stands.</summary>
    public RunResult Result => Read();

    public Task<RunResult> Completion => Task.FromResult(Read());

    public async IAsyncEnumerable<RunEvent> ReadEventsAsync(long from = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var entry in hub.Runs.Read(RunId, from))
            yield return entry;
    }

    public byte[]? Payload(string hash) => hub.Runs.Payload(hash);

    public void Interrupt()
    {
        // it is not under way
    }

    public void Cancel()
    {
        // it is not under way; who looks at an ended run and goes away changes nothing
    }

    private RunResult Read()
    {
        var events = hub.Runs.Read(RunId);
        var end = events.LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd);
        return new RunResult
        {
            RunId = RunId,
            Status = record.Status,
            Response = record.Status == RunStatus.Completed ? new ChatResponse(new ChatMessage(ChatRole.Assistant, EventText.Full(end!, hub.Runs.Payload))) : null,
            Failure = end?.Failure,
            Pending = pending,
            Usage = new UsageDetails
            {
                InputTokenCount = events.Sum(e => e.Usage?.PromptTokens ?? 0),
                OutputTokenCount = events.Sum(e => e.Usage?.CompletionTokens ?? 0),
            },
        };
    }
}
