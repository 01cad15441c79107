#pragma warning disable MCP9005
using System.Runtime.CompilerServices;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Server;

namespace Hub.Remote.Mcp;

/// <summary>Asks the model of the client that called (<c>sampling/createMessage</c>): a workflow then needs no model of its own.</summary>
/// <remarks>Source: https://modelcontextprotocol.io/specification/2025-11-25/client/sampling. Thread safety: all members.</remarks>
internal sealed class SamplingChatClient(SamplingOptions options) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default)
    {
        var asked = chatOptions?.Clone() ?? new ChatOptions();
        asked.MaxOutputTokens ??= options.MaxTokens;
        asked.Temperature ??= (float?)options.Temperature;
        return Caller().AsSamplingChatClient(HubJson.Options).GetResponseAsync(messages, asked, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, chatOptions, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Nothing is held.
    }

    private static McpServer Caller() => McpCaller.Current switch
    {
        null => throw new HubException("'mcp_sampling' asks the model of the client that called over the Model Context Protocol, and none did. Call the workflow from such a client, or name another model with --llm."),
        { ClientCapabilities.Sampling: null } => throw new HubException("The client that called offers no sampling. Use one that does, or name another model with --llm."),
        var caller => caller,
    };
}
