using Hub.Abstractions;
using Hub.Dashboard.Chat;
using Hub.Dashboard.Http;
using Hub.Dashboard.Pages;
using Hub.Dashboard.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hub.Dashboard;

/// <summary>Which path leads to which page.</summary>
public static class DashboardRoutes
{
    /// <summary>Maps the pages under <c>/dashboard</c>, and sends <c>/</c> there.</summary>
    /// <param name="routes">Where to; a group's prefix is kept.</param>
    /// <param name="options">What the pages show, and who may see them. The pages ask for the key themselves.</param>
    /// <param name="root">Path that <paramref name="routes"/> stands for, without a slash at the end.</param>
    /// <returns>The routes, for further conventions.</returns>
    /// <remarks>Cost: some routes and no services; those that render are made with the first page.</remarks>
    public static IEndpointConventionBuilder MapDashboard(this IEndpointRouteBuilder routes, DashboardOptions options, string root = "")
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(options);
        var path = $"{root}/dashboard";
        var pages = new PageServer(options, path);
        routes.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(pages.Dispose);
        var all = routes.MapGroup("");
        all.MapGet("/", (RequestDelegate)(http => To(http, $"{path}/"))).WithOrder(int.MaxValue); // an endpoint of the file's own comes first
        var group = all.MapGroup("/dashboard");
        var signIn = new SignInRoutes(pages);
        if (options.Hub is { } hub)
            MapHub(group, pages, hub);
        else
            group.MapGet("/", (RequestDelegate)(http => To(http, $"{path}/{options.Panels[0].Path}")));
        foreach (var panel in options.Panels)
            PanelRoutes.Map(group, pages, panel);
        group.MapGet("/sign-in", pages.Open(signIn.PageAsync));
        group.MapPost("/sign-in", pages.Open(signIn.SignInAsync));
        group.MapPost("/sign-out", pages.Post(signIn.SignOutAsync));
        group.MapGet("/assets/{name}", pages.Open(Assets.ServeAsync));
        group.MapGet("/{**rest}", pages.Get(_ => throw new PageException(StatusCodes.Status404NotFound, "Not found", "The dashboard has no such page.")));
        all.WithMetadata(new DisableCorsAttribute()); // pages are for their own origin, whatever the API allows
        return all;
    }

    /// <summary>Pages about runs and what makes them.</summary>
    private static void MapHub(RouteGroupBuilder group, PageServer pages, IHub hub)
    {
        var (totals, live) = (new TotalsCache(hub.Runs), new LiveRuns());
        var reader = new RunReader(hub, totals, pages.Options.Time);
        var runs = new RunRoutes(pages, hub, reader, live);
        var chat = new ChatRoutes(pages, hub, new Conversations(hub, totals), live);
        var system = new SystemRoutes(pages, hub, reader, totals);
        var memory = new MemoryRoutes(pages, hub);

        group.MapGet("/", pages.Get(runs.ListAsync));
        group.MapGet("/runs", (RequestDelegate)(http => To(http, $"{pages.Path}/")));
        group.MapGet("/runs/{id}", pages.Get(runs.ShowAsync));
        group.MapGet("/runs/{id}/stream", pages.Get(runs.StreamAsync));
        group.MapPost("/runs/{id}/cancel", pages.Post(runs.CancelAsync));
        group.MapPost("/runs/{id}/resume", pages.Post(runs.ResumeAsync));
        group.MapPost("/runs/{id}/fork", pages.Post(runs.ForkAsync));
        group.MapGet("/chat", pages.Get(chat.ShowAsync));
        group.MapPost("/chat", pages.Post(chat.SendAsync));
        group.MapGet("/components", pages.Get(system.ComponentsAsync));
        group.MapGet("/plugins", pages.Get(system.PluginsAsync));
        group.MapPost("/plugins/{id}/reload", pages.Post(system.ReloadAsync));
        group.MapGet("/models", pages.Get(system.ModelsAsync));
        group.MapPost("/models", pages.Post(chat.TryAsync));
        group.MapGet("/memory", pages.Get(memory.ShowAsync));
        group.MapGet("/memory/fact", pages.Get(memory.FactAsync));
        group.MapGet("/health", pages.Get(system.HealthAsync));
    }

    private static Task To(HttpContext http, string path)
    {
        http.Response.Redirect(path);
        return Task.CompletedTask;
    }
}
