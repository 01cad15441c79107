using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>Scores one answer with any evaluator.</summary>
internal static class ItemScoring
{
    /// <summary>The score; null where the evaluator gives none.</summary>
    /// <exception cref="Exception">Whatever the evaluator throws.</exception>
    public static async Task<EvalOutputItem?> ScoreAsync(IEvaluator evaluator, JsonElement id, EvaluationItem item, CancellationToken cancellationToken)
    {
        var result = await evaluator.EvaluateAsync(
            [new ChatMessage(ChatRole.User, EvaluationItem.TextOf(item.Input))], new ChatResponse(new ChatMessage(ChatRole.Assistant, EvaluationItem.TextOf(item.Output))),
            additionalContext: [item], cancellationToken: cancellationToken);
        return result.Metrics.Values.FirstOrDefault() is { } metric
            ? new EvalOutputItem(id, ScoreOf(metric), metric is ItemScore score ? score.Reasoning : metric.Reason is { } reason ? JsonValue.Create(reason) : null)
            {
                Error = metric.Diagnostics?.FirstOrDefault(d => d.Severity == EvaluationDiagnosticSeverity.Error)?.Message,
            }
            : null;
    }

    private static JsonNode? ScoreOf(EvaluationMetric metric) => metric switch
    {
        EvaluationMetric<double?> number => number.Value,
        EvaluationMetric<bool?> truth => truth.Value is { } said ? said ? 1.0 : 0.0 : null,
        EvaluationMetric<string> text => text.Value,
        _ => null,
    };
}

/// <summary>A score of one answer, in the toolkit's form.</summary>
internal sealed record EvalOutputItem(JsonElement Id, JsonNode? Score, JsonNode? Reasoning)
{
    /// <summary>What went wrong; the score then says nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

/// <summary>All scores of an evaluator, in the toolkit's form.</summary>
internal sealed record EvalOutput(double? AverageScore, IReadOnlyList<EvalOutputItem> EvalOutputItems);
