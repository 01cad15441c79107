using System.CommandLine;
using Hub.Abstractions;
using Hub.Cli.Commands.Knowledge;
using Hub.Core.Plugins;
using Hub.Hosting;
using Hub.Server;
using Hub.Server.A2A;
using Hub.Server.Mcp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Hub.Cli.Commands;

/// <summary><c>hub serve</c>: a workflow file over HTTP.</summary>
internal static class ServeCommand
{
    private const string ApiKeyVariable = "HUB_API_KEY";
    private const string AdminKeyVariable = "HUB_ADMIN_KEY";
    private static readonly TimeSpan s_queryTimeout = TimeSpan.FromMinutes(1);

    private static readonly ServeOptionsSet s_shared = new(defaultPort: 8000);
    private static readonly Option<int> s_concurrency = new("--concurrency") { Description = "Runs under way at once; further requests wait.", DefaultValueFactory = _ => 64 };
    private static readonly Option<string?> s_store = new("--store") { Description = "A knowledge store to serve beside: SPARQL at /sparql, graphs at /data, a page of the dashboard. It is everybody's, so where there are tenants nobody changes it here." };

    public static Command Create()
    {
        var command = new Command("serve", $"""
            Serves a workflow file: the toolkit's REST routes and an OpenAI-compatible API on one port.
            Other machines reach it only with a key: set ${ApiKeyVariable} (several: separated by commas) and --host 0.0.0.0.
            ${AdminKeyVariable} opens /admin/plugins, over which 'hub plugins add|reload|remove --server URL' works.

            Examples:
              hub serve --config_file samples/workflows/calculator.yml
              hub serve --config_file flow.yml --port 9000 --llm hub-nano
              curl -s localhost:8000/v1/workflow -d '{"{"}"input_message": "What is 14 times 27?"{"}"}'
            """);
        s_shared.AddTo(command, s_concurrency, s_store);
        command.SetAction((parsed, cancellation) => KgStore.RunAsync(() => RunAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(s_shared.File);
        var hubOptions = s_shared.HubOptions(parsed);
        hubOptions.HasStandingReasoners = true;
        using var plugins = hubOptions.Plugins;
        await using var hub = await HubHost.FromWorkflowAsync(file, hubOptions);
        var options = Options(parsed, file, hubOptions);
        using var knowledge = parsed.GetValue(s_store) is { Length: > 0 } folder ? new ServedKnowledge(folder, isReadOnly: options.HasTenants, s_queryTimeout) : null;
        knowledge?.AddTo(options);
        return await ListenAsync(hub, options, hubOptions, app => Announce(app, file, parsed.GetValue(s_shared.Run.Json), hub), cancellationToken);
    }

    /// <summary>Serves a hub, or panels alone where there is none, until somebody stops it.</summary>
    public static async Task<int> ListenAsync(IHub? hub, HubServerOptions options, WorkflowHubOptions hubOptions, Action<WebApplication> announce, CancellationToken cancellationToken)
    {
        void log(WebApplicationBuilder builder) => Log(builder, hubOptions.LogLevel);
        await using var app = hub is null ? HubServer.BuildPanels(options, log) : HubServer.Build(hub, options, log);
        using var watcher = hubOptions.Plugins is not { } plugins ? null : new PluginWatcher(plugins, plugins.Folder.Root);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new HubException($"Port {options.Port} of {options.Host} is in use. Name another with --port, or 0 for a free one.", taken);
        }

        announce(app);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Ok;
    }

    private static HubServerOptions Options(ParseResult parsed, string file, WorkflowHubOptions hubOptions)
    {
        var (options, configuration) = s_shared.ServerOptions(parsed, hubOptions);
        options.EvaluationParts = evaluation => HubHost.Evaluation(evaluation, hubOptions);
        options.EvaluationRoots = [Path.GetDirectoryName(Path.GetFullPath(file))!, Environment.CurrentDirectory];
        options.Mcp = McpOptions.From(configuration);
        options.Agent = AgentOptions.From(configuration);
        options.AdminKey = EnvironmentVariable.Of(AdminKeyVariable);
        options.Plugins = hubOptions.Plugins;
        options.Components = () => InfoCommand.All(hubOptions.Plugins);
        options.MaxConcurrentRuns = parsed.GetValue(s_concurrency) is > 0 and var runs ? runs : throw new UsageException("--concurrency must be at least 1.");
        return options;
    }

    /// <summary>The keys of which a client must show one.</summary>
    public static IReadOnlyList<string> ApiKeys() => EnvironmentVariable.Of(ApiKeyVariable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Where a server listens.</summary>
    public static string AddressOf(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static void Log(WebApplicationBuilder builder, LogLevel level)
    {
        // What fails at the start is said once, by the command.
        builder.Logging.ClearProviders().SetMinimumLevel(level).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None).AddSimpleConsole(c => c.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(c => c.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void Announce(WebApplication app, string file, bool json, IHub hub)
    {
        var address = AddressOf(app);
        Console.Out.WriteLine(json
            ? System.Text.Json.JsonSerializer.Serialize(new { Url = address, File = Path.GetFullPath(file), hub.Reasoners }, Rendering.JsonOutput.Options)
            : $"""
              {Path.GetFileName(file)} is served at {address}
                POST /v1/workflow          the workflow (also /generate), with /stream, /full and /async
                POST /v1/chat/completions  OpenAI's API (also /v1/chat, /chat); GET /v1/models lists {string.Join(", ", hub.Reasoners)}
                /mcp                       the Model Context Protocol
                /dashboard                 runs, chat, models and components in a browser
                /a2a                       the Agent2Agent protocol (its card: /.well-known/agent-card.json)
                GET  /health
              Ctrl-C stops it.
              """);
    }
}
