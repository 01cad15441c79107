using System.Collections;
using Hub.Abstractions;
using Hub.Remote.Auth;
using Microsoft.Extensions.AI;

namespace Hub.Remote.Mcp;

/// <summary>The tools of a server as a group in which each user has a connection, and so a session and credentials, of their own.</summary>
/// <remarks>
/// Which user: <see cref="CallerIdentity.Current"/>. Connections that nobody used for <see cref="McpGroupOptions.SessionIdleTimeout"/> are closed when another is
/// made; there are at most <see cref="McpGroupOptions.MaxSessions"/>. Thread safety: all members.
/// </remarks>
internal sealed class PerUserMcpGroup(McpGroupOptions options, Func<McpConnection> connect, TimeProvider time) : IRemoteTools, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string? Tenant, string User), McpToolGroup> _groups = [];
    private readonly Dictionary<McpToolGroup, long> _used = [];

    public bool IsPerUser => true;

    public bool IsConnected
    {
        get
        {
            lock (_lock)
                return Key(CallerIdentity.Current) is { } key && _groups.TryGetValue(key, out var group) && group.IsConnected;
        }
    }

    public int Count => Mine().Count;

    public AIFunction this[int index] => Mine()[index];

    /// <exception cref="HubException">Nobody said who the user is, the server cannot be reached, or too many users have sessions.</exception>
    public void Connect() => Mine().Connect();

    public Task<RemoteToolsState?> StateAsync(CancellationToken cancellationToken) => Mine().StateAsync(cancellationToken);

    public IEnumerator<AIFunction> GetEnumerator() => Mine().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        McpToolGroup[] all;
        lock (_lock)
        {
            all = [.. _groups.Values];
            _groups.Clear();
            _used.Clear();
        }

        foreach (var group in all)
            group.Dispose();
    }

    private McpToolGroup Mine()
    {
        var key = Key(CallerIdentity.Current) ?? throw new HubException("per_user_mcp_client: nobody said who the user is. Send the cookie nat-session, a bearer token or an X-API-Key of that user.");
        List<McpToolGroup> idle;
        McpToolGroup? mine;
        lock (_lock)
        {
            idle = [.. _used.Where(u => time.GetElapsedTime(u.Value).TotalSeconds > options.SessionIdleTimeout).Select(u => u.Key)];
            foreach (var group in idle)
            {
                _used.Remove(group);
                _groups.Remove(_groups.First(g => g.Value == group).Key);
            }

            if (!_groups.TryGetValue(key, out mine))
            {
                if (_groups.Count >= options.MaxSessions)
                    throw new HubException($"per_user_mcp_client: {options.MaxSessions} users have sessions with this server (max_sessions). Try again later.");
                _groups[key] = mine = new McpToolGroup(connect());
            }

            _used[mine] = time.GetTimestamp();
        }

        foreach (var group in idle)
            group.Dispose();
        return mine;
    }

    /// <summary>Whose connection it is; null where it must be known and is not. A hub that is not served has one user.</summary>
    private static (string? Tenant, string User)? Key(CallerIdentity? who) => who is null ? null
        : who.UserId is { } user ? (who.Tenant, user)
        : AuthorizationFlows.Current is null ? (who.Tenant, "") : null;
}
