using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>What a run said, in OpenAI's form.</summary>
internal static class ChatAnswer
{
    /// <summary>A whole answer of one or several runs of the same request.</summary>
    /// <param name="results">The runs, in the order of the choices.</param>
    /// <param name="model">The model that the answer names.</param>
    /// <param name="created">When, in seconds of Unix time.</param>
    /// <param name="topLogprobs">How many of the likeliest tokens each position tells; null for no log-probabilities.</param>
    public static ChatCompletion Whole(IReadOnlyList<RunResult> results, string model, long created, int? topLogprobs = null) => new(
        $"chatcmpl-{results[0].RunId}", "chat.completion", model, created,
        [.. results.Select((r, i) => new ChatChoice(FinishReason(r.Response), i, Message(r.Response)) { Logprobs = topLogprobs is { } top ? Logprobs(r.Response, top) : null })],
        Usage(results));

    /// <summary>Why the answer ended.</summary>
    public static string FinishReason(ChatResponse? response) =>
        Calls(response).Any() ? "tool_calls" : response?.FinishReason?.Value is { } reason and not "tool_calls" ? reason : "stop";

    /// <summary>The calls that the caller is to make: a reasoner's own calls are done and not among them.</summary>
    public static IEnumerable<WireToolCall> Calls(ChatResponse? response) =>
        response?.Messages.LastOrDefault()?.Contents.OfType<FunctionCallContent>()
            .Select(c => new WireToolCall(c.CallId, "function", new WireFunctionCall(c.Name, JsonSerializer.Serialize(c.Arguments, HubJson.Options)))) ?? [];

    /// <summary>Tokens of all model calls of all runs, as the models reported them; zeros where none did.</summary>
    public static WireUsage Usage(IReadOnlyList<RunResult> results)
    {
        var (read, written, cached) = (results.Sum(r => r.Usage.InputTokenCount ?? 0), results.Sum(r => r.Usage.OutputTokenCount ?? 0), results.Sum(r => r.Usage.CachedInputTokenCount ?? 0));
        return new WireUsage(read, written, Math.Max(read + written, results.Sum(r => r.Usage.TotalTokenCount ?? 0)))
        {
            PromptTokensDetails = cached > 0 ? new PromptTokenDetails(cached) : null,
        };
    }

    /// <summary>What is known of the answer's tokens; null where nothing is.</summary>
    public static ChatLogprobs? Logprobs(ChatResponse? response, int top) =>
        response is null ? null : LogprobsAnswer.Chat(LogprobsAnswer.Of(response.Messages.SelectMany(m => m.Contents)), top);

    private static AssistantMessage Message(ChatResponse? response)
    {
        WireToolCall[] calls = [.. Calls(response)];
        var text = response?.Text ?? "";
        return new AssistantMessage(calls.Length > 0 && text.Length == 0 ? null : text, "assistant") { ToolCalls = calls.Length > 0 ? calls : null };
    }
}
