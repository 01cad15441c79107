using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>A step of a trajectory, as far as evaluators look at it.</summary>
/// <param name="Type">Type of the event, e.g. <c>LLM_END</c>.</param>
/// <param name="Id">Common to its start and end.</param>
/// <param name="Name">The model or tool.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Tokens">Tokens read and written.</param>
/// <param name="Input">What went in, as words.</param>
/// <param name="Output">What came out, as words.</param>
internal sealed record TrajectoryStep(string Type, string Id, string Name, double Time, long Tokens, string Input, string Output)
{
    /// <summary>Reads the steps of an item.</summary>
    /// <exception cref="HubException">One of them is no <c>IntermediateStep</c>.</exception>
    public static IReadOnlyList<TrajectoryStep> ReadAll(EvaluationItem item) => [.. item.Trajectory.Select(Read)];

    private static TrajectoryStep Read(JsonElement step, int index)
    {
        if (Find(step, "payload") is not { ValueKind: JsonValueKind.Object } payload)
            throw Wrong(index, "payload", "an object");
        if (Find(payload, "event_type") is not { ValueKind: JsonValueKind.String } type)
            throw Wrong(index, "payload.event_type", "text");
        if (Find(payload, "event_timestamp") is not { ValueKind: JsonValueKind.Number } time || !time.TryGetDouble(out var seconds))
            throw Wrong(index, "payload.event_timestamp", "a number of seconds");
        var data = Find(payload, "data") ?? default;
        return new TrajectoryStep(
            type.GetString()!, Text(payload, "UUID"), Text(payload, "name"), seconds, Count(payload), Text(data, "input"), Text(data, "output"));
    }

    private static long Count(JsonElement payload)
    {
        var usage = Find(Find(payload, "usage_info") ?? default, "token_usage") ?? default;
        return Number(usage, "total_tokens") is > 0 and var total ? total : Number(usage, "prompt_tokens") + Number(usage, "completion_tokens");
    }

    private static long Number(JsonElement map, string key) => Find(map, key) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) ? count : 0;

    private static string Text(JsonElement map, string key) => EvaluationItem.TextOf(Find(map, key) ?? default);

    private static JsonElement? Find(JsonElement map, string key) => map.ValueKind == JsonValueKind.Object && map.TryGetProperty(key, out var value) ? value : null;

    private static HubException Wrong(int index, string key, string needed) => new($"Step {index} of 'trajectory' has no '{key}'; {needed} is needed there.");
}
