using System.Text.Json.Nodes;

namespace Hub.Remote.A2A;

/// <summary>Messages, tasks and events of the Agent2Agent protocol in the form of 1.0, which the hub works with, and in that of 0.3.</summary>
/// <remarks>Source: https://a2a-protocol.org/latest/whats-new-v1/. What neither form knows is left as it is.</remarks>
public static class LegacyForm
{
    private const string StatePrefix = "TASK_STATE_";
    private static readonly string[] s_ended = ["completed", "failed", "canceled", "rejected", "input-required", "auth-required"];

    /// <summary>A message of 0.3 as one of 1.0.</summary>
    /// <param name="message">The message.</param>
    public static JsonObject MessageToCurrent(JsonObject message)
    {
        var current = Without(message, "kind");
        current["role"] = (string?)message["role"] == "agent" ? "ROLE_AGENT" : "ROLE_USER";
        current["parts"] = Each(message["parts"], PartToCurrent);
        return current;
    }

    /// <summary>A message of 1.0 as one of 0.3.</summary>
    /// <param name="message">The message.</param>
    public static JsonObject MessageToLegacy(JsonObject message)
    {
        var legacy = Without(message);
        legacy["kind"] = "message";
        legacy["role"] = (string?)message["role"] == "ROLE_AGENT" ? "agent" : "user";
        legacy["parts"] = Each(message["parts"], PartToLegacy);
        return legacy;
    }

    /// <summary>A task of 1.0 as one of 0.3.</summary>
    /// <param name="task">The task.</param>
    public static JsonObject TaskToLegacy(JsonObject task)
    {
        var legacy = Without(task);
        legacy["kind"] = "task";
        legacy["status"] = StatusToLegacy(task["status"]!.AsObject());
        if (task["artifacts"] is JsonArray artifacts)
            legacy["artifacts"] = Each(artifacts, ArtifactToLegacy);
        if (task["history"] is JsonArray history)
            legacy["history"] = Each(history, MessageToLegacy);
        return legacy;
    }

    /// <summary>A task of 0.3 as one of 1.0.</summary>
    /// <param name="task">The task.</param>
    public static JsonObject TaskToCurrent(JsonObject task)
    {
        var current = Without(task, "kind");
        current["status"] = StatusToCurrent(task["status"] as JsonObject ?? []);
        if (task["artifacts"] is JsonArray artifacts)
            current["artifacts"] = Each(artifacts, a => WithParts(a, PartToCurrent));
        if (task["history"] is JsonArray history)
            current["history"] = Each(history, MessageToCurrent);
        return current;
    }

    /// <summary>An answer or event of 1.0, which names its kind by its only key, as one of 0.3, which has it as <c>kind</c>.</summary>
    /// <param name="payload">One of <c>task</c>, <c>message</c>, <c>statusUpdate</c> and <c>artifactUpdate</c>.</param>
    public static JsonObject PayloadToLegacy(JsonObject payload)
    {
        if (payload["task"] is JsonObject task)
            return TaskToLegacy(task);
        if (payload["message"] is JsonObject message)
            return MessageToLegacy(message);
        if (payload["statusUpdate"] is JsonObject status)
        {
            var legacy = Without(status);
            legacy["kind"] = "status-update";
            legacy["status"] = StatusToLegacy(status["status"]!.AsObject());
            legacy["final"] = s_ended.Contains((string?)legacy["status"]!["state"]);
            return legacy;
        }

        var update = payload["artifactUpdate"]!.AsObject();
        var artifact = Without(update);
        artifact["kind"] = "artifact-update";
        artifact["artifact"] = ArtifactToLegacy(update["artifact"]!.AsObject());
        return artifact;
    }

    /// <summary>An answer or event of 0.3 as one of 1.0.</summary>
    /// <param name="payload">A task, message, status-update or artifact-update.</param>
    public static JsonObject PayloadToCurrent(JsonObject payload) => (string?)payload["kind"] switch
    {
        "message" => new JsonObject { ["message"] = MessageToCurrent(payload) },
        "status-update" => new JsonObject { ["statusUpdate"] = With(Without(payload, "kind", "final"), "status", StatusToCurrent(payload["status"] as JsonObject ?? [])) },
        "artifact-update" => new JsonObject { ["artifactUpdate"] = With(Without(payload, "kind"), "artifact", WithParts(payload["artifact"] as JsonObject ?? [], PartToCurrent)) },
        _ => new JsonObject { ["task"] = TaskToCurrent(payload) },
    };

    private static JsonObject StatusToLegacy(JsonObject status)
    {
        var legacy = Without(status);
        legacy["state"] = ((string?)status["state"] ?? "unknown").Replace(StatePrefix, "", StringComparison.Ordinal).ToLowerInvariant().Replace('_', '-');
        if (status["message"] is JsonObject message)
            legacy["message"] = MessageToLegacy(message);
        return legacy;
    }

    private static JsonObject StatusToCurrent(JsonObject status)
    {
        var current = Without(status);
        current["state"] = StatePrefix + ((string?)status["state"] ?? "unspecified").ToUpperInvariant().Replace('-', '_');
        if (status["message"] is JsonObject message)
            current["message"] = MessageToCurrent(message);
        return current;
    }

    private static JsonObject ArtifactToLegacy(JsonObject artifact) => WithParts(artifact, PartToLegacy);

    private static JsonObject WithParts(JsonObject holder, Func<JsonObject, JsonObject> part) => With(Without(holder), "parts", Each(holder["parts"], part));

    private static JsonObject PartToCurrent(JsonObject part)
    {
        var current = Without(part, "kind", "file");
        if (part["file"] is not JsonObject file)
            return current;
        Copy(file, "bytes", current, "raw");
        Copy(file, "uri", current, "url");
        Copy(file, "mimeType", current, "mediaType");
        Copy(file, "name", current, "filename");
        return current;
    }

    private static JsonObject PartToLegacy(JsonObject part)
    {
        if (part.ContainsKey("text"))
            return With(Without(part), "kind", "text");
        if (part.ContainsKey("data"))
            return With(Without(part), "kind", "data");
        var file = new JsonObject();
        Copy(part, "raw", file, "bytes");
        Copy(part, "url", file, "uri");
        Copy(part, "mediaType", file, "mimeType");
        Copy(part, "filename", file, "name");
        return With(With(Without(part, "raw", "url", "mediaType", "filename"), "kind", "file"), "file", file);
    }

    private static void Copy(JsonObject from, string key, JsonObject to, string name)
    {
        if (from[key] is { } value)
            to[name] = value.DeepClone();
    }

    private static JsonObject With(JsonObject target, string key, JsonNode value)
    {
        target[key] = value;
        return target;
    }

    private static JsonObject Without(JsonObject source, params IReadOnlyList<string> keys) =>
        new(source.Where(p => !keys.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    private static JsonArray Each(JsonNode? items, Func<JsonObject, JsonObject> map) => items is JsonArray array ? new JsonArray([.. array.OfType<JsonObject>().Select(map)]) : [];
}
