using Hub.Abstractions;

namespace Reasoners.ReAct;

/// <summary>Registers the ReAct agent.</summary>
public static class ReActHubExtensions
{
    /// <summary>Name after <c>_type:</c> in a workflow file.</summary>
    public const string TypeName = "react_agent";

    /// <summary>Lets workflow files say <c>_type: react_agent</c>.</summary>
    /// <param name="hub">Takes the type.</param>
    public static IHubRegistry AddReAct(this IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.AddReasoner<ReActOptions>(TypeName, static (options, _) => new ReActReasoner(options))
            .AddReasoner<ReActOptions>("per_user_react_agent", static (options, _) => new ReActReasoner(options)); // it keeps nothing between runs, so each user has one of their own already
    }
}
