using Hub.Abstractions;

namespace Reasoners.ToolCalling;

/// <summary>Registers the tool-calling agent.</summary>
public static class ToolCallingHubExtensions
{
    /// <summary>Name after <c>_type:</c> in a workflow file.</summary>
    public const string TypeName = "tool_calling_agent";

    /// <summary>Lets workflow files say <c>_type: tool_calling_agent</c>.</summary>
    /// <param name="hub">Takes the type.</param>
    public static IHubRegistry AddToolCalling(this IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.AddReasoner<ToolCallingOptions>(TypeName, static (options, _) => new ToolCallingReasoner(options));
    }
}
