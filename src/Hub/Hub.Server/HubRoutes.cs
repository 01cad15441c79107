using Hub.Abstractions;
using Hub.Dashboard;
using Hub.Server.A2A;
using Hub.Server.Administration;
using Hub.Remote.Auth;
using Hub.Server.Http;
using Hub.Server.OpenAI;
using Hub.Server.Toolkit;
using Hub.Server.Toolkit.Evaluation;
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

    /// <summary>Who asks, and who of them is to authorize something; no flows where nothing asks for that.</summary>
    public sealed record Clients(Callers Callers, AuthorizationFlows? Flows);

    /// <summary>Maps all routes of a hub.</summary>
    public static void Map(WebApplication app, IHub hub, ServedFunctions functions, Clients clients, HubServerOptions options)
    {
        var runs = new RequestRuns(hub, options, clients.Flows);
        var models = new ServedModels(hub, functions);
        var chat = new ChatRoutes(runs, models, options);
        var executions = new Executions(hub, options, clients.Flows);
        var streamed = new StreamedAnswers(runs, executions, options);
        var toolkitChat = new ToolkitChat(runs, streamed, options);
        var workflow = new WorkflowRoutes(runs, functions, toolkitChat, streamed, options);
        var jobs = new AsyncJobs(hub, runs, functions, options);
        var frontEnd = options.FrontEnd;
        var family = new FamilyParts(frontEnd, workflow, toolkitChat, chat, jobs, new SocketRoutes(hub, clients.Callers, runs, options));
        app.Lifetime.ApplicationStarted.Register(jobs.Recover);
        app.Lifetime.ApplicationStopping.Register(jobs.Dispose);

        var root = MapPanels(app, hub, options);
        foreach (var endpoint in frontEnd.Endpoints.Prepend(frontEnd.Workflow))
            Family(root, endpoint, endpoint.FunctionName ?? hub.DefaultReasoner, family);

        OpenAIRoutes.Map(root, runs, models, options);
        root.MapGet("/executions/{id}", executions.StatusAsync);
        root.MapPost("/executions/{id}/interactions/{interaction}/response", executions.AnswerAsync);
        if (frontEnd.EvaluateItem.Path is { Length: > 0 } evaluateItem)
            Run(root, "POST", evaluateItem, new EvaluateRoutes(hub).ItemAsync);
        if (options.EvaluationParts is not null && frontEnd.Evaluate.Path is { Length: > 0 } evaluate)
            Evaluations(app, root, evaluate, new EvaluationJobs(hub, runs, options), options);
        if (clients.Flows is { } flows)
            root.MapGet(frontEnd.Oauth2CallbackPath, new AuthorizationRoutes(flows, clients.Callers).RedirectAsync).WithMetadata(new Open()); // a browser comes here from elsewhere and has no key
        var remote = new McpClientRoutes(hub);
        root.MapGet("/mcp/client/tool/list", remote.ListAsync);
        root.MapGet("/mcp/client/tool/list/per_user", remote.ListForUserAsync);
        if (options.Telemetry.IsTracing)
            root.MapPost("/feedback", new FeedbackRoutes(hub, app.Services).AddAsync);
        if (frontEnd.EnablePerUserMonitoring)
            root.MapGet("/monitor/users", new MonitorRoutes(runs.Users, options.Time).UsersAsync);
        if (frontEnd.ObjectStore is { Length: > 0 } store)
            new StaticRoutes(hub, store).Map(root);

        Agent(app, root, hub, functions, options);

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
        Health(root);
        root.MapDashboard(Pages.Of(hub, options), path).WithMetadata(new Open()); // its pages ask for the key themselves
        options.Routes?.Invoke(root);
        return root;
    }

    /// <summary>Maps the routes of a hub that is an agent and nothing else.</summary>
    public static void MapAgent(WebApplication app, IHub hub, ServedFunctions functions, HubServerOptions options)
    {
        var root = app.MapGroup(options.FrontEnd.RootPath.TrimEnd('/'));
        Health(root);
        Agent(app, root, hub, functions, options);
    }

    /// <summary>Maps <c>/health</c>.</summary>
    public static void Health(IEndpointRouteBuilder root) =>
        root.MapGet("/health", (RequestDelegate)(http => http.Response.WriteAsJsonAsync(new { status = "healthy" }, Wire.Options, http.RequestAborted))).WithMetadata(new Open());

    private static void Agent(WebApplication app, RouteGroupBuilder root, IHub hub, ServedFunctions functions, HubServerOptions options)
    {
        var pushes = new PushNotifications(options.Agent, options.Time, app.Logger);
        app.Lifetime.ApplicationStopped.Register(pushes.Dispose);
        AgentRoutes.Map(root, new AgentRoutes(new AgentCard(hub, functions, options), new AgentTasks(hub, options, pushes), pushes));
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

    private static void Evaluations(WebApplication app, RouteGroupBuilder root, string path, EvaluationJobs jobs, HubServerOptions options)
    {
        app.Lifetime.ApplicationStarted.Register(jobs.Recover);
        app.Lifetime.ApplicationStopping.Register(jobs.Dispose);
        var routes = new EvaluateJobRoutes(jobs);
        Run(root, options.FrontEnd.Evaluate.Method, path, routes.SubmitAsync);
        root.MapGet($"{path}/job/last", routes.LastAsync);
        root.MapGet($"{path}/job/{{id}}", routes.StatusAsync);
        root.MapGet($"{path}/jobs", routes.ListAsync);
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
