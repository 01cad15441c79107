namespace Backends.Abstractions;

/// <summary>Names under which a caller tells a model what chat options have no place for, and under which the model answers.</summary>
/// <remarks>They are keys of <c>AdditionalProperties</c>, values are JSON: what a run asks and what it was told pass through its log.</remarks>
public static class ModelOptionKeys
{
    /// <summary>Of the options: a <see cref="CompletionOptions"/> as JSON. Messages are then prompts to go on with as they are, each of them one.</summary>
    public const string Completion = "hub.completion";

    /// <summary>Of the options: how many of the likeliest tokens to name at each place, 0 to <see cref="CompletionSupport.MaxTopLogprobs"/>; absent for no log-probabilities.</summary>
    public const string Logprobs = "logprobs";

    /// <summary>Of the options: an object of token ids and what is added to their logits, each -100 to 100.</summary>
    public const string LogitBias = "logit_bias";

    /// <summary>Of a prompt's content: its token ids, in place of text.</summary>
    public const string Tokens = "tokens";

    /// <summary>Of an answer's content: a list of <see cref="TokenLogprob"/> as JSON, for the text beside it.</summary>
    public const string TokenLogprobs = "token_logprobs";

    /// <summary>Of an answer's content: why this one of several answers ended, <c>stop</c> or <c>length</c>.</summary>
    public const string FinishReason = "finish_reason";
}
