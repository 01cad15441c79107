using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Mcp;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Hub.Server;

/// <summary>Serves a hub over the Model Context Protocol to the one program that started it.</summary>
public static class HubMcpServer
{
    /// <summary>Serves until the input ends or the token is signalled. Nothing but messages of the protocol is written to the output.</summary>
    /// <param name="hub">The hub; it stays the caller's.</param>
    /// <param name="options">What is offered; address, keys and limits of HTTP have no meaning here, <see cref="HubServerOptions.RunTimeout"/> has.</param>
    /// <param name="input">Where requests come from, one message a line.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="logs">Takes what is logged; null for nothing.</param>
    /// <param name="cancellationToken">Ends the server; calls under way are cancelled.</param>
    public static async Task RunStreamsAsync(IHub hub, HubServerOptions options, Stream input, Stream output, ILoggerFactory? logs = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentNullException.ThrowIfNull(options);
        using var surface = new McpSurface(hub, new ServedFunctions(hub, options), options);
        var server = new McpServerOptions();
        surface.Configure(server);
        await using var transport = new StreamServerTransport(input, output, options.Mcp.Name, logs);
        await using var session = McpServer.Create(transport, server, logs, serviceProvider: null);
        await session.RunAsync(cancellationToken);
    }
}
