using System.CommandLine;
using System.Text.Json;
using Hub.Cli.Rendering;
using Hub.Hosting;
using Hub.Server;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg serve</c>: a store over HTTP.</summary>
internal static class KgServeCommand
{
    public static Command Create()
    {
        var folder = KgStore.Folder();
        var host = new Option<string>("--host") { Description = "Address to listen on.", DefaultValueFactory = _ => "localhost" };
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 for a free one.", DefaultValueFactory = _ => 8001 };
        var readOnly = new Option<bool>("--read-only") { Description = "Refuses updates." };
        var timeout = new Option<double>("--timeout") { Description = "Seconds that a query may take.", DefaultValueFactory = _ => 60 };
        var json = new Option<bool>("--json") { Description = "Prints the address as JSON." };
        var command = new Command("serve", $"""
            Serves a store: a page with a query editor, the SPARQL 1.1 Protocol at /sparql, the Graph Store Protocol at /data.
            Other machines reach it only with a key: set $HUB_API_KEY (several: separated by commas) and --host 0.0.0.0.

            Examples:
              hub kg serve --store family.db
              curl -s localhost:8001/sparql --data-urlencode 'query=SELECT * {"{"} ?s ?p ?o {"}"} LIMIT 5'
            """);
        foreach (var option in (Option[])[folder, host, port, readOnly, timeout, json])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => KgStore.RunAsync(async () =>
        {
            if (parsed.GetValue(port) is not (>= 0 and <= 65535))
                throw new UsageException($"--port is {parsed.GetValue(port)}; a number from 0 to 65535 is needed.");
            if (parsed.GetValue(timeout) is not > 0)
                throw new UsageException("--timeout must be above 0 seconds.");
            using var knowledge = new ServedKnowledge(parsed.GetRequiredValue(folder), parsed.GetValue(readOnly), TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            var options = new HubServerOptions
            {
                Host = parsed.GetValue(host)!,
                Port = parsed.GetValue(port),
                ApiKeys = ServeCommand.ApiKeys(),
                MaxRequestBytes = long.MaxValue, // the endpoint's own limits hold
            };
            knowledge.AddTo(options);
            var stored = parsed.GetRequiredValue(folder);
            return await ServeCommand.ListenAsync(null, options, new WorkflowHubOptions(), app => Announce(ServeCommand.AddressOf(app), stored, parsed.GetValue(json)), cancellation);
        }));
        return command;
    }

    private static void Announce(string address, string folder, bool json) => Console.Out.WriteLine(json
        ? JsonSerializer.Serialize(new { Url = address, Sparql = $"{address}/sparql", Data = $"{address}/data" }, JsonOutput.Options)
        : $"{folder} is served at {address}{ServedKnowledge.PagePath} (SPARQL at /sparql, graphs at /data). Ctrl-C stops it.");
}
