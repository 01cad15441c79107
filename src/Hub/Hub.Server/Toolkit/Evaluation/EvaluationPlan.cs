using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>What an evaluation file says under <c>eval</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Dataset">Where the questions are, and under which keys.</param>
/// <param name="OutputFolder">Folder under which each job has one of its own.</param>
/// <param name="MaxConcurrency">Questions, and then judgements, at once.</param>
/// <param name="Evaluators">Names of the evaluators, in their order.</param>
/// <param name="StepFilter">Types of the steps that the output keeps; null for all.</param>
internal sealed record EvaluationPlan(string File, DatasetSettings Dataset, string OutputFolder, int MaxConcurrency, IReadOnlyList<string> Evaluators, IReadOnlyList<string>? StepFilter)
{
    private const string DefaultFolder = "./.tmp/nat/examples/default/"; // the toolkit's
    private const int DefaultConcurrency = 8;
    private const int MostConcurrency = 256;

    /// <summary>Reads a file's plan.</summary>
    /// <exception cref="HubException">It has no dataset, names evaluators that are not here, or a value is of the wrong kind.</exception>
    public static EvaluationPlan Read(EvaluationParts parts)
    {
        var file = parts.Document.File;
        var configuration = parts.Document.EffectiveConfiguration;
        var general = Find(Find(configuration, "eval"), "general");
        var output = Find(general, "output");
        string[] evaluators = [.. Members(Find(Find(configuration, "eval"), "evaluators"))];
        if (evaluators.FirstOrDefault(e => !parts.Components.Evaluators.Contains(e)) is { } missing)
            throw new HubException($"{file}: eval.evaluators.{missing}: this hub has no evaluator of that type. Here are: {string.Join(", ", parts.Components.Evaluators)}.");
        if (evaluators.FirstOrDefault(e => e.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0) is { } unusable)
            throw new HubException($"{file}: eval.evaluators.{unusable}: the name becomes the name of a file, and cannot be one.");
        return new EvaluationPlan(
            file,
            DatasetSettings.Read(file, Find(general, "dataset")),
            (output.ValueKind == JsonValueKind.String ? output.GetString() : Text(output, "dir")) ?? Text(general, "output_dir") ?? DefaultFolder,
            Find(general, "max_concurrency") is { ValueKind: JsonValueKind.Number } number ? number.TryGetInt32(out var many) && many is >= 1 and <= MostConcurrency
                ? many : throw new HubException($"{file}: eval.general.max_concurrency is {number.GetRawText()}; 1 to {MostConcurrency} is needed.") : DefaultConcurrency,
            evaluators,
            Find(output, "workflow_output_step_filter") is { ValueKind: JsonValueKind.Array } kept ? [.. kept.EnumerateArray().Select(EvaluationItem.TextOf)] : null);
    }

    /// <summary>A value of a mapping; undefined where there is none.</summary>
    public static JsonElement Find(JsonElement map, string key) => map.ValueKind == JsonValueKind.Object && map.TryGetProperty(key, out var value) ? value : default;

    /// <summary>Text of a mapping; null where there is none.</summary>
    public static string? Text(JsonElement map, string key) => Find(map, key) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } said ? said : null;

    private static IEnumerable<string> Members(JsonElement map) => map.ValueKind == JsonValueKind.Object ? map.EnumerateObject().Select(e => e.Name) : [];
}
