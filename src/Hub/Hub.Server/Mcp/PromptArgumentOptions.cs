namespace Hub.Server.Mcp;

/// <summary>What a client fills into a prompt.</summary>
public sealed class PromptArgumentOptions
{
    /// <summary>What it stands for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether a client must give it.</summary>
    public bool Required { get; set; }

    /// <summary>Values that are suggested while somebody types.</summary>
    public IReadOnlyList<string> Values { get; set; } = [];
}
