using System.CommandLine;
using Hub.Hosting;
using Hub.Server;
using Hub.Server.Mcp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Hub.Cli.Commands;

/// <summary><c>hub mcp serve</c>: a workflow file over the Model Context Protocol and nothing else.</summary>
internal static class McpServeCommand
{
    private const string Stdio = "stdio";
    private const string Http = "streamable-http";
    private const int DefaultPort = 9901; // the toolkit's

    private static readonly ServeOptionsSet s_shared = new(DefaultPort);
    private static readonly Option<string> s_transport = new("--transport") { Description = $"{Http}, or {Stdio} for a program that starts this one.", DefaultValueFactory = _ => Http };
    private static readonly Option<string[]> s_tools = new("--tool_names", "--tool-names") { Description = "Functions and groups to offer. [default: all]", AllowMultipleArgumentsPerToken = true };

    public static Command Create()
    {
        var command = new Command("serve", """
            Offers a workflow file's functions as tools of the Model Context Protocol, each call a run, and the runs as resources.
            'hub serve' does the same at /mcp beside its other routes.

            Examples:
              hub mcp serve --config_file samples/workflows/calculator.yml
              hub mcp serve --config_file flow.yml --transport stdio --tool_names calculator
            In a client's settings: {"mcpServers": {"hub": {"command": "hub", "args": ["mcp", "serve", "--transport", "stdio", "--config_file", "flow.yml"]}}}
            """);
        s_shared.AddTo(command, s_transport, s_tools);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var transport = parsed.GetRequiredValue(s_transport);
        if (transport is not (Stdio or Http))
            throw new UsageException($"--transport is '{transport}'; {Http} or {Stdio} is needed.");
        var output = Console.OpenStandardOutput();
        if (transport == Stdio)
            Console.SetOut(Console.Error); // standard output carries the protocol and nothing else, whatever a plugin prints
        var file = parsed.GetRequiredValue(s_shared.File);
        var hubOptions = s_shared.HubOptions(parsed);
        hubOptions.HasStandingReasoners = true;
        using var plugins = hubOptions.Plugins;
        await using var hub = await HubHost.FromWorkflowAsync(file, hubOptions);
        var options = Options(parsed, hubOptions);
        if (transport == Http)
            return await ServeCommand.ListenAsync(hub, options, hubOptions, app => Announce(ServeCommand.AddressOf(app), file, parsed.GetValue(s_shared.Run.Json)), cancellationToken);
        using var logs = LoggerFactory.Create(log => log.SetMinimumLevel(hubOptions.LogLevel).AddSimpleConsole(c => c.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(c => c.LogToStandardErrorThreshold = LogLevel.Trace));
        await HubMcpServer.RunStreamsAsync(hub, options, Console.OpenStandardInput(), output, logs, cancellationToken);
        return ExitCode.Ok;
    }

    private static HubServerOptions Options(ParseResult parsed, WorkflowHubOptions hubOptions)
    {
        var (options, configuration) = s_shared.ServerOptions(parsed, hubOptions);
        var mcp = McpOptions.From(configuration);
        if (parsed.GetValue(s_tools) is { Length: > 0 } tools)
            mcp.ToolNames = [.. tools.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        options.Mcp = mcp;
        options.Surface = ServedSurface.Mcp;
        return options;
    }

    private static void Announce(string address, string file, bool json) => Console.Out.WriteLine(json
        ? System.Text.Json.JsonSerializer.Serialize(new { Url = $"{address}/mcp", File = Path.GetFullPath(file) }, Rendering.JsonOutput.Options)
        : $"{Path.GetFileName(file)} is served at {address}/mcp; {address}/debug/tools/list lists its tools. Ctrl-C stops it.");
}
