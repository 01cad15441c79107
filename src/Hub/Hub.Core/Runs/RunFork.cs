using System.Security.Cryptography;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Makes a new run out of the beginning of an old one.</summary>
public static class RunFork
{
    private const int MaxPayloadDepth = 4;

    /// <summary>Copies a run's events up to one of them under a new id. The fork is interrupted: resuming it goes on from there.</summary>
    /// <param name="store">Where both runs live.</param>
    /// <param name="runId">The run to fork.</param>
    /// <param name="at">Sequence of the last event to keep; effects that had not ended by then are asked anew.</param>
    /// <param name="time">The clock.</param>
    /// <param name="budget">Budget of the fork; null to keep the old run's.</param>
    /// <returns>The new run's id.</returns>
    /// <exception cref="UnknownNameException">There is no such run.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The run has no such event.</exception>
    public static string Fork(IRunStore store, string runId, long at, TimeProvider time, RunBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        var record = store.Find(runId);
        if (at < 0 || at >= record.Events)
            throw new ArgumentOutOfRangeException(nameof(at), $"Run {record.Header.RunId} has the events 0 to {record.Events - 1}; there is no event {at} to fork at.");

        RunEvent[] kept = [.. Whole([.. store.Read(record.Header.RunId).Where(e => e.Sequence <= at && e.Kind != RunEventKind.WorkflowEnd)])];
        var header = record.Header with
        {
            RunId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            ForkedFrom = $"{record.Header.RunId}@{at}",
            Budget = budget ?? record.Header.Budget,
        };
        using var writer = store.Create(header);
        foreach (var entry in kept)
        {
            Copy(store, writer, entry.Input, 0);
            Copy(store, writer, entry.Output, 0);
            writer.Append(entry);
        }

        writer.Close(RunStatus.Interrupted);
        return header.RunId;
    }

    /// <summary>Events without the starts of effects that have no end among them: those are asked anew, not redone.</summary>
    private static IEnumerable<RunEvent> Whole(IReadOnlyList<RunEvent> events)
    {
        var ended = events.Where(e => IsEnd(e.Kind)).Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return events.Where(e => !e.Kind.IsEffectStart() || ended.Contains(e.Id));
    }

    private static bool IsEnd(RunEventKind kind) => kind
        is RunEventKind.LlmEnd or RunEventKind.ToolEnd or RunEventKind.TaskEnd or RunEventKind.TtcEnd or RunEventKind.CustomEnd;

    /// <summary>Makes the fork an owner of a payload and of the payloads that it names, so that pruning the old run leaves them.</summary>
    private static void Copy(IRunStore store, IRunWriter writer, string? hash, int depth)
    {
        if (hash is null || depth > MaxPayloadDepth || writer.Contains(hash) || store.Payload(hash) is not { } content)
            return;
        writer.Put(content);
        foreach (var name in PayloadNames.In(content))
            Copy(store, writer, name, depth + 1);
    }
}
