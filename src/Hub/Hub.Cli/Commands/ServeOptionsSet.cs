using System.CommandLine;
using System.Text.Json;
using Hub.Hosting;
using Hub.Server;
using Hub.Workflows;

namespace Hub.Cli.Commands;

/// <summary>Options that all commands share which serve a workflow file, and what a server is told by them.</summary>
/// <param name="defaultPort">Where neither the command nor the file names a port.</param>
internal sealed class ServeOptionsSet(int defaultPort)
{
    public Option<string> File { get; } = RunOptionsSet.File();

    public Option<string> Host { get; } = new("--host") { Description = "Address to listen on. [default: the file's, or localhost]" };

    public Option<int?> Port { get; } = new("--port") { Description = $"Port to listen on; 0 for a free one. [default: the file's, or {defaultPort}]" };

    public RunOptionsSet Run { get; } = new();

    /// <summary>Gives a command these options, and between them its own.</summary>
    public void AddTo(Command command, params Option[] own)
    {
        foreach (var option in (Option[])[File, Host, Port, .. own])
            command.Options.Add(option);
        Run.AddTo(command);
    }

    /// <summary>What the hub is made of. Nobody at this terminal is asked: whoever asks is at the other end of the wire.</summary>
    public WorkflowHubOptions HubOptions(ParseResult parsed)
    {
        var options = Run.HubOptions(parsed);
        options.Person = null;
        return options;
    }

    /// <summary>What a server of the file is told, whatever it offers; and the file, which says the rest.</summary>
    public (HubServerOptions Options, JsonElement Configuration) ServerOptions(ParseResult parsed, WorkflowHubOptions hub)
    {
        var file = parsed.GetRequiredValue(File);
        var configuration = WorkflowDocument.Load(file, hub.Overrides).EffectiveConfiguration;
        var frontEnd = FrontEndOptions.From(configuration);
        var options = new HubServerOptions
        {
            FrontEnd = frontEnd,
            Telemetry = TelemetryOptions.From(configuration),
            Host = parsed.GetValue(Host) ?? frontEnd.Host ?? "localhost",
            Port = parsed.GetValue(Port) is { } port ? port is >= 0 and <= 65535 ? port : throw new UsageException($"--port is {port}; a number from 0 to 65535 is needed.") : frontEnd.Port ?? defaultPort,
            ApiKeys = ServeCommand.ApiKeys(),
            WorkflowName = Path.GetFileNameWithoutExtension(file),
        };
        return (options, configuration);
    }
}
