using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Hosting.Models;

/// <summary>Options of <c>azure_openai</c>: the resource's OpenAI-compatible interface.</summary>
public sealed class AzureOpenAIOptions : OpenAIOptions
{
    /// <summary>Name of the deployment.</summary>
    [ConfigKey("azure_deployment", "model_name", "model")]
    [Required]
    public override string? Model { get; set; }

    /// <summary>Address of the resource; null for <c>AZURE_OPENAI_ENDPOINT</c>.</summary>
    [ConfigKey("azure_endpoint", "base_url")]
    public override string? BaseUrl { get; set; }

    /// <summary>Accepted, as workflow files write it: the interface used here has no versions.</summary>
    public string? ApiVersion { get; set; }
}
