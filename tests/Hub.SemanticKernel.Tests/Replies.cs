using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.SemanticKernel.Tests;

/// <summary>A model that replies from a list and reports usage; a reply <c>call:NAME</c> calls that function.</summary>
internal sealed class Replies(params string[] texts) : IChatClient
{
    public const int TokensACall = 7;
    private const string Call = "call:";
    private int _next;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var text = texts[_next++ % texts.Length];
        if (text.StartsWith(Call, StringComparison.Ordinal))
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("c1", options!.Tools!.Single(t => t.Name.EndsWith(text[Call.Length..], StringComparison.Ordinal)).Name, new Dictionary<string, object?>())]);
        else
            yield return new ChatResponseUpdate(ChatRole.Assistant, text);
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = TokensACall - 2, OutputTokenCount = 2, TotalTokenCount = TokensACall })]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
