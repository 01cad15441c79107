using System.ComponentModel.DataAnnotations;

namespace Hub.Hosting.Models;

/// <summary>Options of <c>openai</c> and of everything that speaks its protocol.</summary>
public class OpenAIOptions : LlmOptions
{
    /// <summary>The key; null for the environment variable <c>OPENAI_API_KEY</c>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Where the provider is; null for <c>OPENAI_BASE_URL</c>, or OpenAI itself.</summary>
    public virtual string? BaseUrl { get; set; }

    /// <summary>Which of the provider's interfaces to use: <c>chat_completion</c>.</summary>
    /// <value>The default is <c>chat_completion</c>.</value>
    public string ApiType { get; set; } = "chat_completion";

    /// <summary>Whether failed requests are sent again.</summary>
    /// <value>The default is true.</value>
    public bool DoAutoRetry { get; set; } = true;

    /// <summary>How often a failed request is sent again.</summary>
    /// <value>The default is 5.</value>
    [Range(0, 100)]
    public int NumRetries { get; set; } = 5;

    /// <summary>How often a failed request is sent again where <see cref="DoAutoRetry"/> is false; null for never.</summary>
    [Range(0, 100)]
    public int? MaxRetries { get; set; }

    /// <summary>HTTP statuses after which a request is sent again.</summary>
    /// <value>The default is 429, 500, 502, 503 and 504.</value>
    public IReadOnlyList<int> RetryOnStatusCodes { get; set; } = [429, 500, 502, 503, 504];

    /// <summary>Parts of error messages after which a request is sent again, whatever its status.</summary>
    public IReadOnlyList<string>? RetryOnErrors { get; set; }

    /// <summary>The longest time for one attempt; null for 100 seconds.</summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>Whether a Nemotron model thinks before it answers; null to leave it as it is.</summary>
    public bool? Thinking { get; set; }

    /// <summary>Accepted, as workflow files write it; certificates are always verified.</summary>
    public bool VerifySsl { get; set; } = true;
}
