using Hub.Abstractions;

namespace Reasoners.ReWoo;

/// <summary>Registers the ReWOO agent.</summary>
public static class ReWooHubExtensions
{
    /// <summary>Name after <c>_type:</c> in a workflow file.</summary>
    public const string TypeName = "rewoo_agent";

    /// <summary>Lets workflow files say <c>_type: rewoo_agent</c>.</summary>
    /// <param name="hub">Takes the type.</param>
    public static IHubRegistry AddReWoo(this IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.AddReasoner<ReWooOptions>(TypeName, static (options, _) => new ReWooReasoner(options));
    }
}
