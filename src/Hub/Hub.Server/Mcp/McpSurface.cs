#pragma warning disable MCP9005
using Hub.Abstractions;
using Hub.Server.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

/// <summary>Everything that the hub offers over the Model Context Protocol, whatever the transport.</summary>
internal sealed class McpSurface : IDisposable
{
    private readonly McpOptions _options;
    private readonly McpPrompts _prompts;
    private readonly McpResources _resources;
    private readonly McpCompletions _completions;
    private readonly McpSubscriptions _subscriptions;

    public McpSurface(IHub hub, ServedFunctions functions, HubServerOptions options)
    {
        _options = options.Mcp;
        Tools = new McpTools(hub, functions, options);
        _prompts = new McpPrompts(_options);
        _resources = new McpResources(hub, _options);
        _completions = new McpCompletions(hub, _options);
        _subscriptions = new McpSubscriptions(_resources, options.Time);
    }

    /// <summary>The functions.</summary>
    public McpTools Tools { get; }

    /// <summary>Says what a server has, and who answers what.</summary>
    public void Configure(McpServerOptions server)
    {
        server.ServerInfo = new Implementation { Name = _options.Name, Version = RunLogFormat.HubVersion };
        server.ServerInstructions = _options.Instructions;
        server.Capabilities = new ServerCapabilities
        {
            Tools = new ToolsCapability(),
            Prompts = new PromptsCapability(),
            Resources = new ResourcesCapability { Subscribe = true },
            Logging = new LoggingCapability(),
            Completions = new CompletionsCapability(),
        };
        server.Handlers.ListToolsHandler = Tools.ListAsync;
        server.Handlers.CallToolHandler = Tools.CallAsync;
        server.Handlers.ListPromptsHandler = _prompts.ListAsync;
        server.Handlers.GetPromptHandler = _prompts.GetAsync;
        server.Handlers.ListResourcesHandler = _resources.ListAsync;
        server.Handlers.ListResourceTemplatesHandler = _resources.TemplatesAsync;
        server.Handlers.ReadResourceHandler = _resources.ReadAsync;
        server.Handlers.SubscribeToResourcesHandler = _subscriptions.SubscribeAsync;
        server.Handlers.UnsubscribeFromResourcesHandler = _subscriptions.UnsubscribeAsync;
        server.Handlers.CompleteHandler = _completions.CompleteAsync;
    }

    public void Dispose() => _subscriptions.Dispose();
}
