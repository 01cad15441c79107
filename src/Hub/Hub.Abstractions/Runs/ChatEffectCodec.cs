using System.Text.Json;
using Microsoft.Extensions.AI;
using static Hub.Abstractions.JsonFields;

namespace Hub.Abstractions;

/// <summary>Logs a model call: messages once each under their hashes, a request as a known head and what is new.</summary>
internal sealed class ChatEffectCodec : EffectCodec<ChatCall, ChatResponse>
{
    public static ChatEffectCodec Instance { get; } = new();

    public override byte[] EncodeRequest(IRun run, ChatCall request, IPayloads payloads)
    {
        var (prefix, added, head) = MessageChain.Of(run).Advance(request.Messages, payloads);
        return JsonBytes.Of((request, prefix, added, head), static (json, state) =>
        {
            json.WriteStartObject();
            json.WriteString("model"u8, state.request.Model);
            WriteOptions(json, state.request.Options);
            WriteIf(json, "prefix"u8, state.prefix);
            WriteStrings(json, "new"u8, state.added);
            json.WriteString("head"u8, state.head);
            json.WriteEndObject();
        });
    }

    public override byte[] EncodeResult(ChatResponse result, IPayloads payloads)
    {
        var messages = new string[result.Messages.Count];
        for (var i = 0; i < messages.Length; i++)
            messages[i] = MessageChain.Hash(result.Messages[i], payloads);
        return JsonBytes.Of((result, messages), static (json, state) => WriteResult(json, state.result, state.messages));
    }

    public override ChatResponse DecodeResult(ReadOnlyMemory<byte> logged, IPayloads payloads) => ChatResultReader.Read(logged.Span, payloads);

    public override RunUsage? Usage(ChatResponse result) => RunUsage.From(result.Usage);

    private static void WriteResult(Utf8JsonWriter json, ChatResponse result, string[] messages)
    {
        json.WriteStartObject();
        WriteStrings(json, "messages"u8, messages);
        WriteIf(json, "id"u8, result.ResponseId);
        WriteIf(json, "conversation"u8, result.ConversationId);
        WriteIf(json, "model"u8, result.ModelId);
        WriteIf(json, "finish"u8, result.FinishReason?.Value);
        if (result.CreatedAt is { } created)
            json.WriteString("created"u8, created);
        if (result.Usage is { } usage)
            WriteUsage(json, usage);

        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, UsageDetails usage)
    {
        json.WritePropertyName("usage"u8);
#pragma warning disable MEAI001 // experimental counts: only whether there are any matters here
        var isPlain = usage is { AdditionalCounts: null, InputAudioTokenCount: null, InputTextTokenCount: null, OutputAudioTokenCount: null, OutputTextTokenCount: null };
#pragma warning restore MEAI001
        if (!isPlain)
        {
            JsonSerializer.Serialize(json, usage, HubJson.Options);
            return;
        }

        json.WriteStartObject();
        WriteIf(json, "inputTokenCount"u8, usage.InputTokenCount);
        WriteIf(json, "outputTokenCount"u8, usage.OutputTokenCount);
        WriteIf(json, "totalTokenCount"u8, usage.TotalTokenCount);
        WriteIf(json, "cachedInputTokenCount"u8, usage.CachedInputTokenCount);
        WriteIf(json, "reasoningTokenCount"u8, usage.ReasoningTokenCount);
        json.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options is null)
            return;
        WriteIf(json, "temperature"u8, options.Temperature);
        WriteIf(json, "top_p"u8, options.TopP);
        WriteIf(json, "top_k"u8, options.TopK);
        WriteIf(json, "max_tokens"u8, options.MaxOutputTokens);
        WriteIf(json, "frequency_penalty"u8, options.FrequencyPenalty);
        WriteIf(json, "presence_penalty"u8, options.PresencePenalty);
        WriteIf(json, "seed"u8, options.Seed);
        WriteIf(json, "instructions"u8, options.Instructions);
        WriteIf(json, "model_id"u8, options.ModelId);
        if (options.StopSequences is { Count: > 0 } stop)
            WriteStrings(json, "stop"u8, stop);
        if (options.Tools is { Count: > 0 } tools)
            WriteStrings(json, "tools"u8, [.. tools.Select(t => t.Name)]);
        if (options.ToolMode is { } mode)
            json.WriteString("tool_choice"u8, mode switch { NoneChatToolMode => "none", RequiredChatToolMode r => r.RequiredFunctionName ?? "required", _ => "auto" });
        if (options.ResponseFormat is ChatResponseFormatJson format)
            json.WriteString("response_format"u8, format.Schema?.GetRawText() ?? "json");
    }
}
