using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Hub.Server;

/// <summary>The toolkit's <c>general.front_end</c> of the type <c>fastapi</c>, as far as it concerns this server.</summary>
/// <remarks>Keys without meaning here (workers, Dask) are accepted and have no effect.</remarks>
public sealed class FrontEndOptions
{
    internal const string Aiq1 = "aiq1";

    private const int MaxReconnectSeconds = 3600;

    /// <summary>Kinds of credentials that a person gives in a browser.</summary>
    private static readonly string[] s_asking = ["oauth2_auth_code_flow", "mcp_oauth2"];

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>Address to listen on; null where the file does not say.</summary>
    public string? Host { get; set; }

    /// <summary>Port to listen on; null where the file does not say.</summary>
    public int? Port { get; set; }

    /// <summary>Prefix of all paths.</summary>
    public string RootPath { get; set; } = "";

    /// <summary>Whether the routes without a version (<c>/generate</c>, <c>/chat</c>) are missing.</summary>
    public bool DisableLegacyRoutes { get; set; }

    /// <summary>Whether chat completions, too, answer with 202 where a run waits for a person. The routes with a version always do, those without never.</summary>
    public bool EnableInteractiveExtensions { get; set; }

    /// <summary><c>aiq1</c>: streams and chats as AIQ Toolkit 1.0 and 1.1 wrote them. Clients may also ask for it with <c>X-Hub-Compat: aiq1</c>.</summary>
    public string? Compat { get; set; }

    /// <summary>Seconds for which a run goes on after its stream broke, for the client to come back with <c>Last-Event-ID</c>; 0 (the default) cancels it at once.</summary>
    public int ReconnectSeconds { get; set; }

    /// <summary>Async jobs under way at once; further ones wait as <c>submitted</c>.</summary>
    /// <value>The default is 10, as the toolkit's.</value>
    public int MaxRunningAsyncJobs { get; set; } = 10;

    /// <summary>Object store behind <c>/static</c>; null for no such route.</summary>
    public string? ObjectStore { get; set; }

    /// <summary>Keys and whose they are.</summary>
    public IReadOnlyList<ApiClient> Clients { get; set; } = [];

    /// <summary>Tokens that are taken in place of keys; null for none.</summary>
    public JwtOptions? Jwt { get; set; }

    /// <summary>Requests a minute for one key, or one user where there are no keys; 0 for any number.</summary>
    public int RequestsPerMinute { get; set; }

    /// <summary>Requests at once for one key, or one user where there are no keys; 0 for any number.</summary>
    public int MaxConcurrentRequests { get; set; }

    /// <summary>Certificate for TLS, in PEM; null to serve plain HTTP.</summary>
    public string? SslCertfile { get; set; }

    /// <summary>The certificate's private key, in PEM; null where it stands in the same file.</summary>
    public string? SslKeyfile { get; set; }

    /// <summary>Whether <c>/monitor/users</c> is there: <c>general.enable_per_user_monitoring</c>.</summary>
    [JsonIgnore]
    public bool EnablePerUserMonitoring { get; set; }

    /// <summary>How long a user without requests counts as active: <c>general.per_user_workflow_timeout</c>.</summary>
    /// <value>The default is 30 minutes.</value>
    [JsonIgnore]
    public TimeSpan PerUserWorkflowTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Routes of the workflow.</summary>
    public ServedEndpoint Workflow { get; set; } = new()
    {
        Path = "/v1/workflow",
        OpenaiApiPath = "/v1/chat",
        OpenaiApiV1Path = "/v1/chat/completions",
        WebsocketPath = "/websocket",
        LegacyPath = "/generate",
        LegacyOpenaiApiPath = "/chat",
    };

    /// <summary>Route that evaluates the workflow over a dataset, as a job.</summary>
    public ServedEndpoint Evaluate { get; set; } = new() { Path = "/evaluate" };

    /// <summary>Route that scores one answer.</summary>
    public ServedEndpoint EvaluateItem { get; set; } = new() { Path = "/evaluate/item" };

    /// <summary>Further routes, each for a function of the file.</summary>
    public IReadOnlyList<ServedEndpoint> Endpoints { get; set; } = [];

    /// <summary>Where browsers come back to that were sent away to authorize something; empty for no such route.</summary>
    /// <value>The default is <c>/auth/redirect</c>.</value>
    public string Oauth2CallbackPath { get; set; } = "/auth/redirect";

    /// <summary>Whether a run may need a person to authorize something in a browser: the file has credentials of such a kind.</summary>
    [JsonIgnore]
    public bool AsksForAuthorization { get; set; }

    /// <summary>Which pages of other origins may call.</summary>
    public CrossOriginOptions Cors { get; set; } = new();

    /// <summary>Which steps a stream shows.</summary>
    public StepAdaptorOptions StepAdaptor { get; set; } = new();

    /// <summary>Reads the section of a workflow file.</summary>
    /// <param name="configuration">The whole file as JSON.</param>
    /// <exception cref="HubException">A key has a value of the wrong kind.</exception>
    public static FrontEndOptions From(JsonElement configuration)
    {
        var asks = configuration.TryGetProperty("authentication", out var credentials) && credentials.ValueKind == JsonValueKind.Object
            && credentials.EnumerateObject().Any(c => c.Value.ValueKind == JsonValueKind.Object && c.Value.TryGetProperty("_type", out var type) && s_asking.Contains(type.ToString()));
        if (!configuration.TryGetProperty("general", out var general) || general.ValueKind != JsonValueKind.Object)
            return new FrontEndOptions { AsksForAuthorization = asks };
        try
        {
            var options = general.TryGetProperty("front_end", out var section) && section.ValueKind == JsonValueKind.Object
                ? section.Deserialize<FrontEndOptions>(s_json)!
                : new FrontEndOptions();
            options.AsksForAuthorization = asks;
            foreach (var client in options.Clients)
                client.ApiKey = EnvironmentText.Resolve(client.ApiKey, "general.front_end.clients[].api_key");
            options.EnablePerUserMonitoring = general.TryGetProperty("enable_per_user_monitoring", out var monitored) && monitored.Deserialize<bool>(s_json);
            if (general.TryGetProperty("per_user_workflow_timeout", out var timeout))
                options.PerUserWorkflowTimeout = TimeSpan.FromSeconds(timeout.Deserialize<double>(s_json));
            return options.Checked();
        }
        catch (JsonException wrong)
        {
            throw new HubException($"general.front_end{wrong.Path?.TrimStart('$')}: the value is of the wrong kind. {wrong.Message}", wrong);
        }
    }

    private FrontEndOptions Checked()
    {
        if (Compat is not (null or "" or Aiq1))
            throw new HubException($"general.front_end.compat is '{Compat}'; '{Aiq1}' is needed, or no such key.");
        if (ReconnectSeconds is < 0 or > MaxReconnectSeconds)
            throw new HubException($"general.front_end.reconnect_seconds is {ReconnectSeconds}; 0 to {MaxReconnectSeconds} is needed.");
        if (MaxRunningAsyncJobs < 1)
            throw new HubException($"general.front_end.max_running_async_jobs is {MaxRunningAsyncJobs}; at least 1 is needed.");
        return this;
    }
}
