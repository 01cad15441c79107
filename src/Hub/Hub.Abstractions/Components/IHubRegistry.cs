using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Takes component types by the name that a workflow file writes after <c>_type:</c>.</summary>
/// <remarks>
/// Options are classes with settable properties and a parameterless constructor; keys are the properties' names in
/// snake_case or <see cref="ConfigKeyAttribute"/>, defaults are the properties' initial values, <c>required</c> properties must be written.
/// Registering a type name twice replaces the first.
/// </remarks>
public interface IHubRegistry
{
    /// <summary>A model provider, for <c>llms</c>.</summary>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the model from its options.</param>
    IHubRegistry AddModel<TOptions>(string type, Func<TOptions, IServiceProvider, IChatClient> create)
        where TOptions : class, new();

    /// <summary>A tool, for <c>functions</c>.</summary>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the tool from its options; the hub gives it the name that the file uses.</param>
    IHubRegistry AddTool<TOptions>(string type, Func<TOptions, IServiceProvider, AIFunction> create)
        where TOptions : class, new();

    /// <summary>A group of tools, for <c>function_groups</c>; its members become <c>group__member</c>.</summary>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the members.</param>
    IHubRegistry AddToolGroup<TOptions>(string type, Func<TOptions, IServiceProvider, IReadOnlyList<AIFunction>> create)
        where TOptions : class, new();

    /// <summary>A reasoner, for <c>workflow</c> and <c>functions</c>.</summary>
    /// <param name="type">Name after <c>_type:</c>.</param>
    /// <param name="create">Makes the reasoner from its options.</param>
    IHubRegistry AddReasoner<TOptions>(string type, Func<TOptions, IServiceProvider, IReasoner> create)
        where TOptions : class, new();
}
