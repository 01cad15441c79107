using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Tokens that one effect or one run used. What a provider did not report is absent, not zero.</summary>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="CompletionTokens">Tokens written.</param>
/// <param name="CachedTokens">Tokens read from the provider's cache.</param>
/// <param name="ReasoningTokens">Tokens written as hidden reasoning.</param>
/// <param name="TotalTokens">All of them, as reported or as the sum.</param>
public sealed record RunUsage(
    long? PromptTokens = null, long? CompletionTokens = null, long? CachedTokens = null, long? ReasoningTokens = null, long? TotalTokens = null)
{
    /// <summary>From the usage of a chat response; null where nothing was reported.</summary>
    /// <param name="usage">Usage as reported, or null.</param>
    public static RunUsage? From(UsageDetails? usage) => usage is null ? null : new(
        usage.InputTokenCount, usage.OutputTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount,
        usage.TotalTokenCount ?? (usage.InputTokenCount is null && usage.OutputTokenCount is null
            ? null
            : (usage.InputTokenCount ?? 0) + (usage.OutputTokenCount ?? 0)));
}
