using System.Text.Json;
using Backends.Abstractions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>A chat request as a reasoner understands it, and what concerns the form of the answer.</summary>
internal sealed record ChatRequest(ReasonerRequest Request, string? Model)
{
    private const int MaxChoices = 16;
    private const int MaxTools = 256;

    public int Choices { get; private init; } = 1;

    public bool Stream { get; private init; }

    public bool StreamUsage { get; private init; }

    public bool Logprobs { get; private init; }

    public int TopLogprobs { get; private init; }

    public string? User { get; private init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">A key is missing or wrong.</exception>
    public static ChatRequest Read(JsonElement json)
    {
        var body = new BodyReader(json);
        foreach (var grammar in (string[])["guided_grammar", "guided_regex", "grammar"])
        {
            if (body.Find(grammar) is not null)
                throw new RequestException(400, $"'{grammar}' is not supported. Use 'response_format' with a JSON schema, or leave it out.", grammar, "unsupported_parameter");
        }

        var hasLogprobs = body.Flag("logprobs") ?? false;
        var top = body.Integer("top_logprobs", 0, CompletionSupport.MaxTopLogprobs);
        if (top is not null && !hasLogprobs)
            throw new RequestException(400, "'top_logprobs' needs 'logprobs' to be true.", "top_logprobs");
        var options = Options(body);
        if (hasLogprobs)
            (options.AdditionalProperties ??= [])[ModelOptionKeys.Logprobs] = top ?? 0;
        return new ChatRequest(new ReasonerRequest(ChatMessages.Read(body.Find("messages")), options), body.Text("model"))
        {
            Choices = body.Integer("n", 1, MaxChoices) ?? 1,
            Stream = body.Flag("stream") ?? false,
            StreamUsage = SamplingKeys.StreamUsage(body),
            Logprobs = hasLogprobs,
            TopLogprobs = top ?? 0,
            User = body.Text("user"),
        };
    }

    private static ChatOptions Options(BodyReader body)
    {
        var options = SamplingKeys.Read(body);
        options.MaxOutputTokens = body.Integer("max_completion_tokens", 1, int.MaxValue) ?? body.Integer("max_tokens", 1, int.MaxValue);
        options.AllowMultipleToolCalls = body.Flag("parallel_tool_calls");
        options.ResponseFormat = Format(body.Find("response_format"));
        options.Tools = Tools(body.Find("tools"));
        options.ToolMode = Mode(body.Find("tool_choice"));
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: var wanted } && options.Tools?.Any(t => wanted is null || t.Name == wanted) != true)
            throw new RequestException(400, wanted is null ? "'tool_choice' is required and there are no 'tools'." : $"'tool_choice' names '{wanted}', which is not among the 'tools'.", "tool_choice");
        return options;
    }

    private static ChatResponseFormat? Format(JsonElement? format)
    {
        if (format is not { } written)
            return null;
        if (written.ValueKind != JsonValueKind.Object)
            throw RequestException.Invalid("'response_format' must be an object with a 'type'.", "response_format");
        switch (new BodyReader(written).Text("type"))
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema" when new BodyReader(written).Find("json_schema") is { ValueKind: JsonValueKind.Object } named
                && new BodyReader(named).Find("schema") is { ValueKind: JsonValueKind.Object } schema:
                return ChatResponseFormat.ForJsonSchema(schema, new BodyReader(named).Text("name"), new BodyReader(named).Text("description"));
            case "json_schema":
                throw RequestException.Invalid("'response_format.json_schema' needs a 'schema', an object.", "response_format");
            case var other:
                throw new RequestException(400, $"'response_format.type' is '{other}'; text, json_object or json_schema is needed.", "response_format", "unsupported_parameter");
        }
    }

    private static List<AITool>? Tools(JsonElement? tools)
    {
        if (tools is not { } list)
            return null;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxTools)
            throw RequestException.Invalid($"'tools' must be a list of at most {MaxTools} tools.", "tools");
        List<AITool> read = [];
        foreach (var tool in list.EnumerateArray())
        {
            if (tool.ValueKind != JsonValueKind.Object || new BodyReader(tool).Find("function") is not { ValueKind: JsonValueKind.Object } function || new BodyReader(function).Text("name") is not { Length: > 0 } name)
                throw RequestException.Invalid("Each of 'tools' needs the type 'function' and a 'function' with a 'name'.", "tools");
            var parameters = new BodyReader(function).Find("parameters") ?? JsonElement.Parse("""{"type":"object","properties":{}}""");
            if (parameters.ValueKind != JsonValueKind.Object)
                throw RequestException.Invalid($"'parameters' of the tool '{name}' must be a JSON schema.", "tools");
            read.Add(AIFunctionFactory.CreateDeclaration(name, new BodyReader(function).Text("description") ?? "", parameters));
        }

        return read;
    }

    private static ChatToolMode? Mode(JsonElement? choice) => choice switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } word => word.GetString() switch
        {
            "auto" => ChatToolMode.Auto,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            var other => throw RequestException.Invalid($"'tool_choice' is '{other}'; auto, none, required or a function is needed.", "tool_choice"),
        },
        { ValueKind: JsonValueKind.Object } named when new BodyReader(named).Find("function") is { ValueKind: JsonValueKind.Object } function && new BodyReader(function).Text("name") is { } name =>
            ChatToolMode.RequireSpecific(name),
        _ => throw RequestException.Invalid("'tool_choice' must be auto, none, required or a function by name.", "tool_choice"),
    };
}
