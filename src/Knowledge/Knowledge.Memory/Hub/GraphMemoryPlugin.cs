using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Knowledge.Memory;

/// <summary>Brings graph memories into a hub: <c>_type: hub_graph</c> under <c>memory</c>, <c>_type: graph_memory_tools</c> under <c>function_groups</c>.</summary>
public sealed class GraphMemoryPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddMemory<HubGraphOptions>("hub_graph", (options, services) => new HubGraphMemory(options, services))
            .AddToolGroup<GraphMemoryToolsOptions>("graph_memory_tools", (options, services) => GraphMemoryTools.Create(Memory(options.Memory.Name, services)));
    }

    private static HubGraphMemory Memory(string name, IServiceProvider services) =>
        (services.GetService(typeof(IHubComponents)) as IHubComponents ?? throw new HubException("Memory tools need the hub's components; register them through a workflow file or a hub builder.")).Memory(name) as HubGraphMemory
        ?? throw new HubException($"The memory '{name}' is no graph; graph_memory_tools need one of _type: hub_graph.");
}

/// <summary>Options of <c>graph_memory_tools</c>.</summary>
public sealed class GraphMemoryToolsOptions : IValidatableObject
{
    /// <summary>The memory, one of <c>_type: hub_graph</c>. It must be given.</summary>
    public MemoryRef Memory { get; set; }

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Memory.Name))
            yield return new ValidationResult("memory is missing; it must name a memory of _type: hub_graph.", [nameof(Memory)]);
    }
}
