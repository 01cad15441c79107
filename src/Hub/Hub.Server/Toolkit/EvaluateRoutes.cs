using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Server.Toolkit;

/// <summary><c>/evaluate/item</c>: scores one answer with an evaluator of the workflow file, or with one of those that look at steps alone.</summary>
/// <remarks>Source: the toolkit's <c>nvidia_nat_eval</c>, <c>fastapi/routes.py</c>.</remarks>
internal sealed class EvaluateRoutes(IHub hub, HubServerOptions options)
{
    /// <summary><c>POST /evaluate/item</c>.</summary>
    public async Task ItemAsync(HttpContext http)
    {
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        var name = body.Text("evaluator_name") ?? throw RequestException.Invalid("'evaluator_name' is missing.", "evaluator_name");
        if (body.Find("item") is not { ValueKind: JsonValueKind.Object } given)
            throw RequestException.Invalid("'item' is missing: an object with 'id', 'input_obj' and 'output_obj'.", "item");
        var item = new BodyReader(given);
        if (item.Find("id") is not { } id)
            throw RequestException.Invalid("'item.id' is missing.", "item.id");
        var type = options.Evaluators.GetValueOrDefault(name);
        if (type is not null && StepEvaluators.Has(type))
        {
            TrajectoryStep[] steps = item.Find("trajectory") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(TrajectoryStep.Read)] : [];
            var (score, reasoning) = StepEvaluators.Score(type, steps)!.Value;
            await AnswerAsync(http, new EvaluateItemAnswer(true, new EvalOutputItem(id, score, reasoning), null));
            return;
        }

        await AnswerAsync(http, await hub.UseAsync(components => components.Evaluators.Contains(name)
            ? ScoreAsync(components.Evaluator(name), id, item, http.RequestAborted)
            : throw new RequestException(StatusCodes.Status404NotFound, $"Evaluator '{name}' not found. Available evaluators: [{string.Join(", ", Available(components).Select(n => $"'{n}'"))}]")));
    }

    private IEnumerable<string> Available(IHubComponents components) =>
        options.Evaluators.Where(e => StepEvaluators.Has(e.Value)).Select(e => e.Key).Concat(components.Evaluators).Distinct().Order(StringComparer.Ordinal);

    private static async Task<EvaluateItemAnswer> ScoreAsync(IEvaluator evaluator, JsonElement id, BodyReader item, CancellationToken cancellationToken)
    {
        try
        {
            var result = await evaluator.EvaluateAsync(
                [new ChatMessage(ChatRole.User, Text(item.Find("input_obj")))], new ChatResponse(new ChatMessage(ChatRole.Assistant, Text(item.Find("output_obj")))),
                additionalContext: [new ExpectedAnswer(Text(item.Find("expected_output_obj")))], cancellationToken: cancellationToken);
            return result.Metrics.Values.FirstOrDefault() is { } metric
                ? new EvaluateItemAnswer(true, new EvalOutputItem(id, ScoreOf(metric), metric.Reason is { } reason ? JsonValue.Create(reason) : null), null)
                : new EvaluateItemAnswer(false, null, "Evaluator returned no results");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // A boundary: an evaluator is somebody else's code, and its failure is the answer here.
            return new EvaluateItemAnswer(false, null, $"Evaluation failed: {broken.Message}");
        }
    }

    private static JsonNode? ScoreOf(EvaluationMetric metric) => metric switch
    {
        NumericMetric number => number.Value,
        BooleanMetric truth => truth.Value is { } said ? said ? 1.0 : 0.0 : null,
        StringMetric text => text.Value,
        _ => null,
    };

    private static string Text(JsonElement? value) => value is { } given ? given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText() : "";

    private static Task AnswerAsync(HttpContext http, EvaluateItemAnswer answer) => http.Response.WriteAsJsonAsync(answer, Wire.Options, http.RequestAborted);

    private sealed class ExpectedAnswer(string text) : EvaluationContext("expected_output", text);

    private sealed record EvaluateItemAnswer(bool Success, EvalOutputItem? Result, string? Error);

    private sealed record EvalOutputItem(JsonElement Id, JsonNode? Score, JsonNode? Reasoning);
}
