using Hub.Abstractions;
using Hub.Core;
using Hub.Dashboard.Runs;
using Microsoft.Extensions.AI;

namespace Hub.Dashboard.Chat;

/// <summary>Conversations, read from the run log as somebody may see it: the runs that share a conversation's id.</summary>
internal sealed class Conversations(IHub hub, TotalsCache totals)
{
    /// <summary>What the id of a conversation that pages began starts with.</summary>
    public const string Prefix = "chat-";

    private const int MaxTurns = 200;
    private const int MaxRecent = 8;

    /// <summary>The runs of a conversation, oldest first.</summary>
    public IReadOnlyList<ChatTurn> Turns(ViewedRuns runs, string conversation) => conversation.Length == 0 ? [] :
        [.. runs.List(RunReader.MaxLooked).Where(r => r.Header.ConversationId == conversation).Take(MaxTurns).Reverse().Select(Turn)];

    /// <summary>The first runs of other conversations, newest first.</summary>
    public static IReadOnlyList<RunRecord> Recent(ViewedRuns runs, string except) =>
        [.. runs.List(RunReader.MaxLooked)
            .Where(r => r.Header.ConversationId is { } id && id != except && id.StartsWith(Prefix, StringComparison.Ordinal))
            .GroupBy(r => r.Header.ConversationId).Take(MaxRecent).Select(g => g.Last())];

    /// <summary>What a next message comes after: the last answered run's conversation and its answer.</summary>
    public IReadOnlyList<ChatMessage> Before(ViewedRuns runs, string conversation)
    {
        if (conversation.Length == 0 || runs.List(RunReader.MaxLooked).FirstOrDefault(r => r.Header.ConversationId == conversation && r.Status == RunStatus.Completed) is not { } last)
            return [];
        var events = hub.Runs.Read(last.Header.RunId);
        var messages = new RunMessages(hub.Runs.Payload);
        return [.. messages.Question(events), .. messages.Answer(events)];
    }

    private ChatTurn Turn(RunRecord run)
    {
        var events = hub.Runs.Read(run.Header.RunId);
        var messages = new RunMessages(hub.Runs.Payload);
        return new ChatTurn(
            run,
            messages.Question(events) is [.., var question] ? EventText.Of(question) : "",
            string.Join("\n", messages.Answer(events).Select(EventText.Of)),
            events.LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd)?.Failure,
            run.Status == RunStatus.Suspended ? RunQuestion.Of(events, hub.Runs.Payload) : null,
            totals.Of(run));
    }
}
