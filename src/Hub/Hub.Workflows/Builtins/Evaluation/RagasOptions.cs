using System.Text.Json;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>Options of <c>ragas</c>.</summary>
public sealed class RagasOptions : JudgeOptions
{
    /// <summary>The metric's name, or a mapping of it to its own options: <c>AnswerAccuracy</c> (the default), <c>ContextRelevance</c> or <c>ResponseGroundedness</c>.</summary>
    public JsonElement Metric { get; set; }

    /// <summary>Where the question is an object: the key that holds it; null for the whole object.</summary>
    public string? InputObjField { get; set; }
}
