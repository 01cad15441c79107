using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Short ways to ask a hub.</summary>
public static class HubExtensions
{
    /// <summary>Asks the default reasoner and returns its answer's text.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="question">The question in words.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="RunFailedException">The run did not answer.</exception>
    public static async Task<string> AskAsync(this IHub hub, string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var result = await hub.RunAsync(hub.DefaultReasoner, question, cancellationToken);
        return result.Status == RunStatus.Completed ? result.Text : throw new RunFailedException(result);
    }

    /// <summary>Asks the default reasoner for an answer of a type: JSON that fits the type's schema, mended a few times at most.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="question">The question in words.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="RunFailedException">The run did not answer, or not in that shape: its failure is then an <c>AnswerFormatException</c>.</exception>
    public static async Task<T> AskAsync<T>(this IHub hub, string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var options = HubJson.For(typeof(T));
        var request = ReasonerRequest.From(question) with { Options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema<T>(options) } };
        var handle = hub.Start(hub.DefaultReasoner, request);
        await using var registration = cancellationToken.Register(handle.Cancel);
        var result = await handle.Completion;
        return result.Status == RunStatus.Completed
            ? System.Text.Json.JsonSerializer.Deserialize<T>(result.Text, options)!
            : throw new RunFailedException(result);
    }

    /// <summary>Runs a reasoner to its end.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="reasoner">Name of the reasoner.</param>
    /// <param name="question">The question in words.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>How the run ended, whatever way it did.</returns>
    public static async Task<RunResult> RunAsync(this IHub hub, string reasoner, string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var handle = hub.Start(reasoner, ReasonerRequest.From(question));
        await using var registration = cancellationToken.Register(handle.Cancel);
        return await handle.Completion;
    }

    /// <summary>Asks the default reasoner and yields the run's events as they happen.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="question">The question in words.</param>
    /// <param name="cancellationToken">Stops reading and interrupts the run.</param>
    public static async IAsyncEnumerable<RunEvent> StreamAsync(
        this IHub hub, string question, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var handle = hub.Start(hub.DefaultReasoner, new ReasonerRequest([new ChatMessage(ChatRole.User, question)]));
        await using var registration = cancellationToken.Register(handle.Interrupt);
        await foreach (var entry in handle.ReadEventsAsync(0, cancellationToken))
            yield return entry;
    }
}
