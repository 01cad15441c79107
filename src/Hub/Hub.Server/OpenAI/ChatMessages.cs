using System.Text.Json;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Reads the messages of a chat request.</summary>
internal static class ChatMessages
{
    private const int MaxMessages = 10_000;

    /// <exception cref="RequestException">There are none, or one of them is wrong.</exception>
    public static IReadOnlyList<ChatMessage> Read(JsonElement? messages)
    {
        if (messages is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 or > MaxMessages)
            throw RequestException.Invalid($"'messages' must be a list of 1 to {MaxMessages} messages.", "messages");
        return [.. list.EnumerateArray().Select((m, i) => Message(m, $"messages[{i}]"))];
    }

    /// <summary>One message.</summary>
    /// <param name="json">The message.</param>
    /// <param name="key">Where it stands, for errors.</param>
    /// <exception cref="RequestException">It is wrong.</exception>
    public static ChatMessage Message(JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw RequestException.Invalid($"'{key}' is a {JsonBody.Kind(json)}; an object with 'role' and 'content' is needed.", key);
        var body = new BodyReader(json);
        var role = body.Text("role") switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "tool" or "function" => ChatRole.Tool,
            var other => throw RequestException.Invalid($"'{key}.role' is '{other}'; system, developer, user, assistant or tool is needed.", $"{key}.role"),
        };
        List<AIContent> contents = role == ChatRole.Tool
            ? [new FunctionResultContent(body.Text("tool_call_id") ?? body.Text("name") ?? "", string.Concat(Parts(body, key).OfType<TextContent>().Select(t => t.Text)))]
            : [.. Parts(body, key)];
        if (role == ChatRole.Assistant && body.Find("tool_calls") is { ValueKind: JsonValueKind.Array } calls)
            contents.AddRange(calls.EnumerateArray().Select(c => Call(c, key)));
        if (contents.Count == 0)
            throw RequestException.Invalid($"'{key}.content' is missing.", $"{key}.content");
        return new ChatMessage(role, contents) { AuthorName = role == ChatRole.Tool ? null : body.Text("name") };
    }

    private static IEnumerable<AIContent> Parts(BodyReader message, string key)
    {
        switch (message.Find("content"))
        {
            case null:
                return [];
            case { ValueKind: JsonValueKind.String } text:
                return [new TextContent(text.GetString())];
            case { ValueKind: JsonValueKind.Array } list:
                return [.. list.EnumerateArray().Select((p, i) => Part(p, $"{key}.content[{i}]"))];
            case { } other:
                throw RequestException.Invalid($"'{key}.content' is a {JsonBody.Kind(other)}; text or a list of parts is needed.", $"{key}.content");
        }
    }

    private static AIContent Part(JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw RequestException.Invalid($"'{key}' is a {JsonBody.Kind(json)}; a part with a 'type' is needed.", key);
        var part = new BodyReader(json);
        try
        {
            switch (part.Text("type"))
            {
                case "text" or "input_text" or "output_text":
                    return new TextContent(part.Text("text") ?? "");
                case "refusal":
                    return new TextContent(part.Text("refusal") ?? "");
                case "image_url" when part.Find("image_url") is { ValueKind: JsonValueKind.Object } image && new BodyReader(image).Text("url") is { } url:
                    return url.StartsWith("data:", StringComparison.Ordinal) ? new DataContent(url) : new UriContent(url, "image/*");
                case "input_audio" when part.Find("input_audio") is { ValueKind: JsonValueKind.Object } audio && new BodyReader(audio).Text("data") is { } data:
                    return new DataContent(Convert.FromBase64String(data), $"audio/{new BodyReader(audio).Text("format") ?? "wav"}");
                case var other:
                    throw RequestException.Invalid($"'{key}' is of the type '{other}'; a whole text, image_url or input_audio is needed.", key);
            }
        }
        catch (Exception broken) when (broken is FormatException or UriFormatException or ArgumentException)
        {
            throw RequestException.Invalid($"'{key}' cannot be read: {broken.Message}", key);
        }
    }

    private static FunctionCallContent Call(JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object || new BodyReader(json).Find("function") is not { ValueKind: JsonValueKind.Object } function || new BodyReader(function).Text("name") is not { } name)
            throw RequestException.Invalid($"Each of '{key}.tool_calls' needs an 'id' and a 'function' with a 'name'.", $"{key}.tool_calls");
        return new FunctionCallContent(new BodyReader(json).Text("id") ?? "", name, Arguments(new BodyReader(function).Text("arguments"), name, $"{key}.tool_calls"));
    }

    /// <summary>Arguments of a call, written as JSON text.</summary>
    /// <param name="text">The text; null or empty for none.</param>
    /// <param name="name">Name of the function, for errors.</param>
    /// <param name="key">Where they stand, for errors.</param>
    /// <exception cref="RequestException">They are no JSON object.</exception>
    public static Dictionary<string, object?> Arguments(string? text, string name, string key)
    {
        try
        {
            var arguments = JsonElement.Parse(string.IsNullOrEmpty(text) ? "{}" : text);
            if (arguments.ValueKind == JsonValueKind.Object)
                return arguments.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value);
        }
        catch (JsonException)
        {
            // said below
        }

        throw RequestException.Invalid($"The arguments of '{name}' in '{key}' are no JSON object.", key);
    }
}
