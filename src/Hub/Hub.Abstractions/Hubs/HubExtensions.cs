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
        var result = await hub.RunAsync(hub.DefaultReasoner, request, null, cancellationToken);
        return result.Status == RunStatus.Completed
            ? System.Text.Json.JsonSerializer.Deserialize<T>(result.Text, options)!
            : throw new RunFailedException(result);
    }

    /// <summary>A reasoner of the hub as a model.</summary>
    /// <param name="hub">The hub; it stays its owner's.</param>
    /// <param name="reasoner">Name of a reasoner, or a model as <c>model/NAME</c>.</param>
    public static IChatClient AsChatClient(this IHub hub, string reasoner)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentException.ThrowIfNullOrEmpty(reasoner);
        return new HubChatClient(hub, reasoner);
    }

    /// <summary>A reasoner or tool of the hub as a tool for any <see cref="IChatClient"/>.</summary>
    /// <param name="hub">The hub; it stays its owner's.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    public static AIFunction AsFunction(this IHub hub, string name)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var functions = hub.Functions;
        return new HubAIFunction(hub, functions.FirstOrDefault(f => f.Name == name && f.Kind != HubFunctionKind.Model)
            ?? throw new UnknownNameException("function", name, functions.Where(f => f.Kind != HubFunctionKind.Model).Select(f => f.Name)));
    }

    /// <summary>The parts of the answer as they come, thoughts and steps left out; of a bare model, its words.</summary>
    /// <param name="handle">The run.</param>
    /// <param name="cancellationToken">Stops reading, not the run.</param>
    /// <remarks>Parts are for show: a slow reader may miss some. The whole answer is in <see cref="IRunHandle.Completion"/>.</remarks>
    public static async IAsyncEnumerable<string> AnswerPartsAsync(this IRunHandle handle, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        await foreach (var entry in handle.ReadEventsAsync(0, cancellationToken))
        {
            if (entry is { IsAnswerPart: true, Chunk.Length: > 0 })
                yield return entry.Chunk;
        }
    }

    /// <summary>Runs a reasoner to its end.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="reasoner">Name of the reasoner.</param>
    /// <param name="question">The question in words.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>How the run ended, whatever way it did.</returns>
    public static Task<RunResult> RunAsync(this IHub hub, string reasoner, string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.RunAsync(reasoner, ReasonerRequest.From(question), null, cancellationToken);
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
