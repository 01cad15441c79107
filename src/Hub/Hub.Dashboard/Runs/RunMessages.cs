using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Dashboard.Runs;

/// <summary>Messages of a run's log: what was asked, what a model was told, what came back.</summary>
internal sealed class RunMessages(Func<string, byte[]?> payload)
{
    private static readonly ChatMessage s_erased = new(ChatRole.System, "(erased)");

    /// <summary>The conversation that the run began with.</summary>
    public IReadOnlyList<ChatMessage> Question(IReadOnlyList<RunEvent> events) =>
        events.FirstOrDefault(e => e.Kind == RunEventKind.WorkflowStart)?.Input is { } hash ? Read(hash, "messages") : [];

    /// <summary>The run's answer; empty where there is none.</summary>
    public IReadOnlyList<ChatMessage> Answer(IReadOnlyList<RunEvent> events) =>
        events.LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd)?.Output is { } hash ? Read(hash, "messages") : [];

    /// <summary>What a model call answered.</summary>
    public IReadOnlyList<ChatMessage> Reply(RunEvent end) => end.Output is { } hash ? Read(hash, "messages") : [];

    /// <summary>The whole prompt of a model call, and how many of its messages earlier calls had sent already.</summary>
    /// <param name="events">All events of the run: a request is logged as a known head and what is new.</param>
    /// <param name="start">The call's start.</param>
    public (IReadOnlyList<ChatMessage> Messages, int Known) Prompt(IReadOnlyList<RunEvent> events, RunEvent start)
    {
        var (prefix, added, _) = Request(start);
        List<string> hashes = [.. added];
        var byHead = prefix is null ? null : events.Where(e => e.Kind == RunEventKind.LlmStart && e.Sequence < start.Sequence).Select(Request).Where(r => r.Head is not null)
            .GroupBy(r => r.Head!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        // Each head stands before the one that extends it, so the walk ends; a log that lacks one shows what it has.
        while (prefix is not null && byHead!.Remove(prefix, out var earlier))
        {
            hashes.InsertRange(0, earlier.Added);
            prefix = earlier.Prefix;
        }

        return ([.. hashes.Select(Message)], hashes.Count - added.Count);
    }

    private (string? Prefix, IReadOnlyList<string> Added, string? Head) Request(RunEvent start)
    {
        if (start.Input is not { } hash || payload(hash) is not { } bytes)
            return (null, [], null);
        var root = JsonElement.Parse(bytes);
        return (Text(root, "prefix"), Hashes(root, "new"), Text(root, "head"));
    }

    private IReadOnlyList<ChatMessage> Read(string hash, string property) => payload(hash) is { } bytes ? [.. Hashes(JsonElement.Parse(bytes), property).Select(Message)] : [s_erased];

    private ChatMessage Message(string hash) => payload(hash) is { } bytes ? JsonSerializer.Deserialize<ChatMessage>(bytes, HubJson.Options)! : s_erased;

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IReadOnlyList<string> Hashes(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : [];
}
