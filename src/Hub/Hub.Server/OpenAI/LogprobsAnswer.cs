using Backends.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Log-probabilities as the two interfaces write them.</summary>
internal static class LogprobsAnswer
{
    /// <summary>What contents say of the tokens of their text, in order.</summary>
    public static IReadOnlyList<TokenLogprob> Of(IEnumerable<AIContent> contents)
    {
        List<TokenLogprob>? all = null;
        foreach (var content in contents)
        {
            if (content.AdditionalProperties?.TryGetValue(ModelOptionKeys.TokenLogprobs, out var tokens) == true)
                (all ??= []).AddRange(TokenLogprob.From(tokens));
        }

        return all ?? (IReadOnlyList<TokenLogprob>)[];
    }

    /// <summary>Why one of several answers ended; null where its contents do not say.</summary>
    public static string? FinishReason(IEnumerable<AIContent> contents) =>
        contents.Select(c => c.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.FinishReason)?.ToString()).LastOrDefault(r => r is not null);

    /// <summary>The form of completions. The chosen token stands among the likeliest, with the very same number.</summary>
    public static CompletionLogprobs Completion(IReadOnlyList<TokenLogprob> tokens) => new(
        [.. tokens.Select(t => t.Token)],
        [.. tokens.Select(t => t.Logprob)],
        [.. tokens.Select(Top)],
        [.. tokens.Select(t => t.Offset)]);

    /// <summary>The form of chats; null where nothing is known.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="top">How many of the likeliest were asked for.</param>
    public static ChatLogprobs? Chat(IReadOnlyList<TokenLogprob> tokens, int top) => tokens.Count == 0 ? null
        : new ChatLogprobs([.. tokens.Select(t => Entry(t, [.. t.Top.Take(top).Select(other => Entry(other, null))]))]);

    private static TokenLogprobEntry Entry(TokenLogprob token, IReadOnlyList<TokenLogprobEntry>? top) => new(token.Token, token.Logprob ?? 0, token.Bytes, top);

    private static Dictionary<string, double>? Top(TokenLogprob token)
    {
        if (token.Logprob is not { } own)
            return null;
        Dictionary<string, double> top = [];
        foreach (var other in token.Top)
            top.TryAdd(other.Token, other.Logprob ?? own); // the likeliest comes first and keeps its place
        top.TryAdd(token.Token, own);
        return top;
    }
}
