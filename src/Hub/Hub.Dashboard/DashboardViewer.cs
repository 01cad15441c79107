using Hub.Abstractions;

namespace Hub.Dashboard;

/// <summary>Who looks at the pages, and so what they may see.</summary>
/// <param name="SeesAll">Whether they see everybody's runs and how the server is: the administrator, or anybody where there are no tenants.</param>
/// <param name="Tenant">Otherwise: the tenant whose runs they see; null for those of none.</param>
/// <param name="UserId">In whose name they ask; null for nobody's.</param>
public sealed record DashboardViewer(bool SeesAll, string? Tenant, string? UserId)
{
    /// <summary>Somebody who sees everything.</summary>
    public static readonly DashboardViewer Everything = new(true, null, null);

    /// <summary>Whether a run is theirs to look at.</summary>
    /// <param name="run">The run.</param>
    public bool Sees(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return SeesAll || string.Equals(run.Tenant, Tenant, StringComparison.Ordinal);
    }
}
