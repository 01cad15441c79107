using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows;

/// <summary>A workflow file that was read: its sections, and what was wrong with reading it.</summary>
public sealed class WorkflowDocument
{
    private const long MaxFileBytes = 4 << 20;

    private static readonly string[] s_sections =
    [
        "general", "functions", "function_groups", "middleware", "llms", "embedders", "memory", "object_stores", "optimizer", "retrievers", "ttc_strategies", "workflow", "authentication", "eval",
        "trainers", "trainer_adapters", "trajectory_builders", "finetuning",
    ];

    private readonly NodeOrigins _origins;

    private WorkflowDocument(string file, ConfigMap root, IReadOnlyList<WorkflowMistake> mistakes, IReadOnlyList<WorkflowMistake> warnings, NodeOrigins? origins = null)
    {
        _origins = origins ?? new NodeOrigins();
        File = file;
        Root = root;
        Mistakes = mistakes;
        Warnings = warnings;
    }

    /// <summary>The file as it was named.</summary>
    public string File { get; }

    /// <summary>The whole file.</summary>
    public ConfigMap Root { get; }

    /// <summary>What was wrong with reading it.</summary>
    public IReadOnlyList<WorkflowMistake> Mistakes { get; }

    /// <summary>What reads well and is hardly meant: a key that is written twice.</summary>
    public IReadOnlyList<WorkflowMistake> Warnings { get; }

    /// <summary>The file as JSON after interpolation: values from the environment as references, other secrets hidden.</summary>
    public JsonElement EffectiveConfiguration => Root.ToJson();

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Keys to set, by path; values are YAML.</param>
    /// <exception cref="WorkflowException">The file is missing, too large, cannot be read, or is no YAML mapping.</exception>
    public static WorkflowDocument Load(string path, IReadOnlyList<KeyValuePair<string, string>>? overrides = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!System.IO.File.Exists(path))
            throw Unreadable(path, "There is no such file. --config_file needs a workflow file in YAML.");
        try
        {
            var size = new FileInfo(path).Length;
            return size <= MaxFileBytes
                ? Parse(System.IO.File.ReadAllText(path), path, overrides)
                : throw Unreadable(path, $"The file has {size:N0} bytes; a workflow file may have {MaxFileBytes:N0}.");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, $"The file cannot be read: {denied.Message}");
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="file">Name for messages; files that it refers to are sought beside it.</param>
    /// <param name="overrides">Keys to set, by path; values are YAML.</param>
    /// <param name="environment">Value of a variable, or null; null for the process's environment.</param>
    /// <exception cref="WorkflowException">It is no YAML mapping.</exception>
    public static WorkflowDocument Parse(
        string yaml, string file, IReadOnlyList<KeyValuePair<string, string>>? overrides = null, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentException.ThrowIfNullOrEmpty(file);
        environment ??= Environment.GetEnvironmentVariable;
        var reader = new ConfigReader(file, environment);
        if (reader.Read(yaml) is not { } root)
            throw new WorkflowException(reader.Mistakes);
        if (StrictSections.IsRedTeam(root))
            throw Unreadable(file, "This is a red-team file, not a workflow: its scenarios attack the workflow that 'base_workflow' names. Run that one.");
        List<WorkflowMistake> mistakes = [.. reader.Mistakes];
        List<WorkflowMistake> warnings = [.. reader.Warnings];
        var inheritance = new Inheritance(environment, mistakes, warnings);
        root = inheritance.Resolve(root, file);
        foreach (var (path, value) in overrides ?? [])
            root = Overrides.Apply(root, path, value, environment, mistakes);
        foreach (var (name, node) in root.Members.Where(m => !s_sections.Contains(m.Key)))
            mistakes.Add(new WorkflowMistake(inheritance.Origins.Of(root, name) ?? file, node.Line, name, UnknownSection(name)));
        var effective = root;
        new StrictSections((line, key, message) => mistakes.Add(new WorkflowMistake(inheritance.Origins.Of(effective, key) ?? file, line, key, message))).Check(root);
        return new WorkflowDocument(file, root, mistakes, warnings, inheritance.Origins);
    }

    /// <summary>The workflow that a run began with: its file as it was understood then, overrides and another model included.</summary>
    /// <param name="configuration">What <see cref="RunHeader.Configuration"/> holds.</param>
    /// <param name="file">The file that it came from; only secrets that the log hides are read from it, and it may be gone where there are none.</param>
    /// <param name="overrides">Keys to set now, by path; values are YAML.</param>
    /// <param name="environment">Value of a variable, or null; null for the process's environment.</param>
    /// <exception cref="WorkflowException">The log hides a secret that the file has no more, or the file is no YAML mapping.</exception>
    public static WorkflowDocument FromConfiguration(
        JsonElement configuration, string file, IReadOnlyList<KeyValuePair<string, string>>? overrides = null, Func<string, string?>? environment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        environment ??= Environment.GetEnvironmentVariable;
        var written = System.IO.File.Exists(file) ? Load(file).Root : null;
        var logged = new LoggedConfiguration(file, environment);
        if (logged.Node(configuration, written) is not ConfigMap root)
            throw Unreadable(file, "The run's log holds no configuration. Name a file with --config_file.");
        if (logged.Mistakes.Count > 0)
            throw new WorkflowException(logged.Mistakes);
        List<WorkflowMistake> mistakes = [];
        foreach (var (path, value) in overrides ?? [])
            root = Overrides.Apply(root, path, value, environment, mistakes);
        return new WorkflowDocument(file, root, mistakes, []);
    }

    /// <summary>A section's members; none where it is missing or empty.</summary>
    /// <param name="name">Name of the section.</param>
    public IReadOnlyDictionary<string, ConfigNode> Section(string name) =>
        Root.Members.GetValueOrDefault(name) is ConfigMap map ? map.Members : new Dictionary<string, ConfigNode>();

    /// <summary>The file that says a key: this one, or one that it builds on.</summary>
    internal string FileOf(string key) => _origins.Of(Root, key) ?? File;

    private static WorkflowException Unreadable(string path, string message) => new([new WorkflowMistake(path, 0, "", message)]);

    private static string UnknownSection(string name)
    {
        var near = NearNames.Of(name, s_sections);
        return $"This section is not known. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?" : $"Known: {string.Join(", ", s_sections)}.")}";
    }
}
