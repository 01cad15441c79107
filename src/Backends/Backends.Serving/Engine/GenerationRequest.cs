using Backends.Abstractions;
using Backends.Serving.Constraints;
using Backends.Serving.Sampling;

namespace Backends.Serving.Engine;

/// <summary>One reply to generate.</summary>
public sealed record GenerationRequest
{
    /// <summary>Token ids of the prompt; at least one, fewer than the model's context.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>How tokens are chosen.</summary>
    /// <value>The default is greedy.</value>
    public SamplingOptions Sampling { get; init; } = SamplingOptions.Greedy;

    /// <summary>Seed of the request's own random numbers: the same request and seed give the same reply, whatever runs beside it.</summary>
    public int Seed { get; init; }

    /// <summary>Most tokens of the reply; the model's context may allow fewer. At least 1; 0 where <see cref="IsRaw"/>.</summary>
    public int MaxNewTokens { get; init; } = 1024;

    /// <summary>Texts that end the reply and are not part of it; they are looked for outside native calls.</summary>
    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>Names that actions in the reply's text are held to; null leaves the text free.</summary>
    public ToolNameMask? TextMask { get; init; }

    /// <summary>Names that native calls are held to; null forbids native calls.</summary>
    public ToolNameMask? CallMask { get; init; }

    /// <summary>True where the reply must be a native call; needs <see cref="CallMask"/>.</summary>
    public bool RequireCall { get; init; }

    /// <summary>False where one native call ends the reply.</summary>
    /// <value>The default is true.</value>
    public bool AllowParallelCalls { get; init; } = true;

    /// <summary>True where the prompt is no chat: every token may follow it, the end token ends the reply, other control tokens are what they are.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Whether control tokens of a raw reply are part of its text.</summary>
    public bool ShowsControlTokens { get; init; }

    /// <summary>How many of the likeliest tokens to name at each place of the reply, 0 or more; null for no log-probabilities.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>Whether the prompt's own tokens are scored too, as the first event; needs <see cref="TopLogprobs"/>.</summary>
    public bool ScoresPrompt { get; init; }

    /// <summary>What is added to the logits of some tokens before one is chosen, by token id.</summary>
    public IReadOnlyDictionary<int, float> LogitBias { get; init; } = new Dictionary<int, float>();

    /// <summary>What each occurrence of a token in the reply takes from its logit.</summary>
    public double FrequencyPenalty { get; init; }

    /// <summary>What a token's occurring in the reply at all takes from its logit.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>Checks the request against a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Token ids that the tokenizer knows.</param>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    /// <exception cref="ContextOverflowException">The prompt fills the model's context.</exception>
    internal void Check(ITokenModel model, int tokens)
    {
        if (Prompt.Count == 0) throw new ArgumentException("The prompt has no token; it needs at least one.");
        var least = IsRaw && MaxNewTokens == 0 ? Prompt.Count : Prompt.Count + 1;
        if (least > model.ContextTokens) throw new ContextOverflowException(least, model.ContextTokens);
        if (RequireCall && CallMask is null)
            throw new ArgumentException($"{nameof(RequireCall)} is set without {nameof(CallMask)}; list the tools that may be called.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNewTokens, IsRaw ? 0 : 1);
        if (TopLogprobs < 0) throw new ArgumentException($"{nameof(TopLogprobs)} is {TopLogprobs}; 0 or more is needed.");
        foreach (var token in Prompt.Concat(LogitBias.Keys))
        {
            if (token < 0 || token >= tokens)
                throw new ArgumentException($"There is no token {token}; ids from 0 to {tokens - 1} are needed.");
        }

        Sampling.Validated();
    }
}
