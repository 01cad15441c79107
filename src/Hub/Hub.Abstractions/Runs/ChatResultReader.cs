using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Reads a model's response from its logged form.</summary>
internal static class ChatResultReader
{
    /// <summary>The response.</summary>
    /// <exception cref="JsonException">The form is damaged.</exception>
    /// <exception cref="PayloadErasedException">A message was erased.</exception>
    public static ChatResponse Read(ReadOnlySpan<byte> logged, IPayloads payloads)
    {
        var json = new Utf8JsonReader(logged);
        List<ChatMessage> messages = [];
        var response = new ChatResponse(messages);
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("messages"u8))
            {
                Expect(ref json, JsonTokenType.StartArray);
                while (json.Read() && json.TokenType == JsonTokenType.String)
                    messages.Add(MessageChain.Read(json.GetString()!, payloads));
            }
            else if (json.ValueTextEquals("id"u8))
                response.ResponseId = Text(ref json);
            else if (json.ValueTextEquals("conversation"u8))
                response.ConversationId = Text(ref json);
            else if (json.ValueTextEquals("model"u8))
                response.ModelId = Text(ref json);
            else if (json.ValueTextEquals("finish"u8))
                response.FinishReason = Finish(Text(ref json));
            else if (json.ValueTextEquals("created"u8) && json.Read())
                response.CreatedAt = json.GetDateTimeOffset();
            else if (json.ValueTextEquals("usage"u8) && json.Read())
                response.Usage = Usage(ref json);
            else
                json.Skip();
        }

        return response;
    }

    private static UsageDetails? Usage(ref Utf8JsonReader json)
    {
        var start = json;
        var usage = new UsageDetails();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("inputTokenCount"u8) && json.Read())
                usage.InputTokenCount = json.GetInt64();
            else if (json.ValueTextEquals("outputTokenCount"u8) && json.Read())
                usage.OutputTokenCount = json.GetInt64();
            else if (json.ValueTextEquals("totalTokenCount"u8) && json.Read())
                usage.TotalTokenCount = json.GetInt64();
            else if (json.ValueTextEquals("cachedInputTokenCount"u8) && json.Read())
                usage.CachedInputTokenCount = json.GetInt64();
            else if (json.ValueTextEquals("reasoningTokenCount"u8) && json.Read())
                usage.ReasoningTokenCount = json.GetInt64();
            else
            {
                // A count that is rare: the serializer knows them all.
                json = start;
                return JsonSerializer.Deserialize<UsageDetails>(ref json, HubJson.Options);
            }
        }

        return usage;
    }

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        null => null,
        "stop" => ChatFinishReason.Stop,
        "tool_calls" => ChatFinishReason.ToolCalls,
        _ => new ChatFinishReason(reason),
    };

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token)
    {
        if (!json.Read() || json.TokenType != token)
            throw new JsonException($"A {json.TokenType} stands where the logged response needs a {token}.");
    }
}
