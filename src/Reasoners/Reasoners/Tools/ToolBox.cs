using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Tools;

/// <summary>The tools of one run of one agent, by name.</summary>
internal sealed class ToolBox
{
    private readonly Dictionary<string, AIFunction> _byName;

    private ToolBox(IReadOnlyList<AIFunction> all)
    {
        All = all;
        _byName = all.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
    }

    /// <summary>The tools, in the order of the prompt's list.</summary>
    public IReadOnlyList<AIFunction> All { get; }

    /// <summary>Finds the tools that options name.</summary>
    /// <exception cref="UnknownNameException">A name is unknown.</exception>
    public static ToolBox Open(IRun run, AgentOptions options) => new(run.Tools(options.Tools));

    /// <summary>A tool by its exact name, or null.</summary>
    public AIFunction? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What a model reads that asked for a tool which is not there.</summary>
    public string Unknown(string name) => $"There is no tool named '{name}'. The tools are: {string.Join(", ", All.Select(t => t.Name))}.";
}
