using Hub.Abstractions;
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
    public static void Map(WebApplication app, IHub hub, ServedFunctions functions, HubServerOptions options)
    {
        var runs = new RequestRuns(hub, options);
        var chat = new ChatRoutes(runs, functions, options);
        var executions = new Executions(hub, options);
        var workflow = new WorkflowRoutes(runs, functions, chat, executions, options);
        var jobs = new AsyncJobs(hub, runs, functions, options);
        var sockets = new SocketRoutes(hub, options);
        var models = new ModelRoutes(functions, options);
        app.Lifetime.ApplicationStarted.Register(() => _ = jobs.RecoverAsync());

        var root = app.MapGroup(options.FrontEnd.RootPath.TrimEnd('/'));
        root.MapGet("/health", (RequestDelegate)(http => http.Response.WriteAsJsonAsync(new { status = "healthy" }, Wire.Options, http.RequestAborted))).WithMetadata(new Open());
        foreach (var endpoint in options.FrontEnd.Endpoints.Prepend(options.FrontEnd.Workflow))
            Family(root, endpoint, endpoint.FunctionName ?? hub.DefaultReasoner, workflow, chat, jobs);

        root.MapGet("/v1/models", models.ListAsync).WithMetadata(new Failures.OpenAIShape());
        root.MapGet("/v1/models/{**id}", models.OneAsync).WithMetadata(new Failures.OpenAIShape());
        root.MapGet("/executions/{id}", executions.StatusAsync);
        root.MapPost("/executions/{id}/interactions/{interaction}/response", executions.AnswerAsync);

        var pushes = new PushNotifications(options.Agent, options.Time, app.Logger);
        app.Lifetime.ApplicationStopped.Register(pushes.Dispose);
        AgentRoutes.Map(root, new AgentRoutes(new AgentCard(hub, functions, options), new AgentTasks(hub, options, pushes), pushes));

        var plugins = new PluginRoutes(options);
        root.MapGet("/admin/plugins", plugins.ListAsync).WithMetadata(new Open());
        root.MapPost("/admin/plugins", plugins.AddAsync).WithMetadata(new Open());
        root.MapPost("/admin/plugins/{id}/reload", plugins.ReloadAsync).WithMetadata(new Open());
        root.MapDelete("/admin/plugins/{id}", plugins.RemoveAsync).WithMetadata(new Open());

        void Family(RouteGroupBuilder group, ServedEndpoint endpoint, string function, WorkflowRoutes own, ChatRoutes chats, AsyncJobs async)
        {
            var hasLegacy = !options.FrontEnd.DisableLegacyRoutes;
            foreach (var path in Paths(endpoint.Path, hasLegacy ? endpoint.LegacyPath : null))
            {
                Run(group, endpoint.Method, path, own.Whole(function));
                Run(group, endpoint.Method, $"{path}/stream", own.Stream(function));
                Run(group, endpoint.Method, $"{path}/full", own.Full(function));
                if (endpoint.Method == "GET")
                    continue;
                Run(group, endpoint.Method, $"{path}/async", async.Submit(function));
                group.MapGet($"{path}/async/job/{{id}}", async.StatusAsync);
            }

            foreach (var path in Paths(endpoint.OpenaiApiPath, hasLegacy ? endpoint.LegacyOpenaiApiPath : null))
            {
                Run(group, "POST", path, chats.Whole(function));
                Run(group, "POST", $"{path}/stream", chats.Stream(function));
            }

            if (endpoint.WebsocketPath is { Length: > 0 } socket)
                group.MapGet(socket, sockets.Serve(function)).WithMetadata(new Open()); // a browser cannot send a key with it: the first message does

            if (endpoint.OpenaiApiV1Path is { } completions)
                Run(group, "POST", completions, endpoint.FunctionName is null ? chats.CompletionsAsync : chats.Whole(function)).WithMetadata(new Failures.OpenAIShape());
        }
    }

    private static IEnumerable<string> Paths(params string?[] paths) => paths.Where(p => !string.IsNullOrEmpty(p)).Select(p => p!).Distinct();

    private static IEndpointConventionBuilder Run(RouteGroupBuilder group, string method, string path, Func<HttpContext, Task> handler) =>
        group.MapMethods(path, [method], new RequestDelegate(handler)).RequireRateLimiting(HubServer.RunLimit);
}
