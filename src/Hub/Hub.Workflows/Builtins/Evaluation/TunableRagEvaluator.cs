using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>The toolkit's <c>tunable_rag_evaluator</c>: a model compares an answer with a description of the expected one, by a prompt of the file.</summary>
/// <remarks>
/// Keys of the judge's answer, weights, and what is told where they are missing: the toolkit's <c>tunable_rag_evaluator.py</c>. A judge whose answer
/// cannot be read scores 0 and says so, as there.
/// </remarks>
internal sealed class TunableRagEvaluator(TunableRagOptions options, Func<IChatClient> judge, TimeProvider time) : Judge("tunable_rag_evaluator")
{
    private const string System = "You must respond only in JSON format.";
    private const string Unreadable = "Error in evaluator from parsing judge LLM response.";
    private const string One = """{"score": number, "reasoning": "one or two sentences"}""";
    private const string Three = """{"coverage_score": number, "correctness_score": number, "relevance_score": number, "reasoning": "one or two sentences"}""";
    private const string Rubric = """
        Give three scores from 0 to 1. coverage_score: how much of what matters in the expected answer is there. correctness_score: how far what is said agrees
        with the expected answer. relevance_score: how far it answers the question. reasoning: why, in one or two sentences.

        """;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    protected override async Task<ItemScore> ScoreAsync(EvaluationItem item, CancellationToken cancellationToken)
    {
        var (question, expected, answer) = (EvaluationItem.TextOf(item.Input), EvaluationItem.TextOf(item.Expected), EvaluationItem.TextOf(item.Output));
        var reply = await AskAsync(Prompt(question, expected, answer), cancellationToken);
        var reasoning = new JsonObject { ["question"] = question, ["answer_description"] = expected, ["generated_answer"] = answer };
        var score = options.DefaultScoring ? Weighed(reply, reasoning) : Single(reply, reasoning);
        var result = new ItemScore(Name, score ?? 0, reasoning);
        if (score is null)
            result.AddDiagnostics(EvaluationDiagnostic.Error($"{Unreadable} {(options.DefaultScoring ? Three : One)} is needed; it began: {(reply.Length > 200 ? reply[..200] : reply)}"));
        return result;
    }

    private string Prompt(string question, string expected, string answer) => $"""
        {(options.DefaultScoring ? Rubric : "")}{options.JudgeLlmPrompt}

        Answer with one JSON object and nothing else: {(options.DefaultScoring ? Three : One)}

        The question:
        {question}

        What the expected answer is:
        {expected}

        The answer to judge:
        {answer}
        """;

    private static double? Single(string reply, JsonObject reasoning)
    {
        var found = ObjectIn(reply);
        var score = found is { } map ? NumberOf(map, "score") : null;
        reasoning["reasoning"] = score is null ? Unreadable : Words(found);
        return score;
    }

    private double? Weighed(string reply, JsonObject reasoning)
    {
        var breakdown = new JsonObject();
        var found = ObjectIn(reply);
        var (sum, total, isWhole) = (0.0, 0.0, found is not null);
        foreach (var part in (string[])["coverage", "correctness", "relevance"])
        {
            var score = found is { } map ? NumberOf(map, $"{part}_score") : null;
            var weight = options.DefaultScoreWeights.Count == 0 ? 1.0 / 3 : options.DefaultScoreWeights.GetValueOrDefault(part, 1.0 / 3);
            breakdown[$"{part}_score"] = score ?? 0;
            (sum, total, isWhole) = (sum + (weight * (score ?? 0)), total + weight, isWhole && score is not null);
        }

        reasoning["score_breakdown"] = breakdown;
        reasoning["reasoning"] = isWhole ? Words(found) : Unreadable;
        return isWhole ? sum / total : null;
    }

    private static string Words(JsonElement? found) => found is { } map && map.TryGetProperty("reasoning", out var words) ? EvaluationItem.TextOf(words) : "";

    private async Task<string> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        var left = options.LlmRetryControlParams?.StopAfterAttempt ?? 3;
        var wait = TimeSpan.FromSeconds(options.LlmRetryControlParams?.InitialBackoffDelaySeconds ?? 1);
        while (true)
        {
            try
            {
                return (await judge().GetResponseAsync([new ChatMessage(ChatRole.System, System), new ChatMessage(ChatRole.User, prompt)], cancellationToken: cancellationToken)).Text;
            }
            catch (Exception failed) when (failed is not OperationCanceledException && --left > 0)
            {
                await Task.Delay(wait, time, cancellationToken);
                wait = wait + wait < s_longest ? wait + wait : s_longest;
            }
        }
    }
}
