using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Abstractions;

/// <summary>What a hub has, by name.</summary>
public interface IHubComponents
{
    /// <summary>Everything here that a run can begin with; empty where the host does not say.</summary>
    IReadOnlyList<HubFunction> Functions => [];

    /// <summary>Names of the embedders; empty where the host does not say.</summary>
    IReadOnlyList<string> Embedders => [];

    /// <summary>Names of the memories; empty where the host does not say.</summary>
    IReadOnlyList<string> Memories => [];

    /// <summary>Groups of other servers' tools, by their names under <c>function_groups</c>; none where the host does not say.</summary>
    IReadOnlyDictionary<string, IRemoteTools> RemoteTools => new Dictionary<string, IRemoteTools>();

    /// <summary>A model by its configured name.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IChatClient Model(string name);

    /// <summary>The tools behind a name: one function, all members of a group, or one reasoner in the form of a tool.</summary>
    /// <param name="name">Name of a function, group or reasoner.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IReadOnlyList<AIFunction> Tools(string name);

    /// <summary>A reasoner by its configured name.</summary>
    /// <param name="name">Its name in the configuration.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IReasoner Reasoner(string name);

    /// <summary>An embedder by its configured name; there is none unless the hub says so.</summary>
    /// <param name="name">Its name under <c>embedders</c>.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IEmbeddingGenerator<string, Embedding<float>> Embedder(string name) => throw new UnknownNameException("embedder", name, []);

    /// <summary>A memory by its configured name; there is none unless the hub says so.</summary>
    /// <param name="name">Its name under <c>memory</c>.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IMemory Memory(string name) => throw new UnknownNameException("memory", name, []);

    /// <summary>An object store by its configured name; there is none unless the hub says so.</summary>
    /// <param name="name">Its name under <c>object_stores</c>.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IObjectStore ObjectStore(string name) => throw new UnknownNameException("object store", name, []);

    /// <summary>Names of the evaluators.</summary>
    IReadOnlyCollection<string> Evaluators => [];

    /// <summary>An evaluator by its configured name; there is none unless the hub says so.</summary>
    /// <param name="name">Its name under <c>eval.evaluators</c>.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    IEvaluator Evaluator(string name) => throw new UnknownNameException("evaluator", name, []);

    /// <summary>Credentials by their configured name; there are none unless the hub says so.</summary>
    /// <param name="name">Their name under <c>authentication</c>.</param>
    /// <exception cref="UnknownNameException">There are none of that name.</exception>
    IAuthentication Authentication(string name) => throw new UnknownNameException("authentication", name, []);
}
