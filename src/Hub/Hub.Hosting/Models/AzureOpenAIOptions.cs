using Hub.Abstractions;

namespace Hub.Hosting.Models;

/// <summary>Options of <c>azure_openai</c>: the resource's OpenAI-compatible interface.</summary>
public sealed class AzureOpenAIOptions : OpenAIOptions
{
    /// <summary>Address of the resource; null for <c>AZURE_OPENAI_ENDPOINT</c>.</summary>
    [ConfigKey("azure_endpoint", "endpoint")]
    public string? AzureEndpoint { get; set; }

    /// <summary>Name of the deployment, where it is not the model's.</summary>
    [ConfigKey("azure_deployment", "deployment")]
    public string? AzureDeployment { get; set; }

    /// <summary>Version of the interface; null for the current one.</summary>
    public string? ApiVersion { get; set; }
}
