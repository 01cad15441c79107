using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Writes messages field by field: the bytes that the serializer would write, at a fraction of its cost. What is not plain goes to the serializer.</summary>
/// <remarks>Plain are text, calls and their results, with nothing beside them that the serializer would write too.</remarks>
internal static class MessageJson
{
    /// <summary>Stored form of a message.</summary>
    public static byte[] Encode(ChatMessage message) =>
        IsPlain(message) ? JsonBytes.Of(message, static (json, m) => Write(json, m)) : EncodeByReflection(message);

    /// <summary>What <see cref="Encode"/> must agree with.</summary>
    internal static byte[] EncodeByReflection(ChatMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, HubJson.Options);

    private static bool IsPlain(ChatMessage message)
    {
        if (message is not { AuthorName: null, CreatedAt: null, MessageId: null, AdditionalProperties: null } || message.GetType() != typeof(ChatMessage))
            return false;
        foreach (var content in message.Contents)
        {
            if (content is not { Annotations: null, AdditionalProperties: null } || !IsPlain(content))
                return false;
        }

        return true;
    }

    private static bool IsPlain(AIContent content) => content switch
    {
        TextContent text => text.GetType() == typeof(TextContent),
        FunctionCallContent call => call.GetType() == typeof(FunctionCallContent) && call.Exception is null && ArePlain(call.Arguments),
        FunctionResultContent result => result.GetType() == typeof(FunctionResultContent) && result.Exception is null && IsPlain(result.Result),
        _ => false,
    };

    private static bool ArePlain(IDictionary<string, object?>? arguments)
    {
        if (arguments is null)
            return true;
        if (arguments is not Dictionary<string, object?> listed)
            return false;
        foreach (var (_, value) in listed)
        {
            if (!IsPlain(value))
                return false;
        }

        return true;
    }

    private static bool IsPlain(object? value) => value is null or string or bool or int or long or JsonElement { ValueKind: not JsonValueKind.Undefined };

    private static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role.Value);
        json.WriteStartArray("contents"u8);
        foreach (var content in message.Contents)
            Write(json, content);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AIContent content)
    {
        json.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                json.WriteString("$type"u8, "text"u8);
                json.WriteString("text"u8, text.Text);
                break;
            case FunctionCallContent call:
                json.WriteString("$type"u8, "functionCall"u8);
                json.WriteString("name"u8, call.Name);
                if (call.Arguments is { } arguments)
                    WriteArguments(json, arguments);
                json.WriteBoolean("informationalOnly"u8, call.InformationalOnly);
                json.WriteString("callId"u8, call.CallId);
                break;
            case FunctionResultContent result:
                json.WriteString("$type"u8, "functionResult"u8);
                if (result.Result is { } value)
                {
                    json.WritePropertyName("result"u8);
                    WriteValue(json, value);
                }

                json.WriteString("callId"u8, result.CallId);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter json, IDictionary<string, object?> arguments)
    {
        json.WriteStartObject("arguments"u8);
        foreach (var (name, value) in (Dictionary<string, object?>)arguments)
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
