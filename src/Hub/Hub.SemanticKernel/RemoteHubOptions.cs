namespace Hub.SemanticKernel;

/// <summary>How a served hub is reached.</summary>
public sealed class RemoteHubOptions
{
    /// <summary>Key to show; null where the hub asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>HTTP client to use; it stays its owner's. Null for one of the OpenAI client.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>How long an answer may take.</summary>
    /// <value>The default is ten minutes, as long as a served run may take.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Name of the plugin that holds the reasoners.</summary>
    /// <value>The default is <c>hub</c>.</value>
    public string PluginName { get; set; } = HubKernelExtensions.PluginName;
}
