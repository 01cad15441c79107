using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>Sections that hold components of one kind each, functions and groups apart.</summary>
public static class SectionKinds
{
    /// <summary>Section and kind, in the order in which they are bound.</summary>
    public static IReadOnlyList<(string Section, ComponentKind Kind)> All { get; } =
    [
        ("llms", ComponentKind.Model), ("embedders", ComponentKind.Embedder), ("memory", ComponentKind.Memory), ("object_stores", ComponentKind.ObjectStore), ("middleware", ComponentKind.Middleware),
        ("authentication", ComponentKind.Authentication),
    ];

    /// <summary>Where a kind stands in a file.</summary>
    /// <param name="kind">The kind.</param>
    public static string Of(ComponentKind kind) => kind switch
    {
        ComponentKind.ToolGroup => "function_groups",
        ComponentKind.Tool or ComponentKind.Reasoner => "functions",
        ComponentKind.Evaluator => "eval.evaluators",
        _ => All.First(s => s.Kind == kind).Section,
    };

    /// <summary>What messages call a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static string NounOf(ComponentKind kind) => kind switch
    {
        ComponentKind.Model => "model provider",
        ComponentKind.ToolGroup => "function group",
        ComponentKind.Tool or ComponentKind.Reasoner => "function",
        ComponentKind.Embedder => "embedder",
        ComponentKind.Memory => "memory",
        ComponentKind.ObjectStore => "object store",
        ComponentKind.Middleware => "middleware",
        ComponentKind.Authentication => "authentication provider",
        _ => "evaluator",
    };
}
