using System.Globalization;
using System.Runtime.CompilerServices;
using Backends.Abstractions;
using Backends.Serving.Engine;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>The engine as an <see cref="IChatClient"/>: streaming, and buffered over the same path.</summary>
/// <remarks>
/// Honours temperature, top-p, top-k, <c>min_p</c>, seed, penalties, stop sequences, the output limit, tools, tool mode, <see cref="EngineOptionKeys.ActionTools"/>
/// and what <see cref="ModelOptionKeys"/> names: text completion, log-probabilities, logit bias. Its services are the engine, <see cref="CompletionSupport"/>,
/// <see cref="ITextTokenizer"/> and embedding generators over texts and token ids.
/// Calls are numbered on from those in the conversation (<c>call_1</c>, <c>call_2</c>, …), so the same conversation gives the same ids. Thread
/// safety: all members.
/// </remarks>
public sealed class EngineChatClient : IChatClient
{
    private static readonly CompletionSupport s_support = new(CompletionSupport.MaxTopLogprobs, IsOwn: true);

    private readonly GenerationEngine _engine;
    private readonly EngineTextTokenizer _tokenizer;
    private readonly EngineEmbeddingGenerator _embeddings;
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
        _tokenizer = new EngineTextTokenizer(engine);
        _embeddings = new EngineEmbeddingGenerator(engine, _options.ModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="Backends.Abstractions.ContextOverflowException">The prompt fills the model's context.</exception>
    /// <exception cref="EngineBusyException">The engine's queue is full.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken)) updates.Add(update);
        // Of several completions, the parts of one lie together.
        return updates.OrderBy(u => u.MessageId is { } index ? int.Parse(index, CultureInfo.InvariantCulture) : 0).ToChatResponse();
    }

    /// <inheritdoc/>
    /// <exception cref="Backends.Abstractions.ContextOverflowException">The prompt fills the model's context.</exception>
    /// <exception cref="EngineBusyException">The engine's queue is full.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        if (options?.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.Completion) is { } completion)
        {
            await foreach (var update in new EngineCompletion(_engine, _options).CompleteAsync(conversation, options, CompletionOptions.From(completion), cancellationToken))
                yield return update;
            yield break;
        }

        var request = EngineRequest.Create(_engine.Template, conversation, options, _options);
        var calls = conversation.Sum(m => m.Contents.OfType<FunctionCallContent>().Count());
        await foreach (var item in _engine.GenerateAsync(request, cancellationToken))
        {
            switch (item)
            {
                case TextGenerated text:
                    yield return Update([new TextContent(text.Text), .. EngineCompletion.Facts(text.Logprobs)]);
                    break;
                case CallGenerated call:
                    yield return Update([ChatTemplate.ParseCall(call.Text, ChatTemplate.CallName(++calls))]);
                    break;
                case GenerationEnded end:
                    var last = Update([.. EngineCompletion.Facts(end.Logprobs), new UsageContent(Usage(end))]);
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
        if (serviceType == typeof(CompletionSupport)) return s_support;
        if (serviceType == typeof(ITextTokenizer)) return _tokenizer;
        if (serviceType.IsInstanceOfType(_embeddings)) return _embeddings;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Disposes the engine.</summary>
    public void Dispose() => _engine.Dispose();

    private ChatResponseUpdate Update(IList<AIContent> contents) => new(ChatRole.Assistant, contents) { ModelId = _options.ModelId };

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
