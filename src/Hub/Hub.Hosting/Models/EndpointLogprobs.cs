using System.Runtime.CompilerServices;
using Backends.Abstractions;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Hub.Hosting.Models;

/// <summary>Puts an endpoint's log-probabilities beside the text that they belong to, where they pass through a run's log.</summary>
internal sealed class EndpointLogprobs(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await base.GetResponseAsync(messages, options, cancellationToken);
        if (response is { RawRepresentation: ChatCompletion { ContentTokenLogProbabilities: { Count: > 0 } tokens }, Messages.Count: > 0 })
            response.Messages[^1].Contents.Add(Facts(tokens));
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            if (update.RawRepresentation is StreamingChatCompletionUpdate { ContentTokenLogProbabilities: { Count: > 0 } tokens })
                update.Contents.Add(Facts(tokens));
            yield return update;
        }
    }

    private static AIContent Facts(IEnumerable<ChatTokenLogProbabilityDetails> tokens) => new()
    {
        AdditionalProperties = new AdditionalPropertiesDictionary
        {
            [ModelOptionKeys.TokenLogprobs] = TokenLogprob.ToJson([.. tokens.Select(t => new TokenLogprob(t.Token, -1, t.LogProbability)
            {
                Bytes = Bytes(t.Utf8Bytes),
                Top = [.. t.TopLogProbabilities.Select(o => new TokenLogprob(o.Token, -1, o.LogProbability) { Bytes = Bytes(o.Utf8Bytes) })],
            })]),
        },
    };

    private static int[] Bytes(ReadOnlyMemory<byte>? bytes) => bytes is { } known ? Array.ConvertAll(known.ToArray(), b => (int)b) : [];
}
