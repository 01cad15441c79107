namespace Hub.Server;

/// <summary>What a server offers of a hub.</summary>
public enum ServedSurface
{
    /// <summary>All routes.</summary>
    Everything,

    /// <summary>The Model Context Protocol, <c>/health</c> and <c>/debug/tools/list</c>.</summary>
    Mcp,

    /// <summary>The Agent2Agent protocol, its card and <c>/health</c>.</summary>
    Agent,
}
