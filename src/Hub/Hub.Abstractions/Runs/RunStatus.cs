using System.Text.Json.Serialization;

namespace Hub.Abstractions;

/// <summary>Where a run stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>A process holds its lease and works on it.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>It stopped in the middle: its process died, or it was interrupted. It can be resumed.</summary>
    [JsonStringEnumMemberName("interrupted")] Interrupted,

    /// <summary>It waits for a person's answer or decision. It can be resumed.</summary>
    [JsonStringEnumMemberName("suspended")] Suspended,

    /// <summary>It answered.</summary>
    [JsonStringEnumMemberName("completed")] Completed,

    /// <summary>The reasoner failed.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>A person cancelled it.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>A budget was spent before it could answer.</summary>
    [JsonStringEnumMemberName("budget_exceeded")] BudgetExceeded,
}
