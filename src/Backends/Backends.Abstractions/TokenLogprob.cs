using System.Text.Json;

namespace Backends.Abstractions;

/// <summary>A token at its place in a text, and how likely the model found it there.</summary>
/// <param name="Token">Its text; bytes that are no whole characters are written <c>bytes:\xe6\x9d</c>, so that two tokens never have one text.</param>
/// <param name="Id">Its id; -1 where the model does not say.</param>
/// <param name="Logprob">Natural logarithm of its probability after all that stands before, as the model has it: before bias, temperature and masks. Null for the first token of a prompt.</param>
public sealed record TokenLogprob(string Token, int Id, double? Logprob)
{
    /// <summary>The bytes that it stands for.</summary>
    public IReadOnlyList<int> Bytes { get; init; } = [];

    /// <summary>Characters of the text before it.</summary>
    public int Offset { get; init; }

    /// <summary>The likeliest tokens at its place, the likeliest first; the one with the same id has the very same number.</summary>
    public IReadOnlyList<TokenLogprob> Top { get; init; } = [];

    /// <summary>As a value of <see cref="ModelOptionKeys.TokenLogprobs"/>.</summary>
    /// <param name="tokens">Tokens in the order of the text.</param>
    public static JsonElement ToJson(IReadOnlyList<TokenLogprob> tokens) => JsonSerializer.SerializeToElement(tokens);

    /// <summary>From a value of <see cref="ModelOptionKeys.TokenLogprobs"/>.</summary>
    /// <param name="value">What <see cref="ToJson"/> gave.</param>
    public static IReadOnlyList<TokenLogprob> From(object? value) => value is JsonElement json ? json.Deserialize<TokenLogprob[]>() ?? [] : [];
}
