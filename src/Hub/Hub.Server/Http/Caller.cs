using System.Security.Claims;
using Hub.Abstractions;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Who asks.</summary>
/// <param name="Tenant">Tenant that the key or token belongs to; null for none. A caller sees the runs of its own tenant only.</param>
/// <param name="UserId">The user, or null where nobody said.</param>
/// <param name="Name">Under which requests are counted; no secret.</param>
/// <param name="IsVerified">Whether the user was proven, so that a request may not name another.</param>
internal sealed record Caller(string? Tenant, string? UserId, string Name, bool IsVerified = false)
{
    private const int MaxLooked = 10_000;

    /// <summary>Somebody whom nobody asked for a key.</summary>
    public static readonly Caller Anyone = new(null, null, "");

    /// <summary>Who makes a request.</summary>
    public static Caller Of(HttpContext http) => Of(http.User);

    /// <summary>Who makes a request, by its user; anyone where there is none, as over standard input.</summary>
    public static Caller Of(ClaimsPrincipal? user) => (user as CallerPrincipal)?.Caller ?? Anyone;

    /// <summary>Whether a run is this caller's to look at.</summary>
    public bool Sees(RunHeader run) => string.Equals(run.Tenant, Tenant, StringComparison.Ordinal);

    /// <summary>The newest runs that are this caller's to look at, newest first.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="limit">The most to return. Where there are other tenants' runs among the newest, the newest 10,000 are looked through.</param>
    public IReadOnlyList<RunRecord> Runs(IHub hub, int limit)
    {
        var newest = hub.Runs.List(limit);
        return newest.All(r => Sees(r.Header)) ? newest : [.. hub.Runs.List(MaxLooked).Where(r => Sees(r.Header)).Take(limit)];
    }

    /// <summary>A run by its id, as this caller may see it.</summary>
    /// <exception cref="RequestException">There is none, or it is another tenant's: the same words for both.</exception>
    public RunRecord Find(IHub hub, string runId)
    {
        try
        {
            var record = hub.Runs.Find(runId);
            if (record.Header.RunId == runId && Sees(record.Header))
                return record;
        }
        catch (UnknownNameException)
        {
            // said below, without naming runs that are near
        }

        throw new RequestException(StatusCodes.Status404NotFound, $"There is no run '{runId}'.");
    }
}
