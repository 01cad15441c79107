using System.CommandLine;
using Hub.Hosting;
using Hub.Server;
using Hub.Server.A2A;

namespace Hub.Cli.Commands;

/// <summary><c>hub a2a serve</c>: a workflow file as an agent of the Agent2Agent protocol and nothing else.</summary>
internal static class A2AServeCommand
{
    private const int DefaultPort = 10000; // the toolkit's

    private static readonly ServeOptionsSet s_shared = new(DefaultPort);
    private static readonly Option<string> s_name = new("--name") { Description = "Name on the agent's card. [default: the file's, or the workflow's]" };
    private static readonly Option<string> s_description = new("--description") { Description = "What the card says that the agent is good for. [default: the file's, or the workflow's]" };
    private static readonly Option<string> s_version = new("--agent_version", "--agent-version") { Description = "The agent's own version. [default: the file's, or 1.0.0]" };

    public static Command Create()
    {
        var command = new Command("serve", """
            Offers a workflow file as an agent: its card, tasks that are runs, streams, cancelling, questions to people, push notifications; 1.0 and 0.3.
            'hub serve' does the same at /a2a beside its other routes.

            Examples:
              hub a2a serve --config_file samples/workflows/calculator.yml
              hub a2a serve --config_file flow.yml --port 9999 --name "Calculator"
              hub a2a client call --url http://localhost:10000 --message "What is 14 times 27?"
            """);
        s_shared.AddTo(command, s_name, s_description, s_version);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(s_shared.File);
        var hubOptions = s_shared.HubOptions(parsed);
        using var plugins = hubOptions.Plugins;
        await using var hub = await HubHost.FromWorkflowAsync(file, hubOptions);
        return await ServeCommand.ListenAsync(hub, Options(parsed, hubOptions), hubOptions, app => Announce(ServeCommand.AddressOf(app), file, parsed.GetValue(s_shared.Run.Json)), cancellationToken);
    }

    private static HubServerOptions Options(ParseResult parsed, WorkflowHubOptions hubOptions)
    {
        var (options, configuration) = s_shared.ServerOptions(parsed, hubOptions);
        var agent = AgentOptions.From(configuration);
        agent.Name = parsed.GetValue(s_name) ?? agent.Name;
        agent.Description = parsed.GetValue(s_description) ?? agent.Description;
        agent.Version = parsed.GetValue(s_version) ?? agent.Version;
        options.Agent = agent;
        options.Surface = ServedSurface.Agent;
        return options;
    }

    private static void Announce(string address, string file, bool json) => Console.Out.WriteLine(json
        ? System.Text.Json.JsonSerializer.Serialize(new { Url = address, File = Path.GetFullPath(file) }, Rendering.JsonOutput.Options)
        : $"{Path.GetFileName(file)} is an agent at {address}; its card is at {address}/.well-known/agent-card.json. Ctrl-C stops it.");
}
