using System.Text.Json;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Reads the items of a responses request as messages.</summary>
internal static class ResponseInput
{
    private const int MaxItems = 10_000;

    /// <exception cref="RequestException">An item is wrong, or of a type that is not supported.</exception>
    public static IReadOnlyList<ChatMessage> Read(JsonElement? input, string key = "input") => input switch
    {
        { ValueKind: JsonValueKind.String } text => [new ChatMessage(ChatRole.User, text.GetString())],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() <= MaxItems => [.. list.EnumerateArray().Select((item, i) => Item(item, $"{key}[{i}]")).OfType<ChatMessage>()],
        _ => throw RequestException.Invalid($"'{key}' must be a text or a list of at most {MaxItems} items.", key),
    };

    private static ChatMessage? Item(JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw RequestException.Invalid($"'{key}' is a {JsonBody.Kind(json)}; an item with a 'type' is needed.", key);
        var item = new BodyReader(json);
        switch (item.Text("type") ?? "message")
        {
            case "message":
                return ChatMessages.Message(json, key);
            case "function_call":
                var name = item.Text("name") ?? throw RequestException.Invalid($"'{key}.name' is missing.", $"{key}.name");
                return new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(item.Text("call_id") ?? item.Text("id") ?? "", name, ChatMessages.Arguments(item.Text("arguments"), name, key))]);
            case "function_call_output":
                var output = item.Find("output") is { ValueKind: not JsonValueKind.String } parts ? parts.GetRawText() : item.Text("output");
                return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(item.Text("call_id") ?? throw RequestException.Invalid($"'{key}.call_id' is missing.", $"{key}.call_id"), output ?? "")]);
            case "reasoning":
                return null; // what a model thought is not given to it again
            case var other:
                throw new RequestException(400, $"'{key}' is of the type '{other}'; message, function_call or function_call_output is needed.", key, "unsupported_value");
        }
    }
}
