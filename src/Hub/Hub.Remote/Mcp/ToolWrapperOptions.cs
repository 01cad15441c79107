using System.ComponentModel.DataAnnotations;

namespace Hub.Remote.Mcp;

/// <summary>Options of <c>mcp_tool_wrapper</c>, of AIQToolkit 1.0 and 1.1: one tool of one server.</summary>
public sealed class ToolWrapperOptions
{
    /// <summary>Address of the server; one that ends in <c>/sse</c> speaks the older transport.</summary>
    [Required(AllowEmptyStrings = true)]
    public string? Url { get; set; }

    /// <summary>The tool's name there.</summary>
    [Required(AllowEmptyStrings = true)]
    public string? McpToolName { get; set; }

    /// <summary>The description that models read; null for the server's.</summary>
    public string? Description { get; set; }

    /// <summary>Whether a failure is the tool's result, in words, rather than a failure of the call.</summary>
    public bool ReturnException { get; set; } = true;
}
