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

        // Where there are tenants a key shows its own tenant's runs, and the administrator's everybody's.
        var hasTenants = options.HasTenants;
        return new DashboardOptions
        {
            Hub = hub,
            ViewerOf = hasTenants || keys.HasKeys ? shown => Viewer(shown, keys, clients, hasTenants ? isAdminKey ?? (_ => false) : null) : null,
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

    /// <summary>Whom a key stands for; without an administrator's key to tell apart, whoever has a key sees everything.</summary>
    private static DashboardViewer? Viewer(string shown, KeyCheck keys, ApiClient[] clients, Func<string, bool>? isAdminKey)
    {
        var found = keys.Find(shown);
        var isAdmin = isAdminKey?.Invoke(shown) ?? found >= 0;
        return isAdmin ? DashboardViewer.Everything : found >= 0 ? new DashboardViewer(false, clients[found].Tenant, clients[found].User) : null;
    }

    private static Func<string, bool> Check(KeyCheck keys) => shown => keys.Find(shown) >= 0;
}
