using Hub.Abstractions;

namespace Reasoners.ReasoningAgent;

/// <summary>Registers the reasoning agent.</summary>
public static class ReasoningAgentHubExtensions
{
    /// <summary>Lets workflow files say <c>_type: reasoning_agent</c>.</summary>
    /// <param name="hub">Takes the type.</param>
    public static IHubRegistry AddReasoningAgent(this IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.AddReasoner<ReasoningAgentOptions>("reasoning_agent", static (options, _) => new ReasoningAgentReasoner(options));
    }
}
