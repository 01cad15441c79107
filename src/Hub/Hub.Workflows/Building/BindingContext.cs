using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>Collects what binding finds: mistakes, warnings and references to other components.</summary>
internal sealed class BindingContext(string file)
{
    private readonly List<(string Key, int Line, string Name, bool IsModel)> _references = [];

    public List<WorkflowMistake> Mistakes { get; } = [];

    public List<WorkflowMistake> Warnings { get; } = [];

    public IReadOnlyList<(string Key, int Line, string Name, bool IsModel)> References => _references;

    public void Mistake(int line, string key, string message) => Mistakes.Add(new WorkflowMistake(file, line, key, message));

    public void Warn(int line, string key, string message) => Warnings.Add(new WorkflowMistake(file, line, key, message));

    public ModelRef Model(int line, string key, string name)
    {
        _references.Add((key, line, name, true));
        return name;
    }

    public ToolRef Tool(int line, string key, string name)
    {
        _references.Add((key, line, name, false));
        return name;
    }
}
