using System.Text.Json.Serialization;

namespace Hub.Abstractions;

/// <summary>Kinds of events: the event types of the toolkit's intermediate step, and two of our own at the end.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunEventKind>))]
public enum RunEventKind
{
    /// <summary>The run began.</summary>
    [JsonStringEnumMemberName("WORKFLOW_START")] WorkflowStart,

    /// <summary>The run ended: answered, failed, cancelled or out of budget.</summary>
    [JsonStringEnumMemberName("WORKFLOW_END")] WorkflowEnd,

    /// <summary>A named scope (an agent as a tool, a function) began.</summary>
    [JsonStringEnumMemberName("FUNCTION_START")] FunctionStart,

    /// <summary>A named scope ended.</summary>
    [JsonStringEnumMemberName("FUNCTION_END")] FunctionEnd,

    /// <summary>A model was asked.</summary>
    [JsonStringEnumMemberName("LLM_START")] LlmStart,

    /// <summary>A model answered or failed.</summary>
    [JsonStringEnumMemberName("LLM_END")] LlmEnd,

    /// <summary>A part of a model's answer; streamed, never stored.</summary>
    [JsonStringEnumMemberName("LLM_NEW_TOKEN")] LlmNewToken,

    /// <summary>A tool was called.</summary>
    [JsonStringEnumMemberName("TOOL_START")] ToolStart,

    /// <summary>A tool returned or failed.</summary>
    [JsonStringEnumMemberName("TOOL_END")] ToolEnd,

    /// <summary>A task (a person asked, a delay, long local work) began.</summary>
    [JsonStringEnumMemberName("TASK_START")] TaskStart,

    /// <summary>A task ended.</summary>
    [JsonStringEnumMemberName("TASK_END")] TaskEnd,

    /// <summary>Test-time compute (a search's batch of candidates) began.</summary>
    [JsonStringEnumMemberName("TTC_START")] TtcStart,

    /// <summary>Test-time compute ended.</summary>
    [JsonStringEnumMemberName("TTC_END")] TtcEnd,

    /// <summary>An effect of another kind began.</summary>
    [JsonStringEnumMemberName("CUSTOM_START")] CustomStart,

    /// <summary>An effect of another kind ended.</summary>
    [JsonStringEnumMemberName("CUSTOM_END")] CustomEnd,

    /// <summary>A part of the run's answer; streamed, never stored.</summary>
    [JsonStringEnumMemberName("ANSWER_CHUNK")] AnswerChunk,

    /// <summary>A person decided what becomes of an effect that was in flight at a crash.</summary>
    [JsonStringEnumMemberName("DECISION")] Decision,
}
