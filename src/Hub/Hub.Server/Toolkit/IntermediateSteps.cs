using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>A run's events as the toolkit's raw steps: <c>IntermediateStepPayload</c>, which <c>nat eval --endpoint</c> reads.</summary>
/// <remarks>Start and end share a UUID; only ends have a <c>span_event_timestamp</c>; times are seconds since 1970.</remarks>
internal static class IntermediateSteps
{
    /// <summary>The step that an event is; null for events of ours that the toolkit does not have.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="run">The run.</param>
    /// <param name="input">On an end: what its start said.</param>
    public static ToolkitStep? Raw(RunEvent entry, IRunHandle run, string? input = null) => entry.Kind is RunEventKind.AnswerChunk or RunEventKind.Decision
        ? null
        : new ToolkitStep(
            StepNames.Uuid(run.RunId, entry.Id), StepNames.Parent(run.RunId, entry.ParentId), StepNames.Of(entry.Kind), entry.Name,
            Payload(entry, run.RunId, run.Payload, input).ToJsonString(Wire.Options));

    /// <summary>The whole <c>IntermediateStep</c>, as the toolkit's file of traces has it; null for events that the toolkit does not have.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="runId">The run.</param>
    /// <param name="payload">Gives a payload's bytes.</param>
    /// <param name="inputs">What starts said, by id: filled and emptied here.</param>
    public static JsonObject? Whole(RunEvent entry, string runId, Func<string, byte[]?> payload, Dictionary<string, string> inputs)
    {
        if (entry.Kind is RunEventKind.AnswerChunk or RunEventKind.Decision)
            return null;
        string? input = null;
        if (entry.StartTime is null && entry.Kind != RunEventKind.WorkflowEnd)
            inputs[entry.Id] = EventText.Full(entry, payload);
        else
            inputs.Remove(entry.Id, out input);
        return new JsonObject
        {
            ["parent_id"] = StepNames.Parent(runId, entry.ParentId),
            ["function_ancestry"] = new JsonObject
            {
                ["function_id"] = StepNames.Parent(runId, entry.Function.FunctionId),
                ["function_name"] = entry.Function.FunctionName,
                ["parent_id"] = entry.Function.ParentId is { } parent ? StepNames.Parent(runId, parent) : null,
                ["parent_name"] = entry.Function.ParentName,
            },
            ["payload"] = Payload(entry, runId, payload, input),
        };
    }

    private static JsonObject Payload(RunEvent entry, string runId, Func<string, byte[]?> payload, string? input)
    {
        var text = entry.Chunk ?? EventText.Full(entry, payload);
        var isEnd = entry.StartTime is not null || entry.Kind == RunEventKind.WorkflowEnd;
        return new JsonObject
        {
            ["event_type"] = StepNames.Of(entry.Kind),
            ["event_timestamp"] = Seconds(entry.Time),
            ["span_event_timestamp"] = isEnd ? Seconds(entry.StartTime ?? entry.Time) : null,
            ["framework"] = null,
            ["name"] = entry.Name,
            ["tags"] = null,
            ["metadata"] = entry.Tags is null ? null : new JsonObject { ["provided_metadata"] = new JsonObject(entry.Tags.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))) },
            ["data"] = new JsonObject
            {
                ["input"] = entry.Chunk is not null ? null : isEnd ? input : text,
                ["output"] = isEnd ? text : null,
                ["chunk"] = entry.Chunk,
                ["payload"] = null,
            },
            ["usage_info"] = entry.Usage is { } usage ? new JsonObject
            {
                ["token_usage"] = new JsonObject
                {
                    ["prompt_tokens"] = usage.PromptTokens ?? 0,
                    ["completion_tokens"] = usage.CompletionTokens ?? 0,
                    ["cached_tokens"] = usage.CachedTokens ?? 0,
                    ["reasoning_tokens"] = usage.ReasoningTokens ?? 0,
                    ["total_tokens"] = usage.TotalTokens ?? 0,
                },
                ["num_llm_calls"] = 1,
                ["seconds_between_calls"] = 0,
            } : null,
            ["UUID"] = StepNames.Uuid(runId, entry.Id),
        };
    }

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
