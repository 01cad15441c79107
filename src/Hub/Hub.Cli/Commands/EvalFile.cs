using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Nano.Suite;
using Hub.Nano.Tasks;
using Hub.Workflows;
using Microsoft.Extensions.AI;

namespace Hub.Cli.Commands;

/// <summary>A workflow file that says what is measured: its <c>eval</c> section names a suite, its <c>llms</c> the model.</summary>
/// <param name="Document">The file.</param>
/// <param name="Seed">Seed of the questions.</param>
/// <param name="Questions">Questions for each reasoner.</param>
/// <param name="Reasoners">Reasoners to ask.</param>
/// <param name="Families">Families of questions; null for those of calculator and clock.</param>
/// <param name="Output">Folder for the report.</param>
internal sealed record EvalFile(WorkflowDocument Document, ulong Seed, int Questions, IReadOnlyList<string> Reasoners, IReadOnlyList<string>? Families, string Output)
{
    private const string Suite = "hub_nano";
    private const string DefaultOutput = ".tmp/eval/nano";

    /// <summary>Reads a file.</summary>
    /// <exception cref="WorkflowException">It has mistakes.</exception>
    /// <exception cref="UsageException">Its dataset is no suite of ours.</exception>
    public static EvalFile Load(string path, IReadOnlyList<KeyValuePair<string, string>> overrides)
    {
        var document = WorkflowDocument.Load(path, overrides);
        if (document.Mistakes.Count > 0)
            throw new WorkflowException(document.Mistakes);
        var general = Find(document.EffectiveConfiguration, "eval", "general");
        var dataset = Find(general, "dataset");
        if (Text(dataset, "_type") != Suite)
            throw new UsageException($"{path}: eval.general.dataset._type is '{Text(dataset, "_type")}'. This command measures '{Suite}': generated questions with a seed.");
        return new EvalFile(
            document,
            Number(dataset, "seed") is { } seed ? (ulong)seed : NanoSuite.HeldOutSeed,
            (int)(Number(dataset, "questions") ?? 500),
            Known("reasoners", Texts(dataset, "reasoners") ?? NanoSuite.Reasoners, NanoSuite.Reasoners),
            Texts(dataset, "families") is { } families ? Known("families", families, [.. EpisodeGenerator.Families, .. EpisodeGenerator.LookupFamilies]) : null,
            Text(general, "output_dir") ?? DefaultOutput);
    }

    /// <summary>The file's first model.</summary>
    /// <exception cref="UsageException">It has none.</exception>
    public (Workflow Workflow, IChatClient Model) Build()
    {
        var name = Document.Section("llms").Keys.FirstOrDefault() ?? throw new UsageException($"{Document.File}: there is no model under 'llms'.");
        var workflow = Workflow.Build(Document, HubHost.Registry(), new NoServices());
        return (workflow, workflow.Components.Model(name));
    }

    private static IReadOnlyList<string> Known(string key, IReadOnlyList<string> named, IReadOnlyList<string> known) =>
        named.FirstOrDefault(n => !known.Contains(n)) is { } unknown ? throw new UsageException($"eval.general.dataset.{key}: {new UnknownNameException("entry", unknown, known).Message}") : named;

    private static JsonElement Find(JsonElement from, params string[] keys)
    {
        foreach (var key in keys)
            from = from.ValueKind == JsonValueKind.Object && from.TryGetProperty(key, out var inner) ? inner : default;
        return from;
    }

    private static string? Text(JsonElement map, string key) => Find(map, key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonElement map, string key) => Find(map, key) switch
    {
        { ValueKind: JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) && whole > 0 => whole,
        var other => throw new UsageException($"eval.general.dataset.{key} is {other.GetRawText()}; a whole number above 0 is needed."),
    };

    private static IReadOnlyList<string>? Texts(JsonElement map, string key) => Find(map, key) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(e => e.ToString())] : null;

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
