using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Hosting.Models;

/// <summary>Options of the embedders <c>openai</c>, <c>nim</c> and <c>azure_openai</c>.</summary>
public class EmbedderOptions
{
    /// <summary>Name of the model at the provider; Azure's <c>azure_deployment</c>.</summary>
    [ConfigKey("model_name", "model", "azure_deployment")]
    [Required]
    public string? Model { get; set; }

    /// <summary>The key; null for the provider's environment variable.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Where the provider is; null for its environment variable, or the provider itself.</summary>
    [ConfigKey("base_url", "azure_endpoint")]
    public string? BaseUrl { get; set; }

    /// <summary>Length of the vectors; null for the model's own.</summary>
    [Range(1, 100_000)]
    public int? Dimensions { get; set; }

    /// <summary>Accepted, as workflow files write it: the interface used here has no versions.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>Whether failed requests are sent again.</summary>
    public bool DoAutoRetry { get; set; } = true;

    /// <summary>How often a failed request is sent again.</summary>
    [Range(0, 100)]
    public int NumRetries { get; set; } = 5;

    /// <summary>HTTP statuses after which a request is sent again.</summary>
    public IReadOnlyList<int> RetryOnStatusCodes { get; set; } = [429, 500, 502, 503, 504];

    /// <summary>Parts of error messages after which a request is sent again, whatever its status.</summary>
    public IReadOnlyList<string>? RetryOnErrors { get; set; }

    /// <summary>The longest time for one attempt; null for 100 seconds.</summary>
    public TimeSpan? RequestTimeout { get; set; }
}
