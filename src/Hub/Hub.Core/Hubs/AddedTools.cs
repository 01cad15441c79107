using System.Collections.Immutable;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Core;

/// <summary>A run's components with the tools that were added while the hub lived: an added name hides what it stood for.</summary>
/// <param name="inner">The components.</param>
/// <param name="added">Groups that were added, by name, as they were when the run began.</param>
internal sealed class AddedTools(IHubComponents inner, ImmutableDictionary<string, IReadOnlyList<AIFunction>> added) : IHubComponents
{
    public IReadOnlyList<HubFunction> Functions
    {
        get
        {
            HubFunction[] own = [.. added.OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g.Value)
                .Select(t => new HubFunction(t.Name, HubFunctionKind.Tool, t.Description, t.JsonSchema))];
            var names = own.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
            return [.. inner.Functions.Where(f => !names.Contains(f.Name)), .. own];
        }
    }

    public IReadOnlyList<string> Embedders => inner.Embedders;

    public IReadOnlyList<string> Memories => inner.Memories;

    public IReadOnlyCollection<string> Evaluators => inner.Evaluators;

    public IReadOnlyDictionary<string, IRemoteTools> RemoteTools => inner.RemoteTools;

    public IChatClient Model(string name) => inner.Model(name);

    public IReadOnlyList<AIFunction> Tools(string name) => added.GetValueOrDefault(name) ?? (Find(name) is { } tool ? [tool] : inner.Tools(name));

    public IReasoner Reasoner(string name) => Find(name) is null ? inner.Reasoner(name) : new ToolReasoner(name);

    public IEmbeddingGenerator<string, Embedding<float>> Embedder(string name) => inner.Embedder(name);

    public IMemory Memory(string name) => inner.Memory(name);

    public IObjectStore ObjectStore(string name) => inner.ObjectStore(name);

    public IEvaluator Evaluator(string name) => inner.Evaluator(name);

    public IAuthentication Authentication(string name) => inner.Authentication(name);

    private AIFunction? Find(string name) => added.Values.SelectMany(g => g).FirstOrDefault(t => t.Name == name);
}
