using System.ComponentModel.DataAnnotations;

namespace Hub.Remote.Mcp;

/// <summary>Options of <c>mcp_sampling</c>: the model of the client that called the hub.</summary>
public sealed class SamplingOptions
{
    /// <summary>The most tokens of an answer, where the request does not say.</summary>
    /// <value>The default is 1024.</value>
    [Range(1, 1_000_000)]
    public int MaxTokens { get; set; } = 1024;

    /// <summary>Temperature, where the request does not say; null leaves it to the client.</summary>
    [Range(0.0, 2.0)]
    public double? Temperature { get; set; }
}
