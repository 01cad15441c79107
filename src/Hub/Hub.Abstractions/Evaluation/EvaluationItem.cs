using System.Text.Json;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Abstractions;

/// <summary>What is known of an answer beside the question and the answer themselves, for an evaluator: the toolkit's <c>EvalInputItem</c>.</summary>
/// <param name="input">What was asked, as the dataset has it: text, or any JSON.</param>
/// <param name="output">What was answered, text or any JSON.</param>
/// <param name="expected">What should have been answered, text or any JSON; undefined where nothing is known.</param>
/// <param name="trajectory">The run's steps, each an <c>IntermediateStep</c> of the toolkit; empty where they are not known.</param>
/// <remarks>As a context it is called <c>expected_output</c> and its text is that answer, so that evaluators that know nothing of this class can use it.</remarks>
public sealed class EvaluationItem(JsonElement input, JsonElement output, JsonElement expected, IReadOnlyList<JsonElement> trajectory) : EvaluationContext("expected_output", TextOf(expected))
{
    /// <summary>What was asked.</summary>
    public JsonElement Input => input;

    /// <summary>What was answered.</summary>
    public JsonElement Output => output;

    /// <summary>What should have been answered.</summary>
    public JsonElement Expected => expected;

    /// <summary>The run's steps, in their order.</summary>
    public IReadOnlyList<JsonElement> Trajectory => trajectory;

    /// <summary>The item among an evaluator's contexts.</summary>
    /// <param name="contexts">What the evaluator was given.</param>
    /// <exception cref="HubException">There is none.</exception>
    public static EvaluationItem Of(IEnumerable<EvaluationContext>? contexts) => contexts?.OfType<EvaluationItem>().FirstOrDefault()
        ?? throw new HubException($"This evaluator needs an {nameof(EvaluationItem)} among its contexts.");

    /// <summary>JSON as words: text as it is, nothing for what is null or undefined, anything else as JSON.</summary>
    /// <param name="value">The value.</param>
    public static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
