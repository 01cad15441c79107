using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A group of tools that another server has: which they are is known once it has answered.</summary>
public interface IRemoteTools : IReadOnlyList<AIFunction>
{
    /// <summary>Whether the server has answered. Until then the list may not be read.</summary>
    bool IsConnected { get; }

    /// <summary>Waits for the server. The hub calls it when a run first needs the group, and again where it failed.</summary>
    /// <exception cref="HubException">The server cannot be reached, or has no such tools.</exception>
    void Connect();

    /// <summary>Whether each user has tools of their own: what the list holds then depends on <see cref="CallerIdentity.Current"/>, and may not be kept.</summary>
    bool IsPerUser => false;

    /// <summary>Asks the server how it stands; null for a group that has nothing to say of itself.</summary>
    /// <param name="cancellationToken">Cancels the asking.</param>
    Task<RemoteToolsState?> StateAsync(CancellationToken cancellationToken) => Task.FromResult<RemoteToolsState?>(null);
}
