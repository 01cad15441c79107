using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>One item of what a response read or wrote: a message, a call, or a call's result.</summary>
internal sealed record ResponseItem(string Type, string Id, string Status)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ResponsePart>? Content { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CallId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Arguments { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Output { get; init; }

    /// <summary>Items of a conversation, ids made from a run's.</summary>
    /// <param name="messages">Messages in order.</param>
    /// <param name="runId">The run.</param>
    /// <param name="first">Number of the first item.</param>
    public static IReadOnlyList<ResponseItem> Of(IEnumerable<ChatMessage> messages, string runId, int first = 0)
    {
        List<ResponseItem> items = [];
        foreach (var message in messages)
        {
            var text = string.Concat(message.Contents.OfType<TextContent>().Select(t => t.Text));
            if (message.Role != ChatRole.Tool && (text.Length > 0 || !message.Contents.OfType<FunctionCallContent>().Any()))
                items.Add(Message(Id("msg"), message.Role.Value, text));
            foreach (var call in message.Contents.OfType<FunctionCallContent>())
                items.Add(new ResponseItem("function_call", Id("fc"), "completed") { CallId = call.CallId, Name = call.Name, Arguments = JsonSerializer.Serialize(call.Arguments, HubJson.Options) });
            foreach (var result in message.Contents.OfType<FunctionResultContent>())
                items.Add(new ResponseItem("function_call_output", Id("fco"), "completed") { CallId = result.CallId, Output = result.Result as string ?? JsonSerializer.Serialize(result.Result, HubJson.Options) });
        }

        return items;

        string Id(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{runId}_{first + items.Count}");
    }

    /// <summary>A message of one text.</summary>
    public static ResponseItem Message(string id, string role, string text, string status = "completed") =>
        new("message", id, status) { Role = role, Content = [ResponsePart.Of(role, text)] };
}

/// <summary>A part of a message.</summary>
internal sealed record ResponsePart(string Type, string Text)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Annotations { get; init; }

    /// <summary>A text that somebody in a role said.</summary>
    public static ResponsePart Of(string role, string text) => role == "assistant" ? new ResponsePart("output_text", text) { Annotations = [] } : new ResponsePart("input_text", text);
}
