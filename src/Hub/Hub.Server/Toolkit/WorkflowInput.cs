using System.Text.Json;
using Hub.Abstractions;
using Hub.Core.Answers;
using Hub.Server.Http;
using Hub.Server.OpenAI;

namespace Hub.Server.Toolkit;

/// <summary>A function's own input and output over HTTP: a question, a conversation, or the arguments that it takes.</summary>
internal static class WorkflowInput
{
    private const string Question = "input_message";

    /// <summary>What a body asks of a function.</summary>
    /// <param name="body">The body.</param>
    /// <param name="tool">The function where it is a tool; null for a reasoner.</param>
    /// <exception cref="RequestException">The body is nothing that the function takes.</exception>
    public static (ReasonerRequest Request, ChatRequest? Chat) Read(JsonElement body, HubFunction? tool)
    {
        if (tool is not null && !IsQuestion(body, tool))
            return (ReasonerRequest.From(body.GetRawText()), null);
        var reader = new BodyReader(body);
        var hasMessages = reader.Find("messages") is not null;
        if (hasMessages && reader.Find(Question) is null)
        {
            var chat = ChatRequest.Read(body);
            return (chat.Request, chat);
        }

        return reader.Text(Question) is { } question && !hasMessages
            ? (ReasonerRequest.From(question), null)
            : throw RequestException.Invalid($"Exactly one of '{Question}' (text) and 'messages' (a list) is needed.", Question);
    }

    /// <summary>What a function's answer is over the wire: an object as it is, anything else under <c>value</c>.</summary>
    public static JsonElement Output(string text, HubFunction? tool)
    {
        if (tool is not null && JsonText.Parse(text) is { } json)
            return json.ValueKind == JsonValueKind.Object ? json : JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["value"] = json }, Wire.Options);
        return JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["value"] = text }, Wire.Options);
    }

    private static bool IsQuestion(JsonElement body, HubFunction tool) =>
        body.TryGetProperty(Question, out var question) && question.ValueKind == JsonValueKind.String && body.EnumerateObject().Count() == 1
        && !(tool.InputSchema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(Question, out _));
}
