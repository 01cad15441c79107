using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Backends.Abstractions;
using Backends.Serving.Engine;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>Goes on with prompts as they are: several prompts, several answers to each, side by side in the engine's batch.</summary>
/// <remarks>
/// Updates of different answers come in any order; <see cref="ChatResponseUpdate.MessageId"/> is the answer's index. Text comes with the
/// log-probabilities of its tokens beside it, the last update of an answer says why it ended, the very last one of all carries the usage:
/// each prompt's tokens once, all tokens written. An empty prompt begins after an end token, as a text does in training.
/// </remarks>
internal sealed class EngineCompletion(GenerationEngine engine, EngineChatClientOptions defaults)
{
    /// <summary>Most answers of one request, prompts times choices.</summary>
    private const int MaxAnswers = 4096;

    /// <summary>Answers that one request has in the engine's queue at once, so that others find room in it.</summary>
    private const int MaxParallel = 32;

    public async IAsyncEnumerable<ChatResponseUpdate> CompleteAsync(
        IReadOnlyList<ChatMessage> prompts, ChatOptions options, CompletionOptions completion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(completion.Choices, 1);
        if ((long)prompts.Count * completion.Choices > MaxAnswers)
            throw new ArgumentException($"{prompts.Count} prompts with {completion.Choices} answers each are too many; at most {MaxAnswers} answers are given at once.", nameof(prompts));
        var tokens = prompts.Select(Tokens).ToArray();
        var updates = Channel.CreateBounded<ChatResponseUpdate>(new BoundedChannelOptions(256) { SingleReader = true });
        var usage = new UsageDetails { InputTokenCount = tokens.Sum(t => (long)t.Length), OutputTokenCount = 0, CachedInputTokenCount = 0 };
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = abandoned.Token };
        var writing = Parallel.ForAsync(0, prompts.Count * completion.Choices, parallel, async (index, token) =>
        {
            var prompt = tokens[index / completion.Choices];
            var request = EngineRequest.Raw(prompt, options, completion, index % completion.Choices, defaults);
            await foreach (var update in OneAsync(index, request, completion.Echo, usage, token)) await updates.Writer.WriteAsync(update, token);
        });
        _ = writing.ContinueWith(done => updates.Writer.TryComplete(done.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var update in updates.Reader.ReadAllAsync(cancellationToken)) yield return update;
            await writing;
        }
        finally
        {
            await abandoned.CancelAsync();
        }

        usage.TotalTokenCount = usage.InputTokenCount + usage.OutputTokenCount;
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)])
        {
            ModelId = defaults.ModelId,
            FinishReason = ChatFinishReason.Stop,
            MessageId = (((long)prompts.Count * completion.Choices) - 1).ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A content that says something about the text beside it; none where there is nothing to say.</summary>
    public static IEnumerable<AIContent> Facts(IReadOnlyList<TokenLogprob> logprobs, GenerationEndReason? end = null)
    {
        if (logprobs.Count == 0 && end is null) return [];
        var facts = new AdditionalPropertiesDictionary();
        if (logprobs.Count > 0) facts[ModelOptionKeys.TokenLogprobs] = TokenLogprob.ToJson(logprobs);
        if (end is not null) facts[ModelOptionKeys.FinishReason] = end == GenerationEndReason.Length ? "length" : "stop";
        return [new AIContent { AdditionalProperties = facts }];
    }

    private async IAsyncEnumerable<ChatResponseUpdate> OneAsync(
        int index, GenerationRequest request, bool echo, UsageDetails usage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shown = echo ? engine.Template.Tokenizer.Decode([.. request.Prompt]) : "";
        if (echo && !request.ScoresPrompt) yield return Update(index, [new TextContent(shown)]);
        await foreach (var item in engine.GenerateAsync(request, cancellationToken))
        {
            switch (item)
            {
                case PromptScored prompt:
                    yield return Update(index, [new TextContent(shown), .. Facts(prompt.Logprobs)]);
                    break;
                case TextGenerated text:
                    yield return Update(index, [new TextContent(text.Text), .. Facts(After(shown, text.Logprobs))]);
                    break;
                case GenerationEnded end:
                    lock (usage)
                    {
                        usage.OutputTokenCount += end.NewTokens;
                        usage.CachedInputTokenCount += end.ReusedTokens;
                    }

                    yield return Update(index, [.. Facts(After(shown, end.Logprobs), end.Reason)]);
                    break;
            }
        }
    }

    private static TokenLogprob[] After(string shown, IReadOnlyList<TokenLogprob> tokens) => [.. tokens.Select(t => t with { Offset = t.Offset + shown.Length })];

    private ChatResponseUpdate Update(int index, IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ModelId = defaults.ModelId,
        MessageId = index.ToString(CultureInfo.InvariantCulture),
    };

    private int[] Tokens(ChatMessage prompt)
    {
        var written = prompt.Contents.Select(c => c.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.Tokens)).FirstOrDefault(t => t is not null) switch
        {
            JsonElement json => json.Deserialize<int[]>() ?? [],
            IReadOnlyList<int> ids => [.. ids],
            _ => engine.Template.Tokenizer.Encode(prompt.Text),
        };
        return written.Length > 0 ? written : [engine.Template.EndId];
    }
}
