using System.Text.Json;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Toolkit.Evaluation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Server.Toolkit;

/// <summary><c>/evaluate/item</c>: scores one answer with an evaluator of the workflow file.</summary>
/// <remarks>Source: the toolkit's <c>nvidia_nat_eval</c>, <c>fastapi/routes.py</c>.</remarks>
internal sealed class EvaluateRoutes(IHub hub)
{
    /// <summary><c>POST /evaluate/item</c>.</summary>
    public async Task ItemAsync(HttpContext http)
    {
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        var name = body.Text("evaluator_name") ?? throw RequestException.Invalid("'evaluator_name' is missing.", "evaluator_name");
        if (body.Find("item") is not { ValueKind: JsonValueKind.Object } given)
            throw RequestException.Invalid("'item' is missing: an object with 'id', 'input_obj' and 'output_obj'.", "item");
        var reader = new BodyReader(given);
        if (reader.Find("id") is not { } id)
            throw RequestException.Invalid("'item.id' is missing.", "item.id");
        JsonElement[] steps = reader.Find("trajectory") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];
        var item = new EvaluationItem(reader.Find("input_obj") ?? default, reader.Find("output_obj") ?? default, reader.Find("expected_output_obj") ?? default, steps);
        var answer = await hub.UseAsync(components => components.Evaluators.Contains(name)
            ? ScoreAsync(components.Evaluator(name), id, item, http.RequestAborted)
            : throw new RequestException(
                StatusCodes.Status404NotFound, $"Evaluator '{name}' not found. Available evaluators: [{string.Join(", ", components.Evaluators.Order(StringComparer.Ordinal).Select(n => $"'{n}'"))}]"));
        await http.Response.WriteAsJsonAsync(answer, Wire.Options, http.RequestAborted);
    }

    private static async Task<EvaluateItemAnswer> ScoreAsync(IEvaluator evaluator, JsonElement id, EvaluationItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await ItemScoring.ScoreAsync(evaluator, id, item, cancellationToken) is { } score ? new EvaluateItemAnswer(true, score, null) : new EvaluateItemAnswer(false, null, "Evaluator returned no results");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // A boundary: an evaluator is somebody else's code, and its failure is the answer here.
            return new EvaluateItemAnswer(false, null, $"Evaluation failed: {broken.Message}");
        }
    }

    private sealed record EvaluateItemAnswer(bool Success, EvalOutputItem? Result, string? Error);
}
