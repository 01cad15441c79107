using Hub.Abstractions;
using Hub.Dashboard;
using Hub.Server.Http;

namespace Hub.Server.Administration;

/// <summary>What the dashboard of a server shows, and who may see it.</summary>
internal static class Pages
{
    /// <summary>The dashboard's options out of the server's.</summary>
    public static DashboardOptions Of(IHub? hub, HubServerOptions options)
    {
        ApiClient[] clients = [.. options.ApiKeys.Select(k => new ApiClient { ApiKey = k }).Concat(options.Clients).Concat(options.FrontEnd.Clients).Where(c => c.ApiKey.Length > 0)];
        var keys = new KeyCheck(clients.Select(c => c.ApiKey));
        Func<string, bool>? isAdminKey = options.AdminKey is { Length: > 0 } key ? Check(new KeyCheck([key])) : null;

        // The pages show everybody's runs: where there are tenants, they are the administrator's alone.
        var hasTenants = options.FrontEnd.Jwt is not null || clients.Any(c => c.Tenant is not null);
        return new DashboardOptions
        {
            Hub = hub,
            IsKey = hasTenants ? isAdminKey ?? (_ => false) : keys.HasKeys ? Check(keys) : null,
            IsAdminKey = isAdminKey,
            Plugins = options.Plugins,
            Components = options.Components,
            Panels = options.Panels,
            Time = options.Time,
            Facts =
            [
                new("Listens on", $"{options.Host}, {(hasTenants || keys.HasKeys ? "asks for a key" : "asks for no key")}"),
                new("Workflow", options.WorkflowName),
                new("Runs at once", $"{options.MaxConcurrentRuns}, and {options.MaxQueuedRequests} requests may wait"),
                new("Longest run", $"{options.RunTimeout.TotalMinutes:0.#} minutes"),
                new("Largest request", $"{options.MaxRequestBytes / (1024 * 1024)} MiB"),
            ],
        };
    }

    private static Func<string, bool> Check(KeyCheck keys) => shown => keys.Find(shown) >= 0;
}
