using System.Runtime.CompilerServices;
using Backends.Serving.Engine;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>The engine as an <see cref="IChatClient"/>: streaming, and buffered over the same path.</summary>
/// <remarks>
/// Honours temperature, top-p, top-k, <c>min_p</c>, seed, stop sequences, the output limit, tools, tool mode and <see cref="EngineOptionKeys.ActionTools"/>.
/// Calls are numbered on from those in the conversation (<c>call_1</c>, <c>call_2</c>, …), so the same conversation gives the same ids. Thread
/// safety: all members.
/// </remarks>
public sealed class EngineChatClient : IChatClient
{
    private readonly GenerationEngine _engine;
    private readonly EngineChatClientOptions _options;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Creates a client.</summary>
    /// <param name="engine">The engine; the client owns it from now on and disposes it.</param>
    /// <param name="options">Defaults for requests; null takes the defaults.</param>
    public EngineChatClient(GenerationEngine engine, EngineChatClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = (options ?? new EngineChatClientOptions()).Copy();
        _metadata = new ChatClientMetadata("hub", providerUri: null, _options.ModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="Backends.Abstractions.ContextOverflowException">The prompt fills the model's context.</exception>
    /// <exception cref="EngineBusyException">The engine's queue is full.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="Backends.Abstractions.ContextOverflowException">The prompt fills the model's context.</exception>
    /// <exception cref="EngineBusyException">The engine's queue is full.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var request = EngineRequest.Create(_engine.Template, conversation, options, _options);
        var calls = conversation.Sum(m => m.Contents.OfType<FunctionCallContent>().Count());
        await foreach (var item in _engine.GenerateAsync(request, cancellationToken))
        {
            switch (item)
            {
                case TextGenerated text:
                    yield return Update(new TextContent(text.Text));
                    break;
                case CallGenerated call:
                    yield return Update(ChatTemplate.ParseCall(call.Text, ChatTemplate.CallName(++calls)));
                    break;
                case GenerationEnded end:
                    var last = Update(new UsageContent(Usage(end)));
                    last.FinishReason = FinishReason(end.Reason);
                    yield return last;
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null) return null;
        if (serviceType == typeof(ChatClientMetadata)) return _metadata;
        if (serviceType == typeof(GenerationEngine)) return _engine;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Disposes the engine.</summary>
    public void Dispose() => _engine.Dispose();

    private ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ModelId = _options.ModelId };

    private static UsageDetails Usage(GenerationEnded end) => new()
    {
        InputTokenCount = end.PromptTokens,
        CachedInputTokenCount = end.ReusedTokens,
        OutputTokenCount = end.NewTokens,
        TotalTokenCount = end.PromptTokens + end.NewTokens,
    };

    private static ChatFinishReason FinishReason(GenerationEndReason reason) => reason switch
    {
        GenerationEndReason.Length => ChatFinishReason.Length,
        GenerationEndReason.Calls => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };
}
