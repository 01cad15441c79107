using ModelContextProtocol.Server;

namespace Hub.Remote.Mcp;

/// <summary>The client whose request is being served, for as long as its run goes on in this process.</summary>
/// <remarks>It follows the flow of control, so that the runs of several clients do not see each other's.</remarks>
public static class McpCaller
{
    private static readonly AsyncLocal<McpServer?> s_current = new();

    /// <summary>The session with that client; null where no client of the Model Context Protocol asked.</summary>
    public static McpServer? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }
}
