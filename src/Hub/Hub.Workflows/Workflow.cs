using System.Text.Json;
using Hub.Workflows.Building;

namespace Hub.Workflows;

/// <summary>A workflow that was built from a file.</summary>
/// <param name="Components">Its models, tools and reasoners.</param>
/// <param name="Reasoners">Names of its reasoners, the workflow itself first.</param>
/// <param name="Warnings">Keys without effect and the like.</param>
/// <param name="EffectiveConfiguration">The file as it was understood, models swapped, secrets as references.</param>
public sealed record Workflow(WorkflowComponents Components, IReadOnlyList<string> Reasoners, IReadOnlyList<WorkflowMistake> Warnings, JsonElement EffectiveConfiguration)
{
    private const int MaxMistakes = 100;

    /// <summary>Builds a workflow. Models are made when they are first asked for.</summary>
    /// <param name="document">The file.</param>
    /// <param name="registry">Component types.</param>
    /// <param name="services">What factories may ask for, beside the components themselves.</param>
    /// <param name="options">A model in place of all others; null for none.</param>
    /// <exception cref="WorkflowException">The file has mistakes; all of them are listed, the first hundred where there are more.</exception>
    public static Workflow Build(WorkflowDocument document, ComponentRegistry registry, IServiceProvider services, WorkflowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var set = new ComponentSet();
        var components = new WorkflowComponents(set, services);
        var (builder, mistakes) = Check(document, registry, options, set, components);
        if (mistakes.Count == 0)
            return builder.Build();
        components.Dispose();
        throw new WorkflowException(mistakes);
    }

    /// <summary>The components of a file that need not have a workflow: one for evaluation.</summary>
    /// <param name="document">The file.</param>
    /// <param name="registry">Component types.</param>
    /// <param name="services">What factories may ask for, beside the components themselves.</param>
    /// <param name="options">A model in place of all others; null for none.</param>
    /// <returns>The caller disposes them.</returns>
    /// <exception cref="WorkflowException">The file has mistakes.</exception>
    public static WorkflowComponents Parts(WorkflowDocument document, ComponentRegistry registry, IServiceProvider services, WorkflowOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var set = new ComponentSet();
        var components = new WorkflowComponents(set, services);
        var (_, mistakes) = Check(document, registry, options, set, components);
        if (mistakes.Count == 0)
            return components;
        components.Dispose();
        throw new WorkflowException(mistakes);
    }

    /// <summary>All mistakes and warnings of a file, and the types that it names and this hub does not have, without building it. Groups whose members are named one by one are made for it.</summary>
    /// <param name="document">The file.</param>
    /// <param name="registry">Component types.</param>
    /// <param name="options">A model in place of all others; null for none.</param>
    /// <param name="services">What the factories of groups may ask for; null for nothing.</param>
    public static (IReadOnlyList<WorkflowMistake> Mistakes, IReadOnlyList<WorkflowMistake> Warnings, IReadOnlyList<MissingType> Missing) Validate(
        WorkflowDocument document, ComponentRegistry registry, WorkflowOptions? options = null, IServiceProvider? services = null)
    {
        var set = new ComponentSet();
        using var components = new WorkflowComponents(set, services ?? new NoServices());
        var (builder, mistakes) = Check(document, registry, options, set, components);
        return (mistakes, [.. document.Warnings, .. builder.Warnings], set.MissingTypes);
    }

    private static (WorkflowBuilder Builder, IReadOnlyList<WorkflowMistake> Mistakes) Check(
        WorkflowDocument document, ComponentRegistry registry, WorkflowOptions? options, ComponentSet set, WorkflowComponents components)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(registry);
        var builder = new WorkflowBuilder(document, registry, options ?? new WorkflowOptions(), set, components);
        builder.Bind();
        return (builder, [.. document.Mistakes.Concat(builder.Mistakes).Distinct().OrderBy(m => m.Line).Take(MaxMistakes)]);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
