using System.Text;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>The toolkit's <c>trajectory</c>: a model judges how an agent came to its answer, by its calls of models and tools.</summary>
/// <remarks>
/// Which steps count and the form of what led to the score: the toolkit's <c>trajectory_evaluator.py</c>. As with the judge that it uses there, the model
/// rates 1 to 5 and the score is that on a scale of 0 to 1; a rating that is a fraction already is taken as it is.
/// </remarks>
internal sealed class TrajectoryEvaluator(Func<IChatClient> judge) : Judge("trajectory")
{
    private const int MaxSteps = 200;
    private const int MaxStepChars = 4000;

    protected override async Task<ItemScore> ScoreAsync(EvaluationItem item, CancellationToken cancellationToken)
    {
        TrajectoryStep[] steps = [.. TrajectoryStep.ReadAll(item).Where(s => s.Type is "LLM_END" or "TOOL_END")];
        if (steps.Length > MaxSteps)
            throw new HubException($"The trajectory has {steps.Length} calls of models and tools; a judge reads {MaxSteps} at most.");
        var reply = (await judge().GetResponseAsync(Prompt(EvaluationItem.TextOf(item.Input), steps, EvaluationItem.TextOf(item.Output)), cancellationToken: cancellationToken)).Text;
        var rating = LastScore(reply);
        var score = rating switch
        {
            >= 1 and <= 5 => (rating - 1) / 4,
            >= 0 and < 1 => rating,
            _ => null,
        };
        var result = new ItemScore(Name, score ?? 0, new JsonObject { ["score"] = score ?? 0, ["reasoning"] = reply, ["trajectory"] = Trajectory(steps) });
        if (score is null)
            result.AddDiagnostics(EvaluationDiagnostic.Error($"The judge gave no score: 'Score: N' with N from 1 to 5 is needed; it began: {(reply.Length > 200 ? reply[..200] : reply)}"));
        return result;
    }

    private static string Prompt(string question, TrajectoryStep[] steps, string answer)
    {
        var text = new StringBuilder($"""
            An assistant that can call tools was asked a question. Judge how it went about it: whether its steps lead to the answer, whether each call of a tool
            was sensible and none was wasted, and whether the final answer follows from what the tools gave.

            The question:
            {question}

            Its steps:

            """);
        for (var i = 0; i < steps.Length; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1}. {(steps[i].Type == "LLM_END" ? "model" : "tool")} {steps[i].Name}\n   input: {Cut(steps[i].Input)}\n   output: {Cut(steps[i].Output)}\n");
        return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"""

            Its final answer:
            {answer}

            Reason step by step. Then end with a line of its own, 'Score: N', where N is from 1 (the steps are of no use) to 5 (nothing could be done better).
            """).ToString();
    }

    private static JsonArray Trajectory(TrajectoryStep[] steps)
    {
        var rows = new JsonArray();
        var log = "";
        foreach (var step in steps)
        {
            var isModel = step.Type == "LLM_END";
            rows.Add(new JsonArray(new JsonObject { ["tool"] = step.Name, ["tool_input"] = step.Input, ["log"] = isModel ? "" : log, ["type"] = "AgentAction" }, step.Output));
            if (isModel)
                log = step.Output;
        }

        return rows;
    }

    private static string Cut(string text) => text.Length > MaxStepChars ? $"{text[..MaxStepChars]} …" : text;
}
