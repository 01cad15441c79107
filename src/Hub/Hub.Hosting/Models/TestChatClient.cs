using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Hosting.Models;

/// <summary>Replies from a list, in turn.</summary>
internal sealed class TestChatClient(TestLlmOptions options, TimeProvider time) : IChatClient
{
    private int _next = -1;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default)
    {
        if (options.DelayMs > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(options.DelayMs), time, cancellationToken);
        var replies = options.ResponseSeq;
        var text = replies.Count == 0 ? "" : replies[(int)((uint)Interlocked.Increment(ref _next) % (uint)replies.Count)];
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop, ModelId = "nat_test_llm" };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, chat, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
