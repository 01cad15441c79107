using System.Globalization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.ToolCalling;

/// <summary>The model of one run of a tool-calling agent: asks again after replies that were cut off or empty.</summary>
internal sealed class ToolCallingModel
{
    /// <summary>Token limit that a first raise starts from where neither the caller nor the model named one.</summary>
    private const int AssumedTokenLimit = 4096;

    private readonly IChatClient _model;
    private readonly ToolCallingOptions _options;
    private readonly ChatOptions _call;
    private int _truncations;

    public ToolCallingModel(IChatClient model, ToolCallingOptions options, ChatOptions? caller, IReadOnlyList<AIFunction> tools)
    {
        _model = model;
        _options = options;
        _call = caller?.Clone() ?? new ChatOptions();
        _call.Tools = [.. tools];
        _call.Hinting(tools);
    }

    /// <summary>The tool calls of a reply, in its order.</summary>
    public static IReadOnlyList<FunctionCallContent> Calls(ChatResponse reply) =>
        [.. reply.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Where(call => !call.InformationalOnly)];

    /// <summary>A whole reply that is not empty.</summary>
    /// <exception cref="ReasonerGaveUpException">The attempts are spent.</exception>
    public async Task<ChatResponse> AskAsync(List<ChatMessage> messages)
    {
        for (var empty = 0; ; empty++)
        {
            var reply = await AskWholeAsync(messages);
            if (Calls(reply).Count > 0 || reply.Messages.Any(HasContent))
                return reply;
            if (empty == _options.MaxEmptyResponseRetries)
            {
                throw new ReasonerGaveUpException("max_empty_response_retries", empty,
                    $"The model replied with neither text nor tool calls (finish reason '{reply.FinishReason?.Value ?? "none"}'). " +
                    "Raise the limit, or use another model.");
            }
        }
    }

    private static bool HasContent(ChatMessage message) =>
        message.Contents.Any(content => content is TextContent text ? !string.IsNullOrWhiteSpace(text.Text) : content is DataContent or UriContent);

    /// <summary>A reply that no token limit cut off. Raised limits stay raised for the rest of the run.</summary>
    private async Task<ChatResponse> AskWholeAsync(List<ChatMessage> messages)
    {
        while (true)
        {
            var reply = await _model.GetResponseAsync(messages, _call);
            if (reply.FinishReason != ChatFinishReason.Length)
                return reply;
            if (_truncations == _options.TruncationRetry.MaxRetries)
                throw CutOff(reply);
            _truncations++;
            _call.MaxOutputTokens = _options.TruncationRetry.Next(_call.MaxOutputTokens ?? Spent(reply) ?? AssumedTokenLimit);
        }
    }

    private static int? Spent(ChatResponse reply) =>
        reply.Usage?.OutputTokenCount is { } spent and > 0 ? (int)Math.Min(spent, int.MaxValue) : null;

    private ReasonerGaveUpException CutOff(ChatResponse reply)
    {
        var limit = _call.MaxOutputTokens is { } tokens ? string.Create(CultureInfo.InvariantCulture, $"{tokens}") : "its own";
        return new ReasonerGaveUpException("truncation_retry.max_retries", _options.TruncationRetry.MaxRetries,
            $"The model's reply was cut off by its token limit ({limit}) after: '{AgentAnswers.Excerpt(reply.Text)}'. " +
            "Raise the limit, or the model's max_tokens.");
    }
}
