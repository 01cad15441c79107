using System.CommandLine;
using System.Net;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Cli.Rendering;
using Hub.Server.Http;
using global::Knowledge.Endpoint;
using global::Knowledge.Sparql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg serve</c>: a store over HTTP.</summary>
internal static class KgServeCommand
{
    private const string KeyVariable = "HUB_API_KEY";

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
            Other machines reach it only with a key: set ${KeyVariable} (several: separated by commas) and --host 0.0.0.0.

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
            using var store = KgStore.Open(parsed.GetRequiredValue(folder));
            using var words = new TextIndex(store);
            using var vectors = new VectorIndex(store);
            var limits = new QueryOptions { MaxTime = TimeSpan.FromSeconds(parsed.GetValue(timeout)), PropertyFunctions = [words, vectors] };
            var options = new SparqlEndpointOptions { IsReadOnly = parsed.GetValue(readOnly), Query = limits };
            await using var app = Build(parsed.GetValue(host)!, parsed.GetValue(port));
            app.MapSparql("/sparql", store, options);
            app.MapGraphStore("/data", store, options);
            app.MapSparqlPage(store);
            await StartAsync(app, parsed.GetValue(port), cancellation);
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { Url = address, Sparql = $"{address}/sparql", Data = $"{address}/data" }, JsonOutput.Options)
                : $"{parsed.GetRequiredValue(folder)} is served at {address} (SPARQL at /sparql, graphs at /data). Ctrl-C stops it.");
            await app.WaitForShutdownAsync(cancellation);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task StartAsync(WebApplication app, int port, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new HubException($"Port {port} is in use. Name another with --port, or 0 for a free one.", taken);
        }
    }

    private static WebApplication Build(string host, int port)
    {
        var keys = new KeyCheck(Environment.GetEnvironmentVariable(KeyVariable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
        var isName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        var address = isName ? IPAddress.Loopback : IPAddress.TryParse(host, out var parsed) ? parsed : throw new UsageException($"'{host}' is no address to listen on. localhost, 0.0.0.0 or another IP address is needed.");
        var isLocal = IPAddress.IsLoopback(address);
        if (!isLocal && !keys.HasKeys)
            throw new UsageException($"'{host}' can be reached from other machines, and there is no key. Set ${KeyVariable}, or listen on localhost.");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "hub", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // the endpoint's own limits hold
            if (isName && port != 0)
                kestrel.ListenLocalhost(port);
            else
                kestrel.Listen(address, port);
        });
        if (isLocal)
            builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", host]);
        var app = builder.Build();
        if (isLocal)
            app.UseHostFiltering();
        app.Use((http, next) =>
        {
            if (!keys.HasKeys || keys.Allows(http) || SparqlPage.IsPage(http.Request))
                return next(http);
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return http.Response.WriteAsync("A key is needed, as 'Authorization: Bearer KEY'.");
        });
        return app;
    }
}
