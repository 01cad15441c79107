using Hub.Core.Plugins;
using Hub.Dashboard;
using Hub.Server.A2A;
using Hub.Server.Mcp;
using Hub.Workflows;
using Hub.Workflows.Catalog;
using Microsoft.AspNetCore.Routing;

namespace Hub.Server;

/// <summary>Where and how a hub is served.</summary>
public sealed class HubServerOptions
{
    /// <summary>Address to listen on. Anything but loopback needs <see cref="ApiKeys"/>.</summary>
    /// <value>The default is <c>localhost</c>.</value>
    public string Host { get; set; } = "localhost";

    /// <summary>Port to listen on, 0 to 65535; 0 for a free one.</summary>
    /// <value>The default is 8000.</value>
    public int Port { get; set; } = 8000;

    /// <summary>Keys of which a client must show one, as <c>Authorization: Bearer KEY</c> or <c>X-API-Key: KEY</c>; empty for none.</summary>
    public IReadOnlyList<string> ApiKeys { get; set; } = [];

    /// <summary>Further keys, each with the tenant that it belongs to.</summary>
    public IReadOnlyList<ApiClient> Clients { get; set; } = [];

    /// <summary>Whether keys or tokens tell tenants apart, so that not everybody who asks may see or change what is everybody's.</summary>
    public bool HasTenants => FrontEnd.Jwt is not null || Clients.Concat(FrontEnd.Clients).Any(c => c.ApiKey.Length > 0 && c.Tenant is not null);

    /// <summary>Key for reloading and removing plugins; null: nobody may.</summary>
    public string? AdminKey { get; set; }

    /// <summary>Plugins that may be administered; null for none. They stay the caller's.</summary>
    public PluginHost? Plugins { get; set; }

    /// <summary>Component types that a workflow file may name, for the dashboard; null where the host does not say.</summary>
    public Func<IReadOnlyList<ComponentDescription>>? Components { get; set; }

    /// <summary>Name of the workflow among the models.</summary>
    /// <value>The default is <c>workflow</c>.</value>
    public string WorkflowName { get; set; } = "workflow";

    /// <summary>What the workflow file says under <c>general.front_end</c>.</summary>
    public FrontEndOptions FrontEnd { get; set; } = new();

    /// <summary>What the hub offers over the Model Context Protocol.</summary>
    public McpOptions Mcp { get; set; } = new();

    /// <summary>What the hub is as an agent of the Agent2Agent protocol.</summary>
    public AgentOptions Agent { get; set; } = new();

    /// <summary>What is served.</summary>
    public ServedSurface Surface { get; set; } = ServedSurface.Everything;

    /// <summary>Further pages of the dashboard.</summary>
    public IReadOnlyList<DashboardPanel> Panels { get; set; } = [];

    /// <summary>Maps further routes, below the root path; they ask for the key that others ask for. Null for none.</summary>
    public Action<IEndpointRouteBuilder>? Routes { get; set; }

    /// <summary>Runs under way at once, at least 1.</summary>
    /// <value>The default is 64.</value>
    public int MaxConcurrentRuns { get; set; } = 64;

    /// <summary>Requests that may wait for a run to end; one more gets 429.</summary>
    /// <value>The default is 512.</value>
    public int MaxQueuedRequests { get; set; } = 512;

    /// <summary>Most bytes of a request's body.</summary>
    /// <value>The default is 16 MiB.</value>
    public long MaxRequestBytes { get; set; } = 16 << 20;

    /// <summary>The longest that one request's run may take; it is then cancelled.</summary>
    /// <value>The default is 10 minutes.</value>
    public TimeSpan RunTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Reads an evaluation file and makes its evaluators, for <c>/evaluate</c>; null where evaluations cannot be asked for.</summary>
    public Func<string, EvaluationParts>? EvaluationParts { get; set; }

    /// <summary>Folders in and under which a client may name evaluation files.</summary>
    /// <value>The default is the current one.</value>
    public IReadOnlyList<string> EvaluationRoots { get; set; } = ["."];

    /// <summary>Where traces, metrics and logs go.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
