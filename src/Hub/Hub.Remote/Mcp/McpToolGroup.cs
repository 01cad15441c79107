using System.Collections;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Remote.Mcp;

/// <summary>The tools of a server as a group that connects when a run first needs it.</summary>
internal sealed class McpToolGroup(McpConnection connection) : IRemoteTools, IDisposable
{
    private IReadOnlyList<AIFunction>? _tools;

    public bool IsConnected => _tools is not null;

    public int Count => Tools.Count;

    public AIFunction this[int index] => Tools[index];

    private IReadOnlyList<AIFunction> Tools => _tools ?? throw new InvalidOperationException($"{connection.Name} was not asked yet: call Connect.");

    public void Connect() => _tools = Blocking.Run(() => connection.ToolsAsync(CancellationToken.None));

    public async Task<RemoteToolsState?> StateAsync(CancellationToken cancellationToken)
    {
        try
        {
            _tools = await connection.ToolsAsync(cancellationToken);
            return connection.State([.. _tools.Select(t => t.Name)], isHealthy: true);
        }
        catch (HubException)
        {
            return connection.State([], isHealthy: false); // that it cannot be reached is the answer
        }
    }

    public IEnumerator<AIFunction> GetEnumerator() => Tools.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => Blocking.Run(async () =>
    {
        await connection.DisposeAsync();
        return true;
    });
}
