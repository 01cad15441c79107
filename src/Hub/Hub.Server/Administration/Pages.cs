using Hub.Abstractions;
using Hub.Dashboard;
using Hub.Server.Http;

namespace Hub.Server.Administration;

/// <summary>What the dashboard of a server shows, and who may see it.</summary>
internal static class Pages
{
    /// <summary>The dashboard's options out of the server's.</summary>
    public static DashboardOptions Of(IHub hub, HubServerOptions options)
    {
        var keys = new KeyCheck(options.ApiKeys);
        return new DashboardOptions
        {
            Hub = hub,
            IsKey = keys.HasKeys ? keys.Matches : null,
            IsAdminKey = options.AdminKey is { Length: > 0 } key ? new KeyCheck([key]).Matches : null,
            Plugins = options.Plugins,
            Components = options.Components,
            Time = options.Time,
            Facts =
            [
                new("Listens on", $"{options.Host}, {(keys.HasKeys ? "asks for a key" : "asks for no key")}"),
                new("Workflow", options.WorkflowName),
                new("Runs at once", $"{options.MaxConcurrentRuns}, and {options.MaxQueuedRequests} requests may wait"),
                new("Longest run", $"{options.RunTimeout.TotalMinutes:0.#} minutes"),
                new("Largest request", $"{options.MaxRequestBytes / (1024 * 1024)} MiB"),
            ],
        };
    }
}
