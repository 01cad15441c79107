using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Collects what binding finds: mistakes, warnings and references to other components.</summary>
/// <param name="fileOf">The file that says a key.</param>
internal sealed class BindingContext(Func<string, string> fileOf)
{
    private readonly List<ComponentReference> _references = [];

    public List<WorkflowMistake> Mistakes { get; } = [];

    public List<WorkflowMistake> Warnings { get; } = [];

    public IReadOnlyList<ComponentReference> References => _references;

    /// <summary>Key of the component that is being bound; references are its own.</summary>
    public string Owner { get; set; } = "";

    public void Mistake(int line, string key, string message) => Mistakes.Add(new WorkflowMistake(fileOf(key), line, key, message));

    public void Warn(int line, string key, string message) => Warnings.Add(new WorkflowMistake(fileOf(key), line, key, message));

    /// <summary>Notes that the owner names another component.</summary>
    public void Refer(ComponentKind kind, int line, string key, string name) => _references.Add(new ComponentReference(Owner, line, key, name, kind));

    /// <summary>Whether nothing is written there.</summary>
    public static bool IsEmpty(ConfigNode node) => node is ConfigScalar { Value.ValueKind: System.Text.Json.JsonValueKind.Null };

    /// <summary>What a message says of a node; secrets stay hidden.</summary>
    /// <param name="node">The node.</param>
    /// <param name="key">Its path.</param>
    public static string Found(ConfigNode node, string key) => node switch
    {
        ConfigScalar scalar => scalar.Quoted(key[(key.LastIndexOf('.') + 1)..]) is "nothing" ? "Nothing" : scalar.Quoted(key[(key.LastIndexOf('.') + 1)..]),
        ConfigList => "A list",
        _ => "A mapping",
    };
}
