using Microsoft.Extensions.AI;

namespace Runs.Benchmarks;

/// <summary>A model that asks for the tool a fixed number of times and then answers; it costs next to nothing.</summary>
/// <remarks>Both sides of the comparison use it; it looks at the length of the conversation only, so its cost does not grow.</remarks>
internal sealed class ScriptedModel(int calls) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var turn = ((messages as IReadOnlyCollection<ChatMessage>)?.Count ?? messages.Count()) / 2;
        return Task.FromResult(new ChatResponse(turn < calls
            ? new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call{turn}", "look", new Dictionary<string, object?> { ["step"] = turn })])
            : new ChatMessage(ChatRole.Assistant, "done")));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
