using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Abstractions;

/// <summary>One way to register for each kind of component.</summary>
public static class HubRegistryExtensions
{
    /// <summary>A model provider, for <c>llms</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the model from its options.</param>
    public static IHubRegistry AddModel<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IChatClient> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Model, type, create);

    /// <summary>A tool, for <c>functions</c>; the hub gives it the name that the file uses.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the tool from its options.</param>
    public static IHubRegistry AddTool<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, AIFunction> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Tool, type, create);

    /// <summary>A group of tools, for <c>function_groups</c>; its members become <c>group__member</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the members from its options.</param>
    public static IHubRegistry AddToolGroup<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IReadOnlyList<AIFunction>> create)
        where TOptions : class, new() => Add(hub, ComponentKind.ToolGroup, type, create);

    /// <summary>A reasoner, for <c>workflow</c> and <c>functions</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the reasoner from its options.</param>
    public static IHubRegistry AddReasoner<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IReasoner> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Reasoner, type, create);

    /// <summary>A provider of text embeddings, for <c>embedders</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the generator from its options.</param>
    public static IHubRegistry AddEmbedder<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IEmbeddingGenerator<string, Embedding<float>>> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Embedder, type, create);

    /// <summary>A memory, for <c>memory</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the memory from its options.</param>
    public static IHubRegistry AddMemory<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IMemory> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Memory, type, create);

    /// <summary>An object store, for <c>object_stores</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the store from its options.</param>
    public static IHubRegistry AddObjectStore<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IObjectStore> create)
        where TOptions : class, new() => Add(hub, ComponentKind.ObjectStore, type, create);

    /// <summary>Middleware, for <c>middleware</c>; functions, groups and agents name it in their own <c>middleware</c> list.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the middleware from its options.</param>
    public static IHubRegistry AddMiddleware<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IToolMiddleware> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Middleware, type, create);

    /// <summary>Credentials for other servers, for <c>authentication</c>; what calls those servers names them as its <c>auth_provider</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the provider from its options.</param>
    public static IHubRegistry AddAuthentication<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IAuthentication> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Authentication, type, create);

    /// <summary>An evaluator, for <c>eval.evaluators</c>.</summary>
    /// <param name="hub">The registry.</param>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the evaluator from its options.</param>
    public static IHubRegistry AddEvaluator<TOptions>(this IHubRegistry hub, string type, Func<TOptions, IServiceProvider, IEvaluator> create)
        where TOptions : class, new() => Add(hub, ComponentKind.Evaluator, type, create);

    private static IHubRegistry Add<TOptions>(IHubRegistry hub, ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentNullException.ThrowIfNull(create);
        return hub.Add(kind, type, create);
    }
}
