using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What a suspended run waits for, read from its log.</summary>
public static class RunQuestion
{
    /// <summary>The question to a person, or the decision on an effect that was in flight when its process ended; null where nothing is open.</summary>
    /// <param name="events">Events of the run.</param>
    /// <param name="payload">Gives a payload's bytes, or null where it was erased.</param>
    public static PendingInteraction? Of(IReadOnlyList<RunEvent> events, Func<string, byte[]?> payload)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(payload);
        var ended = events.Where(e => e.Kind.IsEffectEnd()).Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        RunEvent[] open = [.. events.Where(e => e.Kind.IsEffectStart() && !ended.Contains(e.Id)).OrderByDescending(e => e.Redo is null or Redo.Never)];
        foreach (var start in open)
        {
            if (start.Redo is null or Redo.Never)
                return RunScope.Undecided(start);
            if (start.Kind == RunEventKind.TaskStart && Prompt(start, payload) is { } prompt)
                return new PendingInteraction(start.Id, prompt.Question, Decision: false, prompt.Options);
        }

        return null;
    }

    private static PersonPrompt? Prompt(RunEvent start, Func<string, byte[]?> payload)
    {
        if (start.Input is not { } hash || payload(hash) is not { } bytes || JsonElement.Parse(bytes) is not { ValueKind: JsonValueKind.Object } logged)
            return null;
        return logged.Deserialize<PersonPrompt>(HubJson.Options) is { Question: not null, Options: not null } prompt ? prompt : null;
    }
}
