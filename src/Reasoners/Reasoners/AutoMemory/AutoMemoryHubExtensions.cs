using Hub.Abstractions;

namespace Reasoners.AutoMemory;

/// <summary>Registers the auto-memory agent.</summary>
public static class AutoMemoryHubExtensions
{
    /// <summary>Lets workflow files say <c>_type: auto_memory_agent</c>.</summary>
    /// <param name="hub">Takes the type.</param>
    public static IHubRegistry AddAutoMemory(this IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.AddReasoner<AutoMemoryOptions>("auto_memory_agent", static (options, _) => new AutoMemoryReasoner(options));
    }
}
