using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolTape;

/// <summary>A model that says what its script has, one reply after the other, from the start again at the end.</summary>
/// <remarks>Thread safety: all members; calls side by side take the next lines in the order in which they come.</remarks>
internal sealed class ScriptedModel(ScriptedOptions options) : IChatClient
{
    private int _next = -1;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = Interlocked.Increment(ref _next);
        var reply = options.Replies[turn % options.Replies.Count];
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [Content(reply, turn)])));
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
    }

    private static AIContent Content(JsonElement reply, int turn) => reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty("call", out var name)
        ? new FunctionCallContent($"call_{turn}", name.GetString()!, Arguments(reply))
        : new TextContent(reply.ValueKind == JsonValueKind.String ? reply.GetString() : reply.GetRawText());

    private static Dictionary<string, object?> Arguments(JsonElement reply) => reply.TryGetProperty("arguments", out var arguments)
        ? arguments.EnumerateObject().ToDictionary(a => a.Name, object? (a) => a.Value.Clone(), StringComparer.Ordinal)
        : [];
}
