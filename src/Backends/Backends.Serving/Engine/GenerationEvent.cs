using Backends.Abstractions;

namespace Backends.Serving.Engine;

/// <summary>Something that happened while a reply was generated; the last event is a <see cref="GenerationEnded"/>.</summary>
public abstract record GenerationEvent
{
    /// <summary>Log-probabilities, where they were asked for, of the tokens that begin in this piece of the reply; on the last event, of those after all text.</summary>
    public IReadOnlyList<TokenLogprob> Logprobs { get; init; } = [];
}

/// <summary>The prompt's own tokens with their log-probabilities; the first event, where it was asked for.</summary>
public sealed record PromptScored : GenerationEvent;

/// <summary>A piece of the reply's text; whole characters, free of stop strings.</summary>
/// <param name="Text">The piece, not empty.</param>
public sealed record TextGenerated(string Text) : GenerationEvent;

/// <summary>A complete native call. A call that the token limit cut off is not reported.</summary>
/// <param name="Text">The tool's name, a space and a JSON object.</param>
public sealed record CallGenerated(string Text) : GenerationEvent;

/// <summary>The reply is complete.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="ReusedTokens">Tokens of the prompt that were in a kept cache already.</param>
/// <param name="NewTokens">Tokens that the model wrote, the end token included.</param>
public sealed record GenerationEnded(GenerationEndReason Reason, int PromptTokens, int ReusedTokens, int NewTokens) : GenerationEvent;

/// <summary>Why a reply ended.</summary>
public enum GenerationEndReason
{
    /// <summary>The model wrote the end token, or a stop string.</summary>
    Stop,

    /// <summary>The token limit or the model's context was reached.</summary>
    Length,

    /// <summary>The model ended a reply with native calls.</summary>
    Calls,
}
