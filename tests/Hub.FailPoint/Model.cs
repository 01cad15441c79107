using Microsoft.Extensions.AI;

namespace Hub.FailPoint;

/// <summary>A model that knows its lines.</summary>
/// <param name="lines">Its reply to a conversation.</param>
/// <param name="delay">How long it thinks.</param>
internal sealed class Model(Func<IReadOnlyList<ChatMessage>, ChatMessage> lines, TimeSpan delay) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, cancellationToken);
        return new ChatResponse(lines([.. messages])) { Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 } };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
