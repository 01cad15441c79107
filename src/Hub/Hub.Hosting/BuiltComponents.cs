using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;

namespace Hub.Hosting;

/// <summary>Components of a hub that was built in code.</summary>
internal sealed class BuiltComponents : IHubComponents, IDisposable
{
    private readonly Dictionary<string, IChatClient> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IEmbeddingGenerator<string, Embedding<float>>> _embedders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IMemory> _memories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<AIFunction>> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReasoner> _reasoners = new(StringComparer.Ordinal);
    private readonly List<(string Owner, IReadOnlyList<ModelRef> Models, IReadOnlyList<ToolRef> Tools)> _required = [];

    public IReadOnlyList<HubFunction> Functions =>
    [
        .. _tools.Values.SelectMany(t => t).DistinctBy(t => t.Name).Where(t => _tools.ContainsKey(t.Name))
            .Select(HubFunction.Of),
        .. _models.Select(m => new HubFunction(
            HubFunction.ModelPrefix + m.Key, HubFunctionKind.Model, m.Value.GetService<ChatClientMetadata>()?.DefaultModelId ?? "", ReasonerFunction.QuestionSchema)),
    ];

    public IReadOnlyList<string> Embedders => [.. _embedders.Keys];

    public IReadOnlyList<string> Memories => [.. _memories.Keys];

    public void AddModel(string name, IChatClient model) => Add(_models, "model", name, model);

    public void AddEmbedder(string name, IEmbeddingGenerator<string, Embedding<float>> embedder) => Add(_embedders, "embedder", name, embedder);

    public void AddMemory(string name, IMemory memory) => Add(_memories, "memory", name, memory);

    public void AddTools(string name, IReadOnlyList<AIFunction> tools) => Add(_tools, "tool", name, tools);

    public void AddReasoner(string name, IReasoner reasoner, string description)
    {
        Add(_reasoners, "reasoner", name, reasoner);
        AddTools(name, [new ReasonerFunction(name, description, reasoner)]);
    }

    public void Require(string owner, IReadOnlyList<ModelRef> models, IReadOnlyList<ToolRef> tools) => _required.Add((owner, models, tools));

    /// <summary>Checks every reference.</summary>
    /// <exception cref="HubException">Some name nothing.</exception>
    public void Check()
    {
        List<string> mistakes = [];
        foreach (var (owner, models, tools) in _required)
        {
            mistakes.AddRange(models.Where(m => !_models.ContainsKey(m.Name ?? "")).Select(m => $"{owner}: {new UnknownNameException("model", m.Name ?? "", _models.Keys).Message}"));
            mistakes.AddRange(tools.Where(t => !_tools.ContainsKey(t.Name ?? "")).Select(t => $"{owner}: {new UnknownNameException("tool", t.Name ?? "", _tools.Keys).Message}"));
        }

        if (mistakes.Count > 0)
            throw new HubException(string.Join(Environment.NewLine, mistakes));
    }

    public IChatClient Model(string name) => Get(_models, "model", name);

    public IEmbeddingGenerator<string, Embedding<float>> Embedder(string name) => Get(_embedders, "embedder", name);

    public IMemory Memory(string name) => Get(_memories, "memory", name);

    public IReadOnlyList<AIFunction> Tools(string name) => Get(_tools, "tool", name);

    public IReasoner Reasoner(string name) => _tools.GetValueOrDefault(name) is [{ } tool] && !_reasoners.ContainsKey(name) && tool.Name == name
        ? new ToolReasoner(name)
        : Get(_reasoners, "reasoner", name);

    public void Dispose()
    {
        foreach (var component in _models.Values.Concat<IDisposable>(_embedders.Values).Concat(_memories.Values.OfType<IDisposable>()))
            component.Dispose();
    }

    private static void Add<T>(Dictionary<string, T> map, string kind, string name, T value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!map.TryAdd(name, value))
            throw new ArgumentException($"A {kind} named '{name}' was added already. Give one of them another name.");
    }

    private static T Get<T>(Dictionary<string, T> map, string kind, string name) =>
        map.TryGetValue(name, out var found) ? found : throw new UnknownNameException(kind, name, map.Keys);
}
