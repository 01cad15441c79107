using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary><c>/mcp/client/tool/list</c>: which tools of other servers the workflow has, and whether they are there just now.</summary>
/// <remarks>Source: the toolkit's <c>docs/source/build-workflows/mcp-client.md</c>.</remarks>
internal sealed class McpClientRoutes(IHub hub)
{
    /// <summary><c>GET /mcp/client/tool/list</c>.</summary>
    public Task ListAsync(HttpContext http) => AnswerAsync(http, isPerUser: false);

    /// <summary><c>GET /mcp/client/tool/list/per_user?user_id=</c>: the same with the sessions of one user.</summary>
    /// <remarks>Whose they are is what the request shows; <c>user_id</c> may say it where nobody is asked to prove who they are.</remarks>
    public Task ListForUserAsync(HttpContext http)
    {
        var caller = Caller.Of(http);
        var named = http.Request.Query["user_id"].FirstOrDefault() is { Length: > 0 } said ? said : null;
        if (caller.IsVerified && named is not null && named != caller.UserId)
            throw new RequestException(StatusCodes.Status403Forbidden, "Your key or token is another user's.");
        CallerIdentity.Current = new CallerIdentity(caller.Tenant, caller.IsVerified ? caller.UserId : named ?? caller.UserId, null);
        return AnswerAsync(http, isPerUser: true);
    }

    private async Task AnswerAsync(HttpContext http, bool isPerUser)
    {
        var clients = await hub.UseAsync(async components =>
        {
            List<McpClientState> found = [];
            foreach (var (name, group) in components.RemoteTools.OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                if ((isPerUser || !group.IsPerUser) && await group.StateAsync(http.RequestAborted) is { } state)
                    found.Add(Of(name, state, Configured(components, name, group)));
            }

            return found;
        });
        await http.Response.WriteAsJsonAsync(new { mcp_clients = clients }, Wire.Options, http.RequestAborted);
    }

    /// <summary>The group's tools as the workflow has them; none where its server never answered.</summary>
    private static IEnumerable<HubFunction> Configured(IHubComponents components, string name, IRemoteTools group) =>
        group.IsConnected ? components.Tools(name).Select(HubFunction.Of) : [];

    private static McpClientState Of(string name, RemoteToolsState state, IEnumerable<HubFunction> configured)
    {
        McpToolState[] tools = [.. configured.Select(t => (Tool: t, Name: t.Name.StartsWith($"{name}__", StringComparison.Ordinal) ? t.Name[(name.Length + 2)..] : t.Name))
            .OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new McpToolState(t.Name, t.Tool.Description, state.Server, state.Available.Contains(t.Name)))];
        return new McpClientState(name, state.Server, state.Transport, state.IsHealthy, state.IsProtected, tools, tools.Length, tools.Count(t => t.Available));
    }

    private sealed record McpClientState(
        string FunctionGroup, string Server, string Transport, bool SessionHealthy, bool Protected, IReadOnlyList<McpToolState> Tools, int TotalTools, int AvailableTools);

    private sealed record McpToolState(string Name, string Description, string Server, bool Available);
}
