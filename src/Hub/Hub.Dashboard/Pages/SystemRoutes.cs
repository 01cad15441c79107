using System.Diagnostics;
using System.Runtime.InteropServices;
using Hub.Abstractions;
using Hub.Core.Plugins;
using Hub.Dashboard.Http;
using Hub.Dashboard.Runs;
using Hub.Workflows.Catalog;
using Microsoft.AspNetCore.Http;

namespace Hub.Dashboard.Pages;

/// <summary>Pages about the server itself: components, plugins, models, health.</summary>
internal sealed class SystemRoutes(PageServer pages, IHub hub, RunReader reader, TotalsCache totals)
{
    private const int LookedForModels = 100;

    private DashboardOptions Options => pages.Options;

    /// <summary><c>GET /components?kind=&amp;q=</c>.</summary>
    public Task ComponentsAsync(HttpContext http)
    {
        var (kind, words) = (http.Request.Query["kind"].ToString(), http.Request.Query["q"].ToString().Trim());
        var all = Options.Components?.Invoke() ?? [];
        ComponentDescription[] shown = [.. all.Where(c => (kind.Length == 0 || Words.Snake(c.Kind.ToString()) == kind)
            && (words.Length == 0 || c.Type.Contains(words, StringComparison.OrdinalIgnoreCase) || c.Summary.Contains(words, StringComparison.OrdinalIgnoreCase)))];
        return pages.ShowAsync<ComponentsPage>(http, "Components", new() { [nameof(ComponentsPage.Model)] = new ComponentsModel(all, shown, kind, words) });
    }

    /// <summary><c>GET /plugins</c>.</summary>
    public Task PluginsAsync(HttpContext http)
    {
        pages.DemandAll(http);
        var model = new PluginsModel(Options.Plugins?.Plugins ?? [], Options.Plugins is not null, Options.IsAdminKey is not null, http.Request.Query["reloaded"]);
        return pages.ShowAsync<PluginsPage>(http, "Plugins", new() { [nameof(PluginsPage.Model)] = model });
    }

    /// <summary><c>POST /plugins/{id}/reload</c>, with the administrator's key.</summary>
    public async Task<string> ReloadAsync(HttpContext http, IFormCollection form)
    {
        pages.Sessions.DemandAdmin(http, form["key"].ToString());
        var host = Options.Plugins ?? throw new PageException(StatusCodes.Status404NotFound, "No plugins", "This server was started without a folder of plugins.");
        var id = (string)http.Request.RouteValues["id"]!;
        await Task.Run(() => host.Folder.Reload(id), http.RequestAborted);
        foreach (var failure in await Task.Run(host.Sync, http.RequestAborted))
            throw failure;
        return $"{pages.Path}/plugins?reloaded={Uri.EscapeDataString(id)}";
    }

    /// <summary><c>GET /models?run=</c>.</summary>
    public Task ModelsAsync(HttpContext http)
    {
        var viewed = pages.Runs(http);
        var runs = viewed.List(LookedForModels);
        var did = runs.SelectMany(r => totals.Of(r).Models).GroupBy(m => m.Key, m => m.Value, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Aggregate(ModelTotals.None, (sum, next) => sum.With(next)), StringComparer.Ordinal);
        var models = hub.Functions.Where(f => f.Kind == HubFunctionKind.Model).Select(f => f.Name[HubFunction.ModelPrefix.Length..] is var name
            ? new ModelRow(name, f.Description, did.GetValueOrDefault(name, ModelTotals.None)) : null!);
        var tried = http.Request.Query["run"].ToString() is { Length: > 0 } run ? reader.Run(viewed, run, null) : null;
        var model = new ModelsModel([.. models], hub.Embedders, runs.Count, tried);
        return pages.ShowAsync<ModelsPage>(http, "Models", new() { [nameof(ModelsPage.Model)] = model });
    }

    /// <summary><c>GET /health</c>.</summary>
    public Task HealthAsync(HttpContext http)
    {
        pages.DemandAll(http);
        var runs = reader.List(pages.Runs(http), "", "", 0);
        var model = new HealthModel { Checks = [.. Checks()], Facts = [.. Facts(), .. Options.Facts], Runs = runs.Counts, Now = runs.Now };
        return pages.ShowAsync<HealthPage>(http, "Health", new() { [nameof(HealthPage.Model)] = model });
    }

    private IEnumerable<HealthCheck> Checks()
    {
        yield return Check("Run log", () =>
        {
            var began = Options.Time.GetTimestamp();
            _ = hub.Runs.List(1);
            return $"read in {Words.Of(Options.Time.GetElapsedTime(began))}";
        });
        yield return Check("Workflow", () => $"{Words.Count(hub.Reasoners.Count, "reasoner")}, the default is '{hub.DefaultReasoner}'");
        yield return Check("Models and tools", () => $"{Words.Count(hub.Functions.Count(f => f.Kind == HubFunctionKind.Model), "model")}, {Words.Count(hub.Functions.Count(f => f.Kind == HubFunctionKind.Tool), "tool")}");
        var plugins = Options.Plugins?.Plugins ?? [];
        var bad = plugins.Where(p => p.State is PluginState.Failed or PluginState.Leaked).ToArray();
        yield return new HealthCheck("Plugins", bad.Length == 0, bad.Length > 0 ? string.Join(" ", bad.Select(p => $"{p.Id}: {p.Error ?? "it does not let go of memory"}")) : plugins.Count == 0 ? "none" : $"{plugins.Count} in memory");
    }

    private static HealthCheck Check(string name, Func<string> look)
    {
        try
        {
            return new HealthCheck(name, true, look());
        }
        catch (HubException failure)
        {
            return new HealthCheck(name, false, failure.Message);
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Facts()
    {
        using var process = Process.GetCurrentProcess();
        yield return new("Hub", RunLogFormat.HubVersion);
        yield return new("Runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");
        yield return new("Up for", Words.Of(Options.Time.GetUtcNow() - process.StartTime.ToUniversalTime()));
        yield return new("Memory", $"{process.WorkingSet64 / (1024 * 1024):N0} MiB, of it {GC.GetTotalMemory(false) / (1024 * 1024):N0} MiB managed");
        yield return new("Collections", $"{GC.CollectionCount(0)} / {GC.CollectionCount(1)} / {GC.CollectionCount(2)}");
        yield return new("Threads", $"{ThreadPool.ThreadCount} of the pool, {ThreadPool.PendingWorkItemCount} items wait");
    }
}
