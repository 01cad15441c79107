using Hub.Abstractions;
using Hub.Nano.Tasks;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;
using Reasoners.ToolCalling;

namespace Hub.Nano.Suite;

/// <summary>One task's world: the model, the task's tools, and the hub's own reasoners over them.</summary>
internal sealed class EpisodeComponents(IChatClient model, NanoEpisode episode) : IHubComponents
{
    private const string ModelName = "model";
    private readonly Dictionary<string, AIFunction> _tools = episode.Tools.ToDictionary(t => t.ToolName, t => (AIFunction)new EpisodeTool(t, episode.Clock, episode.Table), StringComparer.Ordinal);

    public IChatClient Model(string name) => model;

    public IReadOnlyList<AIFunction> Tools(string name) => _tools.TryGetValue(name, out var tool) ? [tool] : throw new UnknownNameException("tool", name, _tools.Keys);

    public IReasoner Reasoner(string name)
    {
        ToolRef[] tools = [.. episode.Tools.Select(t => new ToolRef(t.ToolName))];
        return name switch
        {
            "react_agent" => new ReActReasoner(new ReActOptions { Llm = ModelName, Tools = tools }),
            "rewoo_agent" => new ReWooReasoner(new ReWooOptions { Llm = ModelName, Tools = tools, ToolCallAttempts = 1 }),
            "tool_calling_agent" => new ToolCallingReasoner(new ToolCallingOptions { Llm = ModelName, Tools = tools }),
            _ => throw new UnknownNameException("reasoner", name, NanoSuite.Reasoners),
        };
    }
}
