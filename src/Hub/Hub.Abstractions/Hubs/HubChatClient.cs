using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A reasoner of a hub as a model: each call is a run.</summary>
internal sealed class HubChatClient(IHub hub, string reasoner) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("hub", providerUri: null, reasoner);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var handle = Start(messages, options);
        await using var registration = cancellationToken.Register(handle.Cancel);
        return Answer(await handle.Completion, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var handle = Start(messages, options);
        await using var registration = cancellationToken.Register(handle.Cancel);
        var said = "";
        await foreach (var part in handle.AnswerPartsAsync(cancellationToken))
        {
            said += part;
            yield return new ChatResponseUpdate(ChatRole.Assistant, part) { ModelId = reasoner, ResponseId = handle.RunId };
        }

        foreach (var update in Answer(await handle.Completion, cancellationToken).ToChatResponseUpdates())
        {
            // What went out in parts does not go out again; calls, usage and the reason for the end do.
            update.Contents = [.. update.Contents.Where(c => c is not TextContent || said.Length == 0)];
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType == typeof(IHub) ? hub
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The hub is its owner's.
    }

    private IRunHandle Start(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        hub.Start(reasoner, new ReasonerRequest([.. messages], options), new RunOptions { Seed = options?.Seed, ConversationId = options?.ConversationId });

    private ChatResponse Answer(RunResult result, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (result is not { Status: RunStatus.Completed, Response: { } response })
            throw new RunFailedException(result);
        response.ModelId ??= reasoner;
        response.ResponseId ??= result.RunId;
        response.Usage ??= result.Usage;
        return response;
    }
}
