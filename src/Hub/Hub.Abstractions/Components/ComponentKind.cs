namespace Hub.Abstractions;

/// <summary>Kinds of component types; manifests of plugins name them in snake_case.</summary>
public enum ComponentKind
{
    /// <summary>A model provider, for <c>llms</c>.</summary>
    Model,

    /// <summary>A tool, for <c>functions</c>.</summary>
    Tool,

    /// <summary>A group of tools, for <c>function_groups</c>.</summary>
    ToolGroup,

    /// <summary>A reasoner, for <c>workflow</c> and <c>functions</c>.</summary>
    Reasoner,

    /// <summary>A provider of embeddings, for <c>embedders</c>.</summary>
    Embedder,

    /// <summary>A memory, for <c>memory</c>.</summary>
    Memory,

    /// <summary>An object store, for <c>object_stores</c>.</summary>
    ObjectStore,

    /// <summary>What stands around calls, for <c>middleware</c>.</summary>
    Middleware,

    /// <summary>Credentials for other servers, for <c>authentication</c>.</summary>
    Authentication,

    /// <summary>An evaluator, for <c>eval.evaluators</c>.</summary>
    Evaluator,
}
