namespace Hub.Abstractions;

/// <summary>What kinds of events have in common.</summary>
public static class RunEventKinds
{
    /// <summary>Whether an event says that an effect began: a model, a tool, a task, a search's batch, or another.</summary>
    /// <param name="kind">The event's kind.</param>
    public static bool IsEffectStart(this RunEventKind kind) => kind
        is RunEventKind.LlmStart or RunEventKind.ToolStart or RunEventKind.TaskStart or RunEventKind.TtcStart or RunEventKind.CustomStart;

    /// <summary>Whether an event says that an effect ended.</summary>
    /// <param name="kind">The event's kind.</param>
    public static bool IsEffectEnd(this RunEventKind kind) => kind
        is RunEventKind.LlmEnd or RunEventKind.ToolEnd or RunEventKind.TaskEnd or RunEventKind.TtcEnd or RunEventKind.CustomEnd;
}
