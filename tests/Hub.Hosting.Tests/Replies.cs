using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Hosting.Tests;

/// <summary>A model that replies from a list and reports usage.</summary>
internal sealed class Replies(params string[] texts) : IChatClient
{
    public const int TokensACall = 7;
    private int _next;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, texts[_next++]))
        {
            Usage = new UsageDetails { InputTokenCount = TokensACall - 2, OutputTokenCount = 2, TotalTokenCount = TokensACall },
        });

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
