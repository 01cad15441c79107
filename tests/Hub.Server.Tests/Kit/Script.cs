using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Kit;

/// <summary>A model that does what a function says, in words of three tokens read and as many written as the reply has words.</summary>
internal sealed class Script(Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatMessage>> reply) : IChatClient
{
    public static Script Says(params string[] replies)
    {
        var next = -1;
        return new Script((_, _, _) => Task.FromResult(new ChatMessage(ChatRole.Assistant, replies[Interlocked.Increment(ref next) % replies.Length])));
    }

    public static Script Hangs() => new(async (_, _, cancelled) =>
    {
        await Task.Delay(Timeout.Infinite, cancelled);
        return new ChatMessage();
    });

    public ChatOptions? Asked { get; private set; }

    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (Asked, Messages) = (options, [.. messages]);
        var message = await reply(Messages, options, cancellationToken);
        var words = message.Text.Split(' ');
        for (var i = 0; i < words.Length && message.Text.Length > 0; i++)
            yield return new ChatResponseUpdate(ChatRole.Assistant, i == 0 ? words[i] : $" {words[i]}");
        var calls = message.Contents.OfType<FunctionCallContent>().ToArray();
        var usage = new UsageDetails { InputTokenCount = 3, OutputTokenCount = words.Length, TotalTokenCount = 3 + words.Length };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls, new UsageContent(usage)])
        {
            FinishReason = calls.Length > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
