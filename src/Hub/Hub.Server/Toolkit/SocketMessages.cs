using System.Text.Json.Nodes;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>Messages that the server sends over a web socket, in the toolkit's form.</summary>
/// <remarks>Source: the toolkit's <c>data_models/api_server.py</c>, <c>WebSocketSystem…Message</c>.</remarks>
internal sealed class SocketMessages(TimeProvider time)
{
    private const string InProgress = "in_progress";
    private const string Default = "default";
    private long _next;

    /// <summary>A part of the answer; null for its end.</summary>
    public JsonObject Response(UserMessage asked, JsonNode? content) => Of("system_response_message", asked, content ?? new JsonObject { ["text"] = null }, content is null ? "complete" : InProgress);

    /// <summary>A step.</summary>
    public JsonObject Intermediate(UserMessage asked, ToolkitStep step)
    {
        var message = Of("system_intermediate_message", asked, new JsonObject { ["name"] = step.Name, ["payload"] = step.Payload }, InProgress);
        message["id"] = step.Id;
        message["intermediate_parent_id"] = step.ParentId;
        message["update_message_id"] = Default;
        return message;
    }

    /// <summary>A question to the person at the other end.</summary>
    public JsonObject Interaction(UserMessage asked, HumanPrompt prompt) => Of("system_interaction_message", asked, JsonNode.Parse(Wire.Bytes(prompt)), InProgress);

    /// <summary>Something that went wrong.</summary>
    public JsonObject Error(UserMessage? asked, ToolkitError error) => Of("error_message", asked ?? new UserMessage("", null, null), JsonNode.Parse(Wire.Bytes(error)), InProgress);

    /// <summary>Who somebody turned out to be; null where their key or token is not right.</summary>
    public JsonObject Auth(Caller? known, string method) => new()
    {
        ["type"] = "auth_response_message",
        ["status"] = known is null ? "error" : "success",
        ["user_id"] = known?.UserId,
        ["payload"] = known is not null ? null : JsonNode.Parse(Wire.Bytes(new ToolkitError("user_auth_error", "Authentication failed", $"Could not resolve user identity from auth payload (method={method})"))),
        ["timestamp"] = Now(),
    };

    /// <summary>In which trace a run is found.</summary>
    public JsonObject Trace(UserMessage asked, string trace) => new()
    {
        ["type"] = "observability_trace_message",
        ["id"] = System.FormattableString.Invariant($"{asked.Id}-{Interlocked.Increment(ref _next)}"),
        ["parent_id"] = asked.Id,
        ["conversation_id"] = asked.ConversationId,
        ["content"] = new JsonObject { ["observability_trace_id"] = trace },
        ["timestamp"] = Now(),
    };

    private JsonObject Of(string type, UserMessage asked, JsonNode? content, string status) => new()
    {
        ["type"] = type,
        ["id"] = System.FormattableString.Invariant($"{asked.Id}-{Interlocked.Increment(ref _next)}"),
        ["thread_id"] = asked.ThreadId ?? Default,
        ["parent_id"] = asked.Id,
        ["conversation_id"] = asked.ConversationId,
        ["content"] = content,
        ["status"] = status,
        ["timestamp"] = Now(),
    };

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What of a client's message the answers repeat.</summary>
internal sealed record UserMessage(string Id, string? ConversationId, string? ThreadId);
