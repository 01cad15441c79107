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
    public static ToolkitStep? Raw(RunEvent entry, IRunHandle run) => entry.Kind is RunEventKind.AnswerChunk or RunEventKind.Decision
        ? null
        : new ToolkitStep(
            StepNames.Uuid(run.RunId, entry.Id), StepNames.Parent(run.RunId, entry.ParentId), StepNames.Of(entry.Kind), entry.Name, Payload(entry, run).ToJsonString(Wire.Options));

    private static JsonObject Payload(RunEvent entry, IRunHandle run)
    {
        var text = entry.Chunk ?? EventText.Full(entry, run.Payload);
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
                ["input"] = isEnd || entry.Chunk is not null ? null : text,
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
            ["UUID"] = StepNames.Uuid(run.RunId, entry.Id),
        };
    }

    private static double Seconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalSeconds;
}
