using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>The toolkit's evaluators that need nothing but the steps of a run.</summary>
/// <remarks>Source: the toolkit's <c>nvidia_nat_profiler</c>, <c>runtime_evaluator/evaluate.py</c>.</remarks>
internal static class StepEvaluators
{
    /// <summary>Scores a trajectory by the type of evaluator; null where the type needs more than steps.</summary>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="trajectory">Steps as the toolkit writes them.</param>
    public static (double Score, JsonNode Reasoning)? Score(string type, IReadOnlyList<TrajectoryStep> trajectory) => type switch
    {
        "avg_llm_latency" => Latency(trajectory),
        "avg_workflow_runtime" => Runtime(trajectory),
        "avg_num_llm_calls" => Calls(trajectory),
        "avg_tokens_per_llm_end" => Tokens(trajectory),
        _ => null,
    };

    /// <summary>Whether a type of evaluator is here.</summary>
    public static bool Has(string type) => Score(type, []) is not null;

    /// <summary>Seconds from the start to the end of a model's call, on average.</summary>
    private static (double, JsonNode) Latency(IReadOnlyList<TrajectoryStep> steps)
    {
        var starts = steps.Where(s => s.Type == "LLM_START").GroupBy(s => s.Id).ToDictionary(g => g.Key, g => g.Last().Time);
        double[] latencies = [.. steps.Where(s => s.Type == "LLM_END" && starts.ContainsKey(s.Id)).Select(s => Math.Max(0, s.Time - starts[s.Id]))];
        return (Round(latencies.DefaultIfEmpty().Average(), 4), new JsonObject { ["num_llm_calls"] = latencies.Length, ["latencies"] = new JsonArray([.. latencies.Select(l => (JsonNode)l)]) });
    }

    /// <summary>Seconds from the first step to the last.</summary>
    private static (double, JsonNode) Runtime(IReadOnlyList<TrajectoryStep> steps) => steps.Count == 0
        ? (0, new JsonObject { ["note"] = "no steps" })
        : (Round(steps.Max(s => s.Time) - steps.Min(s => s.Time), 4), new JsonObject { ["steps"] = steps.Count });

    /// <summary>Calls of models.</summary>
    private static (double, JsonNode) Calls(IReadOnlyList<TrajectoryStep> steps)
    {
        var calls = steps.Count(s => s.Type == "LLM_END");
        return (calls, new JsonObject { ["num_llm_end"] = calls });
    }

    /// <summary>Tokens of a call, on average.</summary>
    private static (double, JsonNode) Tokens(IReadOnlyList<TrajectoryStep> steps)
    {
        long[] totals = [.. steps.Where(s => s.Type == "LLM_END").Select(s => s.Tokens)];
        return (Round(totals.DefaultIfEmpty().Average(), 2), new JsonObject { ["num_llm_end"] = totals.Length, ["totals"] = new JsonArray([.. totals.Select(t => (JsonNode)t)]) });
    }

    private static double Round(double value, int digits) => Math.Round(value, digits, MidpointRounding.ToEven);
}

/// <summary>A step of a trajectory, as far as evaluators look at it.</summary>
/// <param name="Type">Type of the event.</param>
/// <param name="Id">Common to its start and end.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Tokens">Tokens read and written.</param>
internal sealed record TrajectoryStep(string Type, string Id, double Time, long Tokens)
{
    /// <summary>Reads an <c>IntermediateStep</c>.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static TrajectoryStep Read(JsonElement step, int index)
    {
        if (step.ValueKind != JsonValueKind.Object || new BodyReader(step).Find("payload") is not { ValueKind: JsonValueKind.Object } payload)
            throw RequestException.Invalid($"Step {index} of 'trajectory' has no 'payload'.", "item.trajectory");
        var reader = new BodyReader(payload);
        return new TrajectoryStep(
            reader.Text("event_type") ?? throw RequestException.Invalid($"Step {index} of 'trajectory' has no 'event_type'.", "item.trajectory"),
            reader.Text("UUID") ?? "",
            reader.Number("event_timestamp", double.MinValue, double.MaxValue) ?? throw RequestException.Invalid($"Step {index} of 'trajectory' has no 'event_timestamp'.", "item.trajectory"),
            Count(reader));
    }

    private static long Count(BodyReader payload)
    {
        if (payload.Find("usage_info") is not { ValueKind: JsonValueKind.Object } info || new BodyReader(info).Find("token_usage") is not { ValueKind: JsonValueKind.Object } usage)
            return 0;
        var reader = new BodyReader(usage);
        return reader.Long("total_tokens") is > 0 and var total ? total : (reader.Long("prompt_tokens") ?? 0) + (reader.Long("completion_tokens") ?? 0);
    }
}
