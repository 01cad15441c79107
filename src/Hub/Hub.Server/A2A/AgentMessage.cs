using System.Text.Json.Nodes;

namespace Hub.Server.A2A;

/// <summary>What a client sent: words for the workflow, in which task and context, and how it wants its answer.</summary>
internal sealed record AgentMessage(string Text, string? TaskId, string? ContextId, bool ReturnsImmediately, int? HistoryLength, JsonObject? Push)
{
    private const int MaxParts = 100;

    /// <summary>Reads parameters in the form of 1.0.</summary>
    /// <exception cref="AgentException">They are none that can be served.</exception>
    public static AgentMessage Read(JsonObject parameters)
    {
        if (parameters["message"] is not JsonObject message || message["parts"] is not JsonArray { Count: > 0 and <= MaxParts } parts)
            throw new AgentException(AgentException.InvalidParams, $"'message' needs 1 to {MaxParts} 'parts'.");
        if (Value(message, "messageId") is not { Length: > 0 })
            throw new AgentException(AgentException.InvalidParams, "'message' needs a 'messageId'.");
        var configuration = parameters["configuration"] as JsonObject ?? [];
        if (configuration["acceptedOutputModes"] is JsonArray { Count: > 0 } modes && !modes.Any(m => (string?)m is "text/plain" or "text/*" or "*/*" or "text" or "application/json"))
            throw new AgentException(AgentException.ContentTypeNotSupported, "The agent answers in text/plain, which is not among acceptedOutputModes.");
        return new AgentMessage(
            string.Join('\n', parts.Select(TextOf)),
            Value(message, "taskId"),
            Value(message, "contextId"),
            configuration["returnImmediately"] is JsonValue immediately && immediately.TryGetValue<bool>(out var flag) && flag,
            configuration["historyLength"] is JsonValue length && length.TryGetValue<int>(out var count) ? count : null,
            configuration["taskPushNotificationConfig"] as JsonObject);
    }

    /// <summary>A text of an object; null where it is absent or no text.</summary>
    public static string? Value(JsonObject holder, string key) => holder[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static string TextOf(JsonNode? part) => part is not JsonObject whole
        ? throw new AgentException(AgentException.InvalidParams, "A part is no object.")
        : Value(whole, "text") ?? (whole["data"] is { } data ? data.ToJsonString()
        : throw new AgentException(AgentException.ContentTypeNotSupported, "The agent reads parts of text and data; this one is neither."));
}
