using System.ComponentModel.DataAnnotations;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>Options of <c>tunable_rag_evaluator</c>.</summary>
public sealed class TunableRagOptions : JudgeOptions
{
    /// <summary>What the judge is told to look at. It must be given.</summary>
    public string JudgeLlmPrompt { get; set; } = "";

    /// <summary>Whether the judge gives three scores (coverage, correctness, relevance), which are weighed, instead of one.</summary>
    public bool DefaultScoring { get; set; }

    /// <summary>Weights of the three scores; they need not add up to 1.</summary>
    /// <value>The default is coverage 0.5, correctness 0.3, relevance 0.2.</value>
    public Dictionary<string, double> DefaultScoreWeights { get; set; } = new() { ["coverage"] = 0.5, ["correctness"] = 0.3, ["relevance"] = 0.2 };

    /// <summary>How often the judge is asked where it fails; null for the defaults.</summary>
    public JudgeRetryOptions? LlmRetryControlParams { get; set; }

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(JudgeLlmPrompt))
            yield return new ValidationResult("This key is missing; it tells the judge what to look at.", [nameof(JudgeLlmPrompt)]);
        if (DefaultScoreWeights.Values.Any(w => w < 0 || !double.IsFinite(w)))
            yield return new ValidationResult("A weight is negative; 0 or more is needed.", [nameof(DefaultScoreWeights)]);
        if (DefaultScoreWeights.Count > 0 && DefaultScoreWeights.Values.Sum() <= 0)
            yield return new ValidationResult("All weights are 0; at least one must be more.", [nameof(DefaultScoreWeights)]);
        foreach (var missing in base.Validate(validationContext))
            yield return missing;
    }
}
