using System.Text;
using System.Text.Json.Nodes;
using Hub.Abstractions;

namespace Hub.Remote.A2A;

/// <summary>What a model reads of an agent's answer: the words of its artifacts, or what it asks.</summary>
internal sealed class AgentAnswer
{
    private readonly Dictionary<string, StringBuilder> _artifacts = new(StringComparer.Ordinal);
    private JsonObject? _status;
    private string? _message;
    private (string? Task, string? Context) _ids;

    /// <summary>The words of a whole answer.</summary>
    /// <exception cref="HubException">The task failed.</exception>
    public static string Text(JsonObject payload)
    {
        var answer = new AgentAnswer();
        answer.Add(payload);
        return answer.ToText();
    }

    /// <summary>Takes in an answer or an event, in the form of 1.0.</summary>
    public void Add(JsonObject payload)
    {
        if (payload["message"] is JsonObject message)
            _message = Words(message["parts"]);
        if (payload["task"] is JsonObject task)
        {
            _ids = ((string?)task["id"], (string?)task["contextId"]);
            _status = task["status"] as JsonObject;
            foreach (var artifact in (task["artifacts"] as JsonArray ?? []).OfType<JsonObject>())
                Put(artifact, append: false);
        }

        if (payload["statusUpdate"] is JsonObject status)
            _status = status["status"] as JsonObject;
        if (payload["artifactUpdate"] is JsonObject update && update["artifact"] is JsonObject part)
            Put(part, update["append"] is JsonValue append && append.TryGetValue<bool>(out var more) && more);
    }

    /// <exception cref="HubException">The task failed.</exception>
    public string ToText()
    {
        var said = Words((_status?["message"] as JsonObject)?["parts"]);
        switch ((string?)_status?["state"])
        {
            case "TASK_STATE_FAILED" or "TASK_STATE_REJECTED" or "TASK_STATE_CANCELED":
                throw new HubException(said.Length > 0 ? $"The agent's task failed: {said}" : $"The agent's task ended as {(string?)_status["state"]}.");
            case "TASK_STATE_INPUT_REQUIRED" or "TASK_STATE_AUTH_REQUIRED":
                return $"The agent asks: {said} (Answer by calling again with task_id \"{_ids.Task}\" and context_id \"{_ids.Context}\".)";
        }

        return _artifacts.Count > 0 ? string.Join("\n", _artifacts.Values) : _message ?? said;
    }

    private void Put(JsonObject artifact, bool append)
    {
        var id = (string?)artifact["artifactId"] ?? "";
        if (!append || !_artifacts.TryGetValue(id, out var text))
            _artifacts[id] = text = new StringBuilder();
        text.Append(Words(artifact["parts"]));
    }

    private static string Words(JsonNode? parts) => string.Join("\n", (parts as JsonArray ?? []).OfType<JsonObject>().Select(p => (string?)p["text"] ?? p["data"]?.ToJsonString() ?? (string?)p["url"] ?? "(a file)"));
}
