using System.CommandLine;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server;
using Hub.Server.Mcp;
using Hub.Workflows;
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

    private static readonly Option<string> s_file = new("--config_file", "--config-file", "-c") { Description = "The workflow file (YAML).", Required = true };
    private static readonly Option<string> s_transport = new("--transport") { Description = $"{Http}, or {Stdio} for a program that starts this one.", DefaultValueFactory = _ => Http };
    private static readonly Option<string[]> s_tools = new("--tool_names", "--tool-names") { Description = "Functions and groups to offer. [default: all]", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> s_host = new("--host") { Description = "Address to listen on. [default: the file's, or localhost]" };
    private static readonly Option<int?> s_port = new("--port") { Description = $"Port to listen on; 0 for a free one. [default: the file's, or {DefaultPort}]" };
    private static readonly RunOptionsSet s_run = new();

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
        foreach (var option in (Option[])[s_file, s_transport, s_tools, s_host, s_port])
            command.Options.Add(option);
        s_run.AddTo(command);
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
        var file = parsed.GetRequiredValue(s_file);
        var hubOptions = s_run.HubOptions(parsed);
        hubOptions.Person = null; // whoever asks is at the other end
        hubOptions.HasStandingReasoners = true;
        using var plugins = hubOptions.Plugins;
        await using var hub = await HubHost.FromWorkflowAsync(file, hubOptions);
        var options = Options(parsed, file, hubOptions);
        if (transport == Http)
            return await ServeCommand.ListenAsync(hub, options, hubOptions, app => Announce(ServeCommand.AddressOf(app), file, parsed.GetValue(s_run.Json)), cancellationToken);
        using var logs = LoggerFactory.Create(log => log.SetMinimumLevel(hubOptions.LogLevel).AddSimpleConsole(c => c.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(c => c.LogToStandardErrorThreshold = LogLevel.Trace));
        await HubMcpServer.RunStreamsAsync(hub, options, Console.OpenStandardInput(), output, logs, cancellationToken);
        return ExitCode.Ok;
    }

    private static HubServerOptions Options(ParseResult parsed, string file, WorkflowHubOptions hubOptions)
    {
        var configuration = WorkflowDocument.Load(file, hubOptions.Overrides).EffectiveConfiguration;
        var frontEnd = FrontEndOptions.From(configuration);
        var mcp = McpOptions.From(configuration);
        if (parsed.GetValue(s_tools) is { Length: > 0 } tools)
            mcp.ToolNames = [.. tools.SelectMany(t => t.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        return new HubServerOptions
        {
            FrontEnd = frontEnd,
            Mcp = mcp,
            Surface = ServedSurface.Mcp,
            Host = parsed.GetValue(s_host) ?? frontEnd.Host ?? "localhost",
            Port = parsed.GetValue(s_port) is { } port ? port is >= 0 and <= 65535 ? port : throw new UsageException($"--port is {port}; a number from 0 to 65535 is needed.") : frontEnd.Port ?? DefaultPort,
            ApiKeys = ServeCommand.ApiKeys(),
            WorkflowName = Path.GetFileNameWithoutExtension(file),
        };
    }

    private static void Announce(string address, string file, bool json) => Console.Out.WriteLine(json
        ? System.Text.Json.JsonSerializer.Serialize(new { Url = $"{address}/mcp", File = Path.GetFullPath(file) }, Rendering.JsonOutput.Options)
        : $"{Path.GetFileName(file)} is served at {address}/mcp; {address}/debug/tools/list lists its tools. Ctrl-C stops it.");
}
