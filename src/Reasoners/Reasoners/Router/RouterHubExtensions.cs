using Hub.Abstractions;

namespace Reasoners.Router;

/// <summary>Registers the router.</summary>
public static class RouterHubExtensions
{
    /// <summary>Lets workflow files say <c>_type: router_agent</c>.</summary>
    /// <param name="hub">Takes the type.</param>
    public static IHubRegistry AddRouter(this IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.AddReasoner<RouterOptions>("router_agent", static (options, _) => new RouterReasoner(options));
    }
}
