using System.ComponentModel.DataAnnotations;

namespace Hub.Remote.Mcp;

/// <summary>Options of <c>mcp_client</c> and <c>per_user_mcp_client</c>: the tools of a server of the Model Context Protocol as a function group.</summary>
/// <remarks>The server is asked when a run first needs the group, not when the file is read.</remarks>
public sealed class McpGroupOptions
{
    /// <summary>Where the server is. It must be given.</summary>
    public McpEndpointOptions Server { get; set; } = new();

    /// <summary>Other names and descriptions, by the server's own names.</summary>
    public IReadOnlyDictionary<string, ToolOverrideOptions> ToolOverrides { get; set; } = new Dictionary<string, ToolOverrideOptions>();

    /// <summary>The longest that one call may take, in seconds.</summary>
    /// <value>The default is 60.</value>
    [Range(0.001, 86_400)]
    public double ToolCallTimeout { get; set; } = 60;

    /// <summary>The longest that connecting may take where a person must allow it, in seconds.</summary>
    /// <value>The default is 300.</value>
    [Range(1, 86_400)]
    public double AuthFlowTimeout { get; set; } = 300;

    /// <summary>Whether a lost connection is made again.</summary>
    public bool ReconnectEnabled { get; set; } = true;

    /// <summary>How often, at most, for one call.</summary>
    /// <value>The default is 2.</value>
    [Range(0, 100)]
    public int ReconnectMaxAttempts { get; set; } = 2;

    /// <summary>Seconds before the first attempt; each further one waits twice as long.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.0, 3600.0)]
    public double ReconnectInitialBackoff { get; set; } = 0.5;

    /// <summary>The most seconds before an attempt.</summary>
    /// <value>The default is 50.</value>
    [Range(0.0, 3600.0)]
    public double ReconnectMaxBackoff { get; set; } = 50;

    /// <summary>The revision of the protocol to speak, such as <c>2025-11-25</c>; null for the newest that both know.</summary>
    public string? ProtocolVersion { get; set; }

    /// <summary>Accepted and without effect: a hub has one session with a server.</summary>
    public bool SessionAwareTools { get; set; } = true;

    /// <summary>Of <c>per_user_mcp_client</c>: the most users with a session at once.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 100_000)]
    public int MaxSessions { get; set; } = 100;

    /// <summary>Of <c>per_user_mcp_client</c>: seconds after which a session that nobody used may be closed.</summary>
    /// <value>The default is an hour.</value>
    [Range(0.001, 86_400_000)]
    public double SessionIdleTimeout { get; set; } = 3600;
}
