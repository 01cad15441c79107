using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners;

/// <summary>What all agents do with questions and answers.</summary>
internal static class AgentAnswers
{
    /// <summary>The answer to a question without words.</summary>
    public const string EmptyQuestion = "The question is empty. Please ask one in words.";

    private const string ThinkEnd = "</think>";

    /// <summary>Streams an answer in one part and returns it.</summary>
    public static async Task<ChatResponse> FinishAsync(this IRun run, string text)
    {
        await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, text));
        return run.Answer(text);
    }

    /// <summary>Whether a request asks nothing.</summary>
    public static bool IsEmpty(ReasonerRequest request) => string.IsNullOrWhiteSpace(request.Question);

    /// <summary>A reply's text without what a reasoning model thought before it.</summary>
    public static string WithoutThoughts(string text)
    {
        var end = text.IndexOf(ThinkEnd, StringComparison.Ordinal);
        return end < 0 ? text.Trim() : text[(end + ThinkEnd.Length)..].Trim();
    }

    /// <summary>A piece of a text for an error message, on one line.</summary>
    public static string Excerpt(string text)
    {
        const int Longest = 200;
        var line = text.ReplaceLineEndings(" ⏎ ").Trim();
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest), "…");
    }

    /// <summary>
    /// Options of a call whose reply is not the answer yet: how the caller wants tokens drawn, without the shape that it
    /// wants the answer in.
    /// </summary>
    public static ChatOptions Sampling(ChatOptions? caller) => caller is null ? new ChatOptions() : new ChatOptions
    {
        Temperature = caller.Temperature,
        TopP = caller.TopP,
        TopK = caller.TopK,
        MaxOutputTokens = caller.MaxOutputTokens,
        FrequencyPenalty = caller.FrequencyPenalty,
        PresencePenalty = caller.PresencePenalty,
        Seed = caller.Seed,
    };

    /// <summary>Tells an engine of ours which tools a reply may name.</summary>
    public static ChatOptions Hinting(this ChatOptions options, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        (options.AdditionalProperties ??= [])[EngineHints.ActionTools] = tools;
        return options;
    }
}
