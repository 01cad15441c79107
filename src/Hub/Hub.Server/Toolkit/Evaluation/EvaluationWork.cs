using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Http;
using Hub.Workflows;

namespace Hub.Server.Toolkit.Evaluation;

/// <summary>Asks a dataset's questions, scores the answers and writes both down.</summary>
/// <remarks>Files and their forms: the toolkit's <c>docs/source/improve-workflows/evaluate.md</c>. The metadata are written last: where they are, the job is done.</remarks>
internal sealed class EvaluationWork(IHub hub, EvaluationPlan plan, EvaluationParts parts, HubServerOptions options)
{
    /// <summary>The file that is written last.</summary>
    public const string Metadata = "config_metadata.json";

    private static readonly JsonSerializerOptions s_files = new(Wire.Options) { WriteIndented = true };

    /// <summary>Does it all.</summary>
    /// <param name="rows">The questions.</param>
    /// <param name="runs">Each question's run, by the row's id: accepted, under way or ended.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="repetitions">How often each question is asked.</param>
    /// <param name="cancellationToken">Interrupts it; what was answered stays in the runs' logs.</param>
    public async Task RunAsync(IReadOnlyList<DatasetRow> rows, IReadOnlyDictionary<string, string> runs, string folder, int repetitions, CancellationToken cancellationToken)
    {
        var items = new EvaluationItem[rows.Count];
        var steps = new IReadOnlyList<JsonElement>[rows.Count];
        await EachAsync(rows.Count, async (i, stop) =>
        {
            var runId = runs.GetValueOrDefault(rows[i].Key) ?? throw new HubException($"The dataset has changed: it has a row '{rows[i].Key}' that was not accepted with the job.");
            await AnswerAsync(runId, stop);
            steps[i] = Steps(runId);
            items[i] = new EvaluationItem(rows[i].Question, Output(runId), rows[i].Answer, steps[i]);
        }, cancellationToken);

        Directory.CreateDirectory(folder);
        await WriteAsync(folder, "workflow_output.json", rows.Select((r, i) => Line(r, items[i])), cancellationToken);
        foreach (var name in plan.Evaluators)
            await WriteAsync(folder, $"{name}_output.json", await ScoreAsync(name, rows, items, cancellationToken), cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "config_original.yml"), await File.ReadAllBytesAsync(plan.File, cancellationToken), cancellationToken);
        await WriteAsync(folder, "config_effective.yml", parts.Document.EffectiveConfiguration, cancellationToken); // JSON is YAML; secrets are references
        await WriteAsync(folder, Metadata, new
        {
            config_file = plan.File,
            config_file_type = "Path",
            overrides = Array.Empty<string>(),
            dataset = (string?)null,
            result_json_path = "$",
            skip_workflow = false,
            skip_completed_entries = false,
            reps = repetitions,
            endpoint = (string?)null,
            timestamp = options.Time.GetUtcNow(),
        }, cancellationToken);
    }

    /// <summary>Begins a run, or goes on with it, and waits for its end.</summary>
    private async Task AnswerAsync(string runId, CancellationToken cancellationToken)
    {
        if (hub.Runs.Find(runId).Status != RunStatus.Interrupted)
            return;
        var handle = await hub.ResumeAsync(runId, cancellationToken: cancellationToken);
        using var deadline = new CancellationTokenSource(options.RunTimeout, options.Time);
        await using var late = deadline.Token.Register(handle.Cancel);
        await handle.Completion.WaitAsync(cancellationToken);
    }

    /// <summary>What a run answered; null, as JSON, where it did not.</summary>
    private JsonElement Output(string runId) => hub.Runs.Find(runId).Status == RunStatus.Completed && hub.Runs.Read(runId).LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd) is { } end
        ? JsonSerializer.SerializeToElement(EventText.Full(end, hub.Runs.Payload))
        : JsonSerializer.SerializeToElement<string?>(null);

    private IReadOnlyList<JsonElement> Steps(string runId)
    {
        Dictionary<string, string> inputs = [];
        return [.. hub.Runs.Read(runId).Select(e => IntermediateSteps.Whole(e, runId, hub.Runs.Payload, inputs)).OfType<JsonObject>().Select(s => JsonSerializer.SerializeToElement(s))];
    }

    private async Task<EvalOutput> ScoreAsync(string name, IReadOnlyList<DatasetRow> rows, EvaluationItem[] items, CancellationToken cancellationToken)
    {
        var evaluator = parts.Components.Evaluator(name);
        var scores = new EvalOutputItem[rows.Count];
        await EachAsync(rows.Count, async (i, stop) =>
        {
            try
            {
                scores[i] = await ItemScoring.ScoreAsync(evaluator, rows[i].Id, items[i], stop) ?? new EvalOutputItem(rows[i].Id, null, null) { Error = "Evaluator returned no results" };
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                // A boundary: an evaluator is somebody else's code, and its failure is this item's, not the job's.
                scores[i] = new EvalOutputItem(rows[i].Id, 0.0, null) { Error = $"Evaluation failed: {broken.Message}" };
            }
        }, cancellationToken);
        double[] numbers = [.. scores.Where(s => s.Score?.GetValueKind() == JsonValueKind.Number).Select(s => s.Score!.GetValue<double>())];
        return new EvalOutput(numbers.Length == 0 ? null : Math.Round(numbers.Average(), 2, MidpointRounding.ToEven), scores);
    }

    /// <summary>A row with what was answered, in the form in which the toolkit reads it as a dataset again.</summary>
    private JsonNode? Line(DatasetRow row, EvaluationItem item)
    {
        if (!plan.Dataset.IsStructured)
            return JsonSerializer.SerializeToNode(item.Output);
        var line = (JsonObject)JsonSerializer.SerializeToNode(row.Entry)!;
        var keys = plan.Dataset.Keys;
        line["id"] = JsonSerializer.SerializeToNode(row.Id);
        line[keys.Question] = JsonSerializer.SerializeToNode(row.Question);
        line[keys.Answer] = row.Answer.ValueKind == JsonValueKind.Undefined ? "" : JsonSerializer.SerializeToNode(row.Answer);
        line[keys.GeneratedAnswer] = JsonSerializer.SerializeToNode(item.Output);
        line[keys.Trajectory] = new JsonArray([.. item.Trajectory.Where(IsKept).Select(s => JsonSerializer.SerializeToNode(s))]);
        line[keys.ExpectedTrajectory] ??= new JsonArray();
        return line;
    }

    private bool IsKept(JsonElement step) => plan.StepFilter is null || plan.StepFilter.Contains(EvaluationPlan.Text(EvaluationPlan.Find(step, "payload"), "event_type") ?? "");

    private Task EachAsync(int count, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = plan.MaxConcurrency, CancellationToken = cancellationToken }, async (i, stop) => await work(i, stop));

    private static async Task WriteAsync<T>(string folder, string name, T value, CancellationToken cancellationToken)
    {
        await using var file = File.Create(Path.Combine(folder, name));
        await JsonSerializer.SerializeAsync(file, value, s_files, cancellationToken);
    }
}
