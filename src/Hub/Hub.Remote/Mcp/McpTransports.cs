using Hub.Abstractions;
using Hub.Remote.Auth;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Hub.Remote.Mcp;

/// <summary>Makes transports to one server; connections over HTTP share one client.</summary>
internal sealed class McpTransports(McpEndpointOptions endpoint, IAuthentication? authentication, ILoggerFactory? logs) : IDisposable
{
    private readonly Lock _lock = new();
    private HttpClient? _http;

    /// <summary>What the server is called in messages.</summary>
    public string Name => endpoint.Transport == McpEndpointOptions.Stdio ? $"MCP server '{endpoint.Command}'" : $"MCP server {endpoint.Url}";

    /// <exception cref="HubException">The address is none.</exception>
    public IClientTransport Create()
    {
        if (endpoint.Transport == McpEndpointOptions.Stdio)
            return Program();
        if (!Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new HubException($"'{endpoint.Url}' is no address of an MCP server. Write one such as http://localhost:9901/mcp; where the file takes it from the environment, set that variable.");
        return new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = url,
                TransportMode = endpoint.Transport == McpEndpointOptions.Sse ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp,
                AdditionalHeaders = endpoint.CustomHeaders.ToDictionary(),
                OAuth = (authentication as BrowserAuthentication)?.ToSdk(),
            },
            Http(),
            logs);
    }

    public void Dispose() => _http?.Dispose();

    private StdioClientTransport Program()
    {
        var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
        foreach (var (name, value) in endpoint.Env)
            environment[name] = value;
        return new StdioClientTransport(
            new StdioClientTransportOptions
            {
                Command = endpoint.Command!,
                Arguments = [.. endpoint.Args],
                InheritEnvironmentVariables = false,
                EnvironmentVariables = environment,
            },
            logs);
    }

    private HttpClient Http()
    {
        lock (_lock)
        {
            if (_http is not null)
                return _http;
            HttpMessageHandler handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
            if (authentication is not (null or BrowserAuthentication))
                handler = new AuthenticatingHandler(authentication, handler);
            return _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        }
    }
}
