using Hub.Abstractions;
using Hub.Dashboard.Runs;

namespace Hub.Dashboard.Chat;

/// <summary>A conversation as its page shows it.</summary>
/// <param name="Targets">Whom one can talk to.</param>
/// <param name="With">Whom this conversation is with.</param>
/// <param name="Conversation">Its id; empty for a new one.</param>
/// <param name="Turns">Its runs, oldest first.</param>
/// <param name="Recent">Other conversations, newest first.</param>
public sealed record ChatModel(IReadOnlyList<HubFunction> Targets, string With, string Conversation, IReadOnlyList<ChatTurn> Turns, IReadOnlyList<RunRecord> Recent)
{
    /// <summary>The run that is under way, or null.</summary>
    public ChatTurn? Active => Turns.LastOrDefault(t => t.Run.Status == RunStatus.Running);

    /// <summary>Whether another message may be sent now.</summary>
    public bool IsOpen => Turns.Count == 0 || Turns[^1].Run.Status is not (RunStatus.Running or RunStatus.Suspended);
}

/// <summary>One question and what became of it.</summary>
public sealed record ChatTurn(RunRecord Run, string Question, string Answer, RunFailure? Failure, PendingInteraction? Pending, RunTotals Totals);
