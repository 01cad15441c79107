using Microsoft.Extensions.AI;

namespace Reasoners.Tests.Support;

/// <summary>A model that replies by a script and remembers what it was sent.</summary>
internal sealed class ScriptedChatClient(Func<IReadOnlyList<ChatMessage>, int, ChatResponse> script) : IChatClient
{
    private readonly Lock _lock = new();
    private readonly List<ScriptedCall> _calls = [];

    /// <summary>What it was sent, call by call.</summary>
    public IReadOnlyList<ScriptedCall> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    /// <summary>Replies with these texts in turn; a call too many is an error.</summary>
    public static ScriptedChatClient Of(params string[] replies) => Of([.. replies.Select(Text)]);

    /// <summary>Replies with these responses in turn; a call too many is an error.</summary>
    public static ScriptedChatClient Of(params ChatResponse[] replies) => new((_, call) => call < replies.Length
        ? replies[call]
        : throw new InvalidOperationException($"The script has {replies.Length} replies; call {call + 1} came."));

    public static ChatResponse Text(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };

    /// <summary>A reply of native tool calls.</summary>
    public static ChatResponse ToolCalls(params (string Id, string Name, Dictionary<string, object?> Arguments)[] calls) =>
        new(new ChatMessage(ChatRole.Assistant, [.. calls.Select(AIContent (c) => new FunctionCallContent(c.Id, c.Name, c.Arguments))]))
        {
            FinishReason = ChatFinishReason.ToolCalls,
        };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        int number;
        lock (_lock)
        {
            number = _calls.Count;
            _calls.Add(new ScriptedCall(sent, options));
        }

        return Task.FromResult(script(sent, number));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Nothing is held.
    }
}

/// <summary>One call of a scripted model.</summary>
internal sealed record ScriptedCall(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>Words between white space in all messages: a model's prompt tokens, in a vocabulary of words.</summary>
    public int Words => Messages.Sum(m => m.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
}
