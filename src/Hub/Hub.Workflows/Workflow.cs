using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Building;
using Hub.Workflows.Yaml;

namespace Hub.Workflows;

/// <summary>A workflow that was built from a file.</summary>
/// <param name="Components">Its models, tools and reasoners.</param>
/// <param name="Reasoners">Names of its reasoners, the workflow itself first.</param>
/// <param name="Warnings">Keys without effect and the like.</param>
/// <param name="EffectiveConfiguration">The file as it was understood, secrets as references.</param>
public sealed record Workflow(WorkflowComponents Components, IReadOnlyList<string> Reasoners, IReadOnlyList<WorkflowMistake> Warnings, JsonElement EffectiveConfiguration)
{
    /// <summary>Builds a workflow. Models are made when they are first asked for.</summary>
    /// <param name="document">The file.</param>
    /// <param name="registry">Component types.</param>
    /// <param name="services">What factories may ask for, beside the components themselves.</param>
    /// <param name="options">A model in place of all others; null for none.</param>
    /// <exception cref="WorkflowException">The file has mistakes; all of them are listed.</exception>
    public static Workflow Build(WorkflowDocument document, ComponentRegistry registry, IServiceProvider services, WorkflowOptions? options = null)
    {
        var (builder, mistakes) = Check(document, registry, options);
        return mistakes.Count > 0 ? throw new WorkflowException(mistakes) : builder.Build(services, document.EffectiveConfiguration);
    }

    /// <summary>All mistakes and warnings of a file, without building it.</summary>
    /// <param name="document">The file.</param>
    /// <param name="registry">Component types.</param>
    /// <param name="options">A model in place of all others; null for none.</param>
    public static (IReadOnlyList<WorkflowMistake> Mistakes, IReadOnlyList<WorkflowMistake> Warnings) Validate(
        WorkflowDocument document, ComponentRegistry registry, WorkflowOptions? options = null)
    {
        var (builder, mistakes) = Check(document, registry, options);
        return (mistakes, builder.Warnings);
    }

    private static (WorkflowBuilder Builder, IReadOnlyList<WorkflowMistake> Mistakes) Check(WorkflowDocument document, ComponentRegistry registry, WorkflowOptions? options)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(registry);
        var builder = new WorkflowBuilder(document, registry, options ?? new WorkflowOptions());
        builder.Bind();
        return (builder, [.. document.Mistakes.Concat(builder.Mistakes).Distinct().OrderBy(m => m.Line)]);
    }
}
