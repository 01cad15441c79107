namespace Hub.Remote.Mcp;

/// <summary>Another name or description for a tool of a server.</summary>
public sealed class ToolOverrideOptions
{
    /// <summary>The name that it has here; null to keep its own.</summary>
    public string? Alias { get; set; }

    /// <summary>The description that models read; null to keep its own.</summary>
    public string? Description { get; set; }
}
