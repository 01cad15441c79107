using Hub.Abstractions;
using Hub.Remote.A2A;
using Hub.Remote.Auth;
using Hub.Remote.Mcp;
using Microsoft.Extensions.Logging;

namespace Hub.Remote;

/// <summary>Registers what a workflow file may use of other servers.</summary>
public sealed class RemotePlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddModel<SamplingOptions>("mcp_sampling", (o, _) => new SamplingChatClient(o))
            .AddToolGroup<McpGroupOptions>("mcp_client", (o, services) => new McpToolGroup(Connection(o, services)))
            .AddToolGroup<McpGroupOptions>("per_user_mcp_client", (o, services) => new PerUserMcpGroup(o, () => Connection(o, services), Time(services)))
            .AddToolGroup<A2AClientOptions>("a2a_client", (o, services) => new AgentTools(o, new AgentClient(o, Credentials(o.AuthProvider, services), Time(services)), Time(services)))
            .AddTool<ToolWrapperOptions>("mcp_tool_wrapper", (o, services) => new McpToolWrapper(o, Connection(Group(o), services)))
            .AddAuthentication<ApiKeyOptions>("api_key", (o, _) => HeaderAuthentication.Of(o))
            .AddAuthentication<HttpBasicOptions>("http_basic", (o, _) => HeaderAuthentication.Of(o))
            .AddAuthentication<ServiceAccountOptions>("mcp_service_account", (o, services) => new ServiceAccountAuthentication(o, new HttpClient(), Time(services)))
            .AddAuthentication<AuthCodeOptions>("oauth2_auth_code_flow", (o, services) => new AuthCodeAuthentication(o, new HttpClient(), Time(services), url => Log(services, url)))
            .AddAuthentication<OAuthOptions>("mcp_oauth2", (o, services) => new BrowserAuthentication(o, url => Log(services, url)));
    }

    private static McpGroupOptions Group(ToolWrapperOptions options) => new()
    {
        Server = new McpEndpointOptions { Transport = options.Url!.TrimEnd('/').EndsWith("/sse", StringComparison.Ordinal) ? McpEndpointOptions.Sse : McpEndpointOptions.Http, Url = options.Url },
    };

    private static McpConnection Connection(McpGroupOptions options, IServiceProvider services) =>
        new(options, Credentials(options.Server.AuthProvider, services), Time(services), services.GetService(typeof(ILoggerFactory)) as ILoggerFactory);

    private static IAuthentication? Credentials(AuthenticationRef? name, IServiceProvider services) =>
        name is { Name.Length: > 0 } given ? ((IHubComponents)services.GetService(typeof(IHubComponents))!).Authentication(given.Name) : null;

    private static TimeProvider Time(IServiceProvider services) => services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;

    private static void Log(IServiceProvider services, string url) =>
        (services.GetService(typeof(ILoggerFactory)) as ILoggerFactory)?.CreateLogger("Hub.Remote").LogWarning("Open this address in a browser of this machine to let the hub in: {Url}", url);
}
