using System.Globalization;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Toolkit;

namespace Hub.Server.A2A;

/// <summary>A run as a task of the protocol: its state, question and answer, from its log. Forms are those of 1.0.</summary>
internal sealed class TaskView(IHub hub, Executions executions)
{
    public const string Answer = "answer";

    /// <summary>The task that a run is.</summary>
    public JsonObject Of(RunRecord record, int? historyLength = null)
    {
        var id = record.Header.RunId;
        var events = hub.Runs.Read(id);
        var task = new JsonObject { ["id"] = id, ["contextId"] = ContextOf(record), ["status"] = Status(record, events) };
        if (record.Status == RunStatus.Completed)
            task["artifacts"] = new JsonArray(Artifact(End(events)));
        if (historyLength is not 0 && events.Count > 0)
            task["history"] = new JsonArray(Message("ROLE_USER", EventText.Full(events[0], hub.Runs.Payload), record, "question"));
        return task;
    }

    /// <summary>A change of state, as an event.</summary>
    public JsonObject Update(RunRecord record) => new()
    {
        ["statusUpdate"] = new JsonObject { ["taskId"] = record.Header.RunId, ["contextId"] = ContextOf(record), ["status"] = Status(record, hub.Runs.Read(record.Header.RunId)) },
    };

    /// <summary>A step of a task that is being worked on, as an event.</summary>
    public static JsonObject Step(RunRecord record, RunEvent entry) => new()
    {
        ["statusUpdate"] = new JsonObject
        {
            ["taskId"] = record.Header.RunId,
            ["contextId"] = ContextOf(record),
            ["status"] = new JsonObject { ["state"] = "TASK_STATE_WORKING", ["timestamp"] = Time(entry.Time) },
            ["metadata"] = new JsonObject { ["step"] = $"{StepNames.Of(entry.Kind)} {entry.Name}", ["summary"] = entry.Summary },
        },
    };

    /// <summary>A part of the answer, or all of it, as an event.</summary>
    public static JsonObject Part(RunRecord record, string text, bool append, bool last) => new()
    {
        ["artifactUpdate"] = new JsonObject
        {
            ["taskId"] = record.Header.RunId,
            ["contextId"] = ContextOf(record),
            ["artifact"] = Artifact(text),
            ["append"] = append,
            ["lastChunk"] = last,
        },
    };

    /// <summary>Text of the answer, or what went wrong.</summary>
    public string End(IReadOnlyList<RunEvent> events) => events.LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd) is { } end ? EventText.Full(end, hub.Runs.Payload) : "";

    /// <summary>Whether nothing more can happen to a run.</summary>
    public static bool IsEnded(RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.BudgetExceeded;

    private static string ContextOf(RunRecord record) => record.Header.ConversationId ?? record.Header.RunId;

    private static JsonObject Artifact(string text) => new() { ["artifactId"] = Answer, ["name"] = Answer, ["parts"] = new JsonArray(new JsonObject { ["text"] = text }) };

    private JsonObject Status(RunRecord record, IReadOnlyList<RunEvent> events)
    {
        var (state, text) = record.Status switch
        {
            RunStatus.Running or RunStatus.Interrupted => ("TASK_STATE_WORKING", null),
            RunStatus.Suspended => ("TASK_STATE_INPUT_REQUIRED", Question(record)),
            RunStatus.Completed => ("TASK_STATE_COMPLETED", null),
            RunStatus.Cancelled => ("TASK_STATE_CANCELED", null),
            _ => ("TASK_STATE_FAILED", End(events)),
        };
        var status = new JsonObject { ["state"] = state, ["timestamp"] = Time(record.Updated) };
        if (text is not null)
            status["message"] = Message("ROLE_AGENT", text, record, "status");
        return status;
    }

    private string Question(RunRecord record) => executions.PendingOf(record.Header.RunId) is { } pending
        ? pending.Options.Count == 0 ? pending.Text : $"{pending.Text} ({string.Join(", ", pending.Options)})"
        : "A decision is needed.";

    private static JsonObject Message(string role, string text, RunRecord record, string suffix) => new()
    {
        ["messageId"] = $"{record.Header.RunId}-{suffix}",
        ["taskId"] = record.Header.RunId,
        ["contextId"] = ContextOf(record),
        ["role"] = role,
        ["parts"] = new JsonArray(new JsonObject { ["text"] = text }),
    };

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
