using System.Text.Json;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Tools, the choice among them, and the form of the answer: as chat writes them, nested, or as responses do, flat.</summary>
internal static class ToolKeys
{
    private const int MaxTools = 256;

    /// <summary>Checks that a call that is asked for can be made.</summary>
    /// <exception cref="RequestException">It cannot.</exception>
    public static void Check(ChatOptions options)
    {
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: var wanted } && options.Tools?.Any(t => wanted is null || t.Name == wanted) != true)
            throw new RequestException(400, wanted is null ? "'tool_choice' is required and there are no 'tools'." : $"'tool_choice' names '{wanted}', which is not among the 'tools'.", "tool_choice");
    }

    /// <summary>The form that an answer is to have.</summary>
    /// <param name="format">What the body says; null for nothing.</param>
    /// <param name="key">Where it says so.</param>
    /// <param name="inner">Key under which the schema's name and the schema stand; null where they stand beside the type.</param>
    /// <exception cref="RequestException">It is wrong, or not supported.</exception>
    public static ChatResponseFormat? Format(JsonElement? format, string key, string? inner)
    {
        if (format is not { } written)
            return null;
        if (written.ValueKind != JsonValueKind.Object)
            throw RequestException.Invalid($"'{key}' must be an object with a 'type'.", key);
        switch (new BodyReader(written).Text("type"))
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema" when Inner(written, inner) is { } named
                && new BodyReader(named).Find("schema") is { ValueKind: JsonValueKind.Object } schema:
                return ChatResponseFormat.ForJsonSchema(schema, new BodyReader(named).Text("name"), new BodyReader(named).Text("description"));
            case "json_schema":
                throw RequestException.Invalid($"'{key}{(inner is null ? "" : "." + inner)}' needs a 'schema', an object.", key);
            case var other:
                throw new RequestException(400, $"'{key}.type' is '{other}'; text, json_object or json_schema is needed.", key, "unsupported_parameter");
        }
    }

    /// <summary>Functions that the caller offers.</summary>
    /// <param name="tools">What the body says; null for nothing.</param>
    /// <param name="inner">Key under which a function's name and parameters stand; null where they stand beside the type.</param>
    /// <exception cref="RequestException">One is wrong, or no function.</exception>
    public static List<AITool>? Tools(JsonElement? tools, string? inner)
    {
        if (tools is not { } list)
            return null;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxTools)
            throw RequestException.Invalid($"'tools' must be a list of at most {MaxTools} tools.", "tools");
        List<AITool> read = [];
        foreach (var tool in list.EnumerateArray())
        {
            if (tool.ValueKind == JsonValueKind.Object && new BodyReader(tool).Text("type") is not (null or "function") and var type)
                throw new RequestException(400, $"A tool of the type '{type}' is not supported; functions are.", "tools", "unsupported_parameter");
            if (tool.ValueKind != JsonValueKind.Object || Inner(tool, inner) is not { } function || new BodyReader(function).Text("name") is not { Length: > 0 } name)
                throw RequestException.Invalid("Each of 'tools' needs the type 'function' and a name.", "tools");
            var parameters = new BodyReader(function).Find("parameters") ?? JsonElement.Parse("""{"type":"object","properties":{}}""");
            if (parameters.ValueKind != JsonValueKind.Object)
                throw RequestException.Invalid($"'parameters' of the tool '{name}' must be a JSON schema.", "tools");
            read.Add(AIFunctionFactory.CreateDeclaration(name, new BodyReader(function).Text("description") ?? "", parameters));
        }

        return read;
    }

    /// <summary>Whether a function is to be called, and which.</summary>
    /// <param name="choice">What the body says; null for nothing.</param>
    /// <param name="inner">Key under which a function's name stands; null where it stands beside the type.</param>
    /// <exception cref="RequestException">It is wrong.</exception>
    public static ChatToolMode? Mode(JsonElement? choice, string? inner) => choice switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } word => word.GetString() switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            var other => throw RequestException.Invalid($"'tool_choice' is '{other}'; auto, none, required or a function is needed.", "tool_choice"),
        },
        { ValueKind: JsonValueKind.Object } named when Inner(named, inner) is { } function && new BodyReader(function).Text("name") is { } name =>
            ChatToolMode.RequireSpecific(name),
        _ => throw RequestException.Invalid("'tool_choice' must be auto, none, required or a function by name.", "tool_choice"),
    };

    private static JsonElement? Inner(JsonElement outer, string? key) => key is null ? outer : new BodyReader(outer).Find(key) is { ValueKind: JsonValueKind.Object } inner ? inner : null;
}
