using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Dashboard.Tests.Kit;

/// <summary>A model that does what a function says, word by word, and reports usage.</summary>
internal sealed class Script(Func<IReadOnlyList<ChatMessage>, string> reply) : IChatClient
{
    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Messages = [.. messages];
        var words = reply(Messages).Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, i == 0 ? words[i] : $" {words[i]}");
        }

        var usage = new UsageDetails { InputTokenCount = 120, OutputTokenCount = words.Length, TotalTokenCount = 120 + words.Length };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
