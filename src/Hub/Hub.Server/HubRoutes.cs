using Hub.Abstractions;
using Hub.Dashboard;
using Hub.Server.A2A;
using Hub.Server.Administration;
using Hub.Server.Http;
using Hub.Server.OpenAI;
using Hub.Server.Toolkit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Server;

/// <summary>Which path leads where.</summary>
internal static class HubRoutes
{
    /// <summary>Marks a route that asks for no key.</summary>
    public sealed record Open;

    /// <summary>Maps all routes of a hub.</summary>
    public static void Map(WebApplication app, IHub hub, ServedFunctions functions, Callers callers, HubServerOptions options)
    {
        var runs = new RequestRuns(hub, options);
        var models = new ServedModels(hub, functions);
        var chat = new ChatRoutes(runs, models, options);
        var executions = new Executions(hub, options);
        var streamed = new StreamedAnswers(runs, executions, options);
        var toolkitChat = new ToolkitChat(runs, streamed, options);
        var workflow = new WorkflowRoutes(runs, functions, toolkitChat, streamed, options);
        var jobs = new AsyncJobs(hub, runs, functions, options);
        var frontEnd = options.FrontEnd;
        var family = new FamilyParts(frontEnd, workflow, toolkitChat, chat, jobs, new SocketRoutes(hub, callers, runs, options));
        app.Lifetime.ApplicationStarted.Register(jobs.Recover);
        app.Lifetime.ApplicationStopping.Register(jobs.Dispose);

        var root = MapPanels(app, hub, options);
        foreach (var endpoint in frontEnd.Endpoints.Prepend(frontEnd.Workflow))
            Family(root, endpoint, endpoint.FunctionName ?? hub.DefaultReasoner, family);

        OpenAIRoutes.Map(root, runs, models, options);
        root.MapGet("/executions/{id}", executions.StatusAsync);
        root.MapPost("/executions/{id}/interactions/{interaction}/response", executions.AnswerAsync);
        if (frontEnd.EvaluateItem.Path is { Length: > 0 } evaluateItem)
            Run(root, "POST", evaluateItem, new EvaluateRoutes(hub, options).ItemAsync);
        if (frontEnd.EnablePerUserMonitoring)
            root.MapGet("/monitor/users", new MonitorRoutes(runs.Users, options.Time).UsersAsync);
        if (frontEnd.ObjectStore is { Length: > 0 } store)
            new StaticRoutes(hub, store).Map(root);

        var pushes = new PushNotifications(options.Agent, options.Time, app.Logger);
        app.Lifetime.ApplicationStopped.Register(pushes.Dispose);
        AgentRoutes.Map(root, new AgentRoutes(new AgentCard(hub, functions, options), new AgentTasks(hub, options, pushes), pushes));

        var plugins = new PluginRoutes(options);
        root.MapGet("/admin/plugins", plugins.ListAsync).WithMetadata(new Open());
        root.MapPost("/admin/plugins", plugins.AddAsync).WithMetadata(new Open());
        root.MapPost("/admin/plugins/{id}/reload", plugins.ReloadAsync).WithMetadata(new Open());
        root.MapDelete("/admin/plugins/{id}", plugins.RemoveAsync).WithMetadata(new Open());
    }

    /// <summary>Maps health, the dashboard and what the host adds.</summary>
    public static RouteGroupBuilder MapPanels(WebApplication app, IHub? hub, HubServerOptions options)
    {
        var path = options.FrontEnd.RootPath.TrimEnd('/');
        var root = app.MapGroup(path);
        root.MapGet("/health", (RequestDelegate)(http => http.Response.WriteAsJsonAsync(new { status = "healthy" }, Wire.Options, http.RequestAborted))).WithMetadata(new Open());
        root.MapDashboard(Pages.Of(hub, options), path).WithMetadata(new Open()); // its pages ask for the key themselves
        options.Routes?.Invoke(root);
        return root;
    }

    /// <summary>The routes of one function, with all their suffixes.</summary>
    private static void Family(RouteGroupBuilder group, ServedEndpoint endpoint, string function, FamilyParts parts)
    {
        var hasBody = endpoint.Method != "GET";
        foreach (var (path, isLegacy) in Paths(endpoint.Path, endpoint.LegacyPath, parts.FrontEnd))
        {
            // A person can be asked on the paths with a version; those without keep the form that old clients know.
            Run(group, endpoint.Method, path, parts.Workflow.Whole(function, hasBody && !isLegacy));
            Run(group, endpoint.Method, $"{path}/stream", parts.Workflow.Stream(function, hasBody && !isLegacy));
            Run(group, endpoint.Method, $"{path}/full", parts.Workflow.Full(function, hasBody && !isLegacy));
            if (!isLegacy)
                Run(group, endpoint.Method, $"{path}/atif", parts.Workflow.Atif(function));
            if (!hasBody)
                continue;
            Run(group, endpoint.Method, $"{path}/async", parts.Jobs.Submit(function));
            group.MapGet($"{path}/async/job/{{id}}", parts.Jobs.StatusAsync);
        }

        foreach (var (path, isLegacy) in Paths(endpoint.OpenaiApiPath == endpoint.OpenaiApiV1Path ? null : endpoint.OpenaiApiPath, endpoint.LegacyOpenaiApiPath, parts.FrontEnd))
        {
            Run(group, endpoint.Method, path, parts.ToolkitChat.Whole(function, hasBody && !isLegacy));
            Run(group, endpoint.Method, $"{path}/stream", parts.ToolkitChat.Stream(function, hasBody && !isLegacy));
        }

        if (endpoint.WebsocketPath is { Length: > 0 } socket)
            group.MapGet(socket, parts.Sockets.Serve(function)).WithMetadata(new Open()); // a browser cannot send a key with it: the first message does

        if (endpoint.OpenaiApiV1Path is { Length: > 0 } completions)
        {
            var handler = parts.FrontEnd.EnableInteractiveExtensions ? parts.ToolkitChat.Either(function, isInteractive: true)
                : endpoint.FunctionName is null ? parts.Chat.CompletionsAsync : parts.Chat.Whole(function);
            Run(group, "POST", completions, handler).WithMetadata(new Failures.OpenAIShape());
        }
    }

    private static IEnumerable<(string Path, bool IsLegacy)> Paths(string? path, string? legacy, FrontEndOptions frontEnd)
    {
        if (!string.IsNullOrEmpty(path))
            yield return (path, false);
        if (!string.IsNullOrEmpty(legacy) && legacy != path && !frontEnd.DisableLegacyRoutes)
            yield return (legacy, true);
    }

    private static IEndpointConventionBuilder Run(RouteGroupBuilder group, string method, string path, Func<HttpContext, Task> handler) =>
        group.MapMethods(path, [method], new RequestDelegate(handler)).RequireRateLimiting(HubServer.RunLimit);

    private sealed record FamilyParts(FrontEndOptions FrontEnd, WorkflowRoutes Workflow, ToolkitChat ToolkitChat, ChatRoutes Chat, AsyncJobs Jobs, SocketRoutes Sockets);
}
