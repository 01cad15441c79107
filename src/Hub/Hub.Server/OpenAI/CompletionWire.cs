using System.Text.Json.Serialization;

namespace Hub.Server.OpenAI;

/// <summary>A completion, whole or a part of one: <c>text_completion</c>.</summary>
internal sealed record TextCompletion(string Id, string Object, long Created, string Model, IReadOnlyList<CompletionChoice> Choices)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireUsage? Usage { get; init; }
}

/// <summary>One of the answers.</summary>
internal sealed record CompletionChoice(string Text, int Index, CompletionLogprobs? Logprobs, string? FinishReason);

/// <summary>Log-probabilities of an answer's tokens: lists of one length, an entry for each token.</summary>
internal sealed record CompletionLogprobs(
    IReadOnlyList<string> Tokens, IReadOnlyList<double?> TokenLogprobs, IReadOnlyList<IReadOnlyDictionary<string, double>?> TopLogprobs, IReadOnlyList<int> TextOffset);
