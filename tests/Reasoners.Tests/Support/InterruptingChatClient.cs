using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Tests.Support;

/// <summary>Interrupts the run at one of its model calls; before and after that it asks the model behind it.</summary>
internal sealed class InterruptingChatClient(IChatClient model, int at) : DelegatingChatClient(model)
{
    private int _calls;

    /// <summary>The run to interrupt.</summary>
    public TaskCompletionSource<IRunHandle> Run { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _calls) == at + 1)
        {
            (await Run.Task).Interrupt();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return await base.GetResponseAsync(messages, options, cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }
}
