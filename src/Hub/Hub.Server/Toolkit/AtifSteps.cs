using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Core;

namespace Hub.Server.Toolkit;

/// <summary>A run's events as steps of the Agent Trajectory Interchange Format: the user's question, then each turn of a model with the calls that it led to.</summary>
/// <remarks>A turn is complete when the next begins. Source: the toolkit's <c>utils/atif_converter.py</c>, <c>ATIFStreamConverter</c>; schema ATIF-v1.7.</remarks>
internal sealed class AtifSteps(IRunHandle run)
{
    private const string Schema = "ATIF-v1.7";
    private readonly Dictionary<string, string> _arguments = new(StringComparer.Ordinal);
    private JsonObject? _turn;
    private string _lastText = "";
    private string? _agent;
    private string? _model;
    private int _next = 1;
    private int _turns;
    private long _read;
    private long _written;
    private long _cached;

    /// <summary>The step that an event completes; null where it completes none.</summary>
    public JsonObject? Push(RunEvent entry)
    {
        switch (entry.Kind)
        {
            case RunEventKind.WorkflowStart:
                _agent = entry.Function.FunctionName;
                return Complete(Step(entry, "user", Text(entry)));
            case RunEventKind.ToolStart:
                _arguments[entry.Id] = Text(entry);
                return null;
            case RunEventKind.LlmEnd:
                var before = Flush();
                _model ??= entry.Name;
                _turn = Turn(entry);
                return before;
            case RunEventKind.ToolEnd:
                return Called(entry);
            case RunEventKind.WorkflowEnd:
                return Ended(entry);
            default:
                return null;
        }
    }

    /// <summary>What the whole run was.</summary>
    public JsonObject Summary()
    {
        var agent = new JsonObject { ["name"] = _agent ?? run.RunId, ["version"] = RunLogFormat.HubVersion };
        if (_model is not null)
            agent["model_name"] = _model;
        var metrics = new JsonObject();
        Add(metrics, "total_prompt_tokens", _read);
        Add(metrics, "total_completion_tokens", _written);
        Add(metrics, "total_cached_tokens", _cached);
        metrics["total_steps"] = _turns;
        return new JsonObject { ["schema_version"] = Schema, ["session_id"] = run.RunId, ["agent"] = agent, ["final_metrics"] = metrics };
    }

    private JsonObject Turn(RunEvent entry)
    {
        var turn = Step(entry, "agent", Text(entry));
        turn["model_name"] = entry.Name;
        if (entry.Usage is { } usage && (usage.PromptTokens > 0 || usage.CompletionTokens > 0))
        {
            var metrics = new JsonObject();
            Add(metrics, "prompt_tokens", usage.PromptTokens ?? 0);
            Add(metrics, "completion_tokens", usage.CompletionTokens ?? 0);
            Add(metrics, "cached_tokens", usage.CachedTokens ?? 0);
            turn["metrics"] = metrics;
            (_read, _written, _cached) = (_read + (usage.PromptTokens ?? 0), _written + (usage.CompletionTokens ?? 0), _cached + (usage.CachedTokens ?? 0));
        }

        return turn;
    }

    private JsonObject? Called(RunEvent entry)
    {
        var isAlone = _turn is null;
        var turn = _turn ?? Step(entry, "agent", "");
        var id = $"call_{StepNames.Uuid(run.RunId, entry.Id)}";
        _arguments.Remove(entry.Id, out var arguments);
        if (turn["tool_calls"] is not JsonArray calls)
            turn["tool_calls"] = calls = [];
        calls.Add(new JsonObject { ["tool_call_id"] = id, ["function_name"] = entry.Name, ["arguments"] = Arguments(arguments ?? "") });
        if (turn["observation"]?["results"] is not JsonArray results)
            turn["observation"] = new JsonObject { ["results"] = results = [] };
        results.Add(new JsonObject { ["source_call_id"] = id, ["content"] = Text(entry) });
        return isAlone ? Complete(turn) : null;
    }

    /// <summary>The last turn; where the answer differs from it, the answer as a turn of its own goes into the same step's place at the end.</summary>
    private JsonObject? Ended(RunEvent entry)
    {
        var answer = entry.Failure is null ? Text(entry) : "";
        if (Flush() is { } last)
            return last;
        return answer.Length > 0 && answer != _lastText ? Complete(Step(entry, "agent", answer)) : null;
    }

    private JsonObject? Flush()
    {
        if (_turn is not { } turn)
            return null;
        _turn = null;
        return Complete(turn);
    }

    /// <summary>Numbers a step; steps are numbered as they are complete.</summary>
    private JsonObject Complete(JsonObject step)
    {
        step["step_id"] = _next++;
        if ((string?)step["source"] == "agent")
            (_turns, _lastText) = (_turns + 1, (string)step["message"]!);
        return step;
    }

    private static JsonObject Step(RunEvent entry, string source, string message) => new()
    {
        ["step_id"] = 0,
        ["source"] = source,
        ["message"] = message,
        ["timestamp"] = entry.Time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture),
        ["extra"] = new JsonObject
        {
            ["ancestry"] = new JsonObject { ["function_id"] = entry.Function.FunctionId, ["function_name"] = entry.Function.FunctionName },
        },
    };

    private static JsonObject Arguments(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? new JsonObject { ["input"] = text };
        }
        catch (JsonException)
        {
            return new JsonObject { ["input"] = text };
        }
    }

    private static void Add(JsonObject to, string key, long value)
    {
        if (value > 0)
            to[key] = value;
    }

    private string Text(RunEvent entry) => EventText.Full(entry, run.Payload);
}
