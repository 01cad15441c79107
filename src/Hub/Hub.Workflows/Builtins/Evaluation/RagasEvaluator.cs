using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>The three metrics of <c>ragas</c> that the toolkit's examples use: two judgements each, averaged, on a scale of 0 to 1.</summary>
/// <remarks>
/// Scales: Ragas' documentation of its NVIDIA metrics. AnswerAccuracy rates 0, 2 or 4, answer and reference changing places for the second judgement; the
/// other two rate 0, 1 or 2, worded in two ways. The prompts are our own, so scores are comparable in kind and not to the digit.
/// </remarks>
internal sealed class RagasEvaluator : Judge
{
    private const int MaxAttempts = 3;
    private static readonly string[] s_metrics = ["AnswerAccuracy", "ContextRelevance", "ResponseGroundedness"];
    private static readonly int[] s_accuracy = [0, 2, 4];
    private static readonly int[] s_context = [0, 1, 2];

    private readonly RagasOptions _options;
    private readonly Func<IChatClient> _judge;
    private readonly string _metric;

    /// <exception cref="HubException">The metric is none of the three.</exception>
    public RagasEvaluator(RagasOptions options, Func<IChatClient> judge)
        : base("ragas")
    {
        (_options, _judge) = (options, judge);
        _metric = options.Metric.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => s_metrics[0],
            JsonValueKind.String => options.Metric.GetString()!,
            JsonValueKind.Object when options.Metric.EnumerateObject().Count() == 1 => options.Metric.EnumerateObject().First().Name,
            _ => throw new HubException("'metric' of a ragas evaluator is the name of one metric, or a mapping with one."),
        };
        if (!s_metrics.Contains(_metric))
            throw new UnknownNameException("ragas metric", _metric, s_metrics);
    }

    protected override async Task<ItemScore> ScoreAsync(EvaluationItem item, CancellationToken cancellationToken)
    {
        var isField = item.Input.ValueKind == JsonValueKind.Object && _options.InputObjField is { } field && item.Input.TryGetProperty(field, out _);
        var question = EvaluationItem.TextOf(isField ? item.Input.GetProperty(_options.InputObjField!) : item.Input);
        var (answer, reference) = (EvaluationItem.TextOf(item.Output), EvaluationItem.TextOf(item.Expected));
        string[] contexts = [.. TrajectoryStep.ReadAll(item).Where(s => s.Type is "TOOL_END" or "LLM_END" or "CUSTOM_END").Select(s => s.Output).Where(o => o.Length > 0)];
        var allowed = _metric == s_metrics[0] ? s_accuracy : s_context;
        List<double> ratings = [];
        foreach (var prompt in Prompts(question, answer, reference, string.Join("\n\n", contexts)))
        {
            if (await RateAsync(prompt, allowed, cancellationToken) is { } rating)
                ratings.Add((double)rating / allowed[^1]);
        }

        var reasoning = new JsonObject
        {
            ["user_input"] = question,
            ["reference"] = reference,
            ["response"] = answer,
            ["retrieved_contexts"] = new JsonArray([.. contexts.Select(c => (JsonNode)c)]),
        };
        var result = new ItemScore(Name, ratings.Count == 0 ? 0 : ratings.Average(), reasoning);
        if (ratings.Count == 0)
            result.AddDiagnostics(EvaluationDiagnostic.Error($"The judge gave no rating of {_metric}: one of {string.Join(", ", allowed)} is needed."));
        return result;
    }

    private async Task<int?> RateAsync(string prompt, int[] allowed, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var reply = (await _judge().GetResponseAsync(prompt, cancellationToken: cancellationToken)).Text;
            if (Rating(reply, allowed) is { } rating)
                return rating;
        }

        return null;
    }

    private IEnumerable<string> Prompts(string question, string answer, string reference, string context) => _metric switch
    {
        "AnswerAccuracy" => [Accuracy(question, answer, reference), Accuracy(question, reference, answer)],
        "ContextRelevance" =>
        [
            $"Does the context hold what is needed to answer the question? Rate 0 (nothing of it), 1 (a part) or 2 (all of it). Say the number alone.\n\nQuestion:\n{question}\n\nContext:\n{context}\n\nRating:",
            $"You are given a text and a question. How well could the question be answered from the text alone? 2: fully. 1: partly. 0: not at all. One number, nothing else.\n\nText:\n{context}\n\nQuestion:\n{question}\n\nNumber:",
        ],
        _ =>
        [
            $"Is what the answer says supported by the context? Rate 0 (not supported), 1 (partly) or 2 (fully). Say the number alone.\n\nContext:\n{context}\n\nAnswer:\n{answer}\n\nRating:",
            $"Check each claim of a text against its source. 2: the source backs all claims. 1: it backs some. 0: it backs none. One number, nothing else.\n\nText:\n{answer}\n\nSource:\n{context}\n\nNumber:",
        ],
    };

    private static string Accuracy(string question, string first, string second) =>
        $"Two answers to a question are given. Rate how far the first says what the second says: 4 (the same in substance), 2 (a part of it) or 0 (something else, or nothing). Say the number alone.\n\nQuestion:\n{question}\n\nFirst answer:\n{first}\n\nSecond answer:\n{second}\n\nRating:";
}
