using Hub.Abstractions;

namespace McpConformance;

/// <summary>Options of <c>test_sampling</c>.</summary>
public sealed class SamplingToolOptions
{
    /// <summary>The model that is asked: the caller's, of the type <c>mcp_sampling</c>.</summary>
    [ConfigKey("llm_name")]
    public ModelRef Llm { get; set; }
}
