using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>The toolkit's evaluators that need nothing but the steps of a run.</summary>
/// <remarks>Source: the toolkit's <c>nvidia_nat_profiler</c>, <c>runtime_evaluator/evaluate.py</c>.</remarks>
internal sealed class StepEvaluator(string type, Func<IReadOnlyList<TrajectoryStep>, (double Score, JsonNode Reasoning)> score) : IEvaluator
{
    public IReadOnlyCollection<string> EvaluationMetricNames => [type];

    public ValueTask<EvaluationResult> EvaluateAsync(
        IEnumerable<ChatMessage> messages, ChatResponse modelResponse, ChatConfiguration? chatConfiguration = null, IEnumerable<EvaluationContext>? additionalContext = null,
        CancellationToken cancellationToken = default)
    {
        var (value, reasoning) = score(TrajectoryStep.ReadAll(EvaluationItem.Of(additionalContext)));
        return ValueTask.FromResult(new ItemScore(type, value, reasoning).AsResult());
    }

    /// <summary>Seconds from the start to the end of a model's call, on average.</summary>
    public static (double, JsonNode) Latency(IReadOnlyList<TrajectoryStep> steps)
    {
        var starts = steps.Where(s => s.Type == "LLM_START").GroupBy(s => s.Id).ToDictionary(g => g.Key, g => g.Last().Time);
        double[] latencies = [.. steps.Where(s => s.Type == "LLM_END" && starts.ContainsKey(s.Id)).Select(s => Math.Max(0, s.Time - starts[s.Id]))];
        return (Round(latencies.DefaultIfEmpty().Average(), 4), new JsonObject { ["num_llm_calls"] = latencies.Length, ["latencies"] = new JsonArray([.. latencies.Select(l => (JsonNode)l)]) });
    }

    /// <summary>Seconds from the first step to the last.</summary>
    public static (double, JsonNode) Runtime(IReadOnlyList<TrajectoryStep> steps) => steps.Count == 0
        ? (0, new JsonObject { ["note"] = "no steps" })
        : (Round(steps.Max(s => s.Time) - steps.Min(s => s.Time), 4), new JsonObject { ["steps"] = steps.Count });

    /// <summary>Calls of models.</summary>
    public static (double, JsonNode) Calls(IReadOnlyList<TrajectoryStep> steps)
    {
        var calls = steps.Count(s => s.Type == "LLM_END");
        return (calls, new JsonObject { ["num_llm_end"] = calls });
    }

    /// <summary>Tokens of a call, on average.</summary>
    public static (double, JsonNode) Tokens(IReadOnlyList<TrajectoryStep> steps)
    {
        long[] totals = [.. steps.Where(s => s.Type == "LLM_END").Select(s => s.Tokens)];
        return (Round(totals.DefaultIfEmpty().Average(), 2), new JsonObject { ["num_llm_end"] = totals.Length, ["totals"] = new JsonArray([.. totals.Select(t => (JsonNode)t)]) });
    }

    private static double Round(double value, int digits) => Math.Round(value, digits, MidpointRounding.ToEven);
}
