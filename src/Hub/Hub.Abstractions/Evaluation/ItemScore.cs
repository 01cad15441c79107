using System.Text.Json.Nodes;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Abstractions;

/// <summary>A score with what led to it as JSON, as the toolkit's evaluators give it.</summary>
/// <param name="name">Name of the metric.</param>
/// <param name="score">The score; most evaluators give 0 to 1.</param>
/// <param name="reasoning">What led to it.</param>
/// <remarks>An error is a diagnostic of severity <see cref="EvaluationDiagnosticSeverity.Error"/>; the score stands beside it.</remarks>
public sealed class ItemScore(string name, double score, JsonNode reasoning) : EvaluationMetric<double?>(name, score, reasoning?.ToJsonString())
{
    /// <summary>What led to the score.</summary>
    public JsonNode Reasoning => reasoning;

    /// <summary>The score as the only result of an evaluator.</summary>
    public EvaluationResult AsResult() => new(this);
}
