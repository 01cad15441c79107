using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Reads messages that <see cref="MessageJson"/> wrote: what the serializer would make of them, at a fraction of its cost. Other forms go to the serializer.</summary>
internal static class MessageReader
{
    /// <summary>A message from its stored form.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ChatMessage Decode(ReadOnlySpan<byte> stored)
    {
        var json = new Utf8JsonReader(stored);
        return Message(ref json) ?? DecodeByReflection(stored);
    }

    /// <summary>What <see cref="Decode"/> must agree with.</summary>
    internal static ChatMessage DecodeByReflection(ReadOnlySpan<byte> stored) => JsonSerializer.Deserialize<ChatMessage>(stored, HubJson.Options)!;

    /// <summary>A message of exactly the keys that are written, in their order; null for any other.</summary>
    private static ChatMessage? Message(ref Utf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.StartObject) || !Key(ref json, "role"u8) || !Next(ref json, JsonTokenType.String))
            return null;
        var role = Role(ref json);
        if (!Key(ref json, "contents"u8) || !Next(ref json, JsonTokenType.StartArray))
            return null;
        List<AIContent> contents = new(1);
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            if (Content(ref json) is not { } content)
                return null;
            contents.Add(content);
        }

        return json.TokenType == JsonTokenType.EndArray && Next(ref json, JsonTokenType.EndObject) ? new ChatMessage(role, contents) : null;
    }

    private static AIContent? Content(ref Utf8JsonReader json)
    {
        if (!Key(ref json, "$type"u8) || !Next(ref json, JsonTokenType.String))
            return null;
        if (json.ValueTextEquals("text"u8))
            return Key(ref json, "text"u8) && Next(ref json, JsonTokenType.String) && json.GetString() is var text && Next(ref json, JsonTokenType.EndObject) ? new TextContent(text) : null;
        if (json.ValueTextEquals("functionCall"u8))
            return Call(ref json);
        return json.ValueTextEquals("functionResult"u8) ? Result(ref json) : null;
    }

    private static FunctionCallContent? Call(ref Utf8JsonReader json)
    {
        if (!Key(ref json, "name"u8) || !Next(ref json, JsonTokenType.String))
            return null;
        var name = json.GetString()!;
        if (!Next(ref json, JsonTokenType.PropertyName))
            return null;
        Dictionary<string, object?>? arguments = null;
        if (json.ValueTextEquals("arguments"u8))
        {
            arguments = Arguments(ref json);
            if (arguments is null || !Next(ref json, JsonTokenType.PropertyName))
                return null;
        }

        if (!json.ValueTextEquals("informationalOnly"u8) || !json.Read() || json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            return null;
        var informs = json.GetBoolean();
        return CallId(ref json) is { } id ? new FunctionCallContent(id, name, arguments) { InformationalOnly = informs } : null;
    }

    private static Dictionary<string, object?>? Arguments(ref Utf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.StartObject))
            return null;
        Dictionary<string, object?> arguments = [];
        while (Next(ref json, JsonTokenType.PropertyName))
        {
            var name = json.GetString()!;
            json.Read();
            arguments[name] = Value(ref json);
        }

        return json.TokenType == JsonTokenType.EndObject ? arguments : null;
    }

    private static FunctionResultContent? Result(ref Utf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.PropertyName))
            return null;
        object? result = null;
        if (json.ValueTextEquals("result"u8))
        {
            json.Read();
            result = Value(ref json);
            return CallId(ref json) is { } called ? new FunctionResultContent(called, result) : null;
        }

        return json.ValueTextEquals("callId"u8) && Id(ref json) is { } id ? new FunctionResultContent(id, result) : null;
    }

    /// <summary>A value of no declared type: an element, or null.</summary>
    private static JsonElement? Value(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : JsonElement.ParseValue(ref json);

    private static string? CallId(ref Utf8JsonReader json) => Key(ref json, "callId"u8) ? Id(ref json) : null;

    private static string? Id(ref Utf8JsonReader json) => Next(ref json, JsonTokenType.String) && json.GetString() is var id && Next(ref json, JsonTokenType.EndObject) ? id : null;

    private static ChatRole Role(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("user"u8))
            return ChatRole.User;
        if (json.ValueTextEquals("assistant"u8))
            return ChatRole.Assistant;
        if (json.ValueTextEquals("tool"u8))
            return ChatRole.Tool;
        return json.ValueTextEquals("system"u8) ? ChatRole.System : new ChatRole(json.GetString()!);
    }

    private static bool Key(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => Next(ref json, JsonTokenType.PropertyName) && json.ValueTextEquals(name);

    private static bool Next(ref Utf8JsonReader json, JsonTokenType token) => json.Read() && json.TokenType == token;
}
