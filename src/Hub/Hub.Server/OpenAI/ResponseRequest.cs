using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>A responses request: what is asked, and what of the request stands in the response.</summary>
/// <param name="Input">The new messages.</param>
/// <param name="Options">Options of the answer.</param>
/// <param name="Echo">What comes back with the response; it stands in the run's header.</param>
/// <param name="Stream">Whether the response comes as events.</param>
internal sealed record ResponseRequest(IReadOnlyList<ChatMessage> Input, ChatOptions Options, ResponseEcho Echo, bool Stream)
{
    private const int MaxMetadata = 16;

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">A key is missing or wrong, or asks for what is not done here.</exception>
    public static ResponseRequest Read(JsonElement json)
    {
        var body = new BodyReader(json);
        var text = body.Find("text");
        var options = SamplingKeys.Read(body);
        options.MaxOutputTokens = body.Integer("max_output_tokens", 1, int.MaxValue);
        options.AllowMultipleToolCalls = body.Flag("parallel_tool_calls");
        options.Tools = ToolKeys.Tools(body.Find("tools"), null);
        options.ToolMode = ToolKeys.Mode(body.Find("tool_choice"), null);
        options.ResponseFormat = text is { ValueKind: JsonValueKind.Object } form ? ToolKeys.Format(new BodyReader(form).Find("format"), "text.format", null) : null;
        ToolKeys.Check(options);
        var echo = new ResponseEcho
        {
            Model = body.Text("model"),
            Instructions = body.Text("instructions"),
            PreviousResponseId = body.Text("previous_response_id"),
            Conversation = Conversation(body.Find("conversation")),
            Background = body.Flag("background") ?? false,
            Store = body.Flag("store") ?? true,
            Text = text,
            ToolChoice = body.Find("tool_choice"),
            Tools = body.Find("tools"),
            Metadata = Metadata(body.Find("metadata")),
            User = body.Text("user"),
            Created = 0,
        };
        var stream = body.Flag("stream") ?? false;
        if (echo is { PreviousResponseId: not null, Conversation: not null })
            throw new RequestException(400, "'previous_response_id' and 'conversation' exclude each other.", "conversation");
        if (echo.Background && (stream || !echo.Store))
            throw new RequestException(400, "A response in the background must be stored, and is not streamed: fetch it.", "background", "unsupported_value");
        var input = ResponseInput.Read(body.Find("input"));
        if (input.Count == 0 && echo is { PreviousResponseId: null, Conversation: null })
            throw RequestException.Invalid("'input' has nothing to answer.", "input");
        return new ResponseRequest(input, options, echo, stream);
    }

    /// <summary>Metadata: an object of texts.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public static JsonElement? Metadata(JsonElement? metadata) =>
        metadata is null or { ValueKind: JsonValueKind.Object }
        && (metadata?.EnumerateObject().Count() ?? 0) <= MaxMetadata && metadata?.EnumerateObject().All(m => m.Value.ValueKind == JsonValueKind.String) != false
            ? metadata
            : throw RequestException.Invalid($"'metadata' must be an object of at most {MaxMetadata} texts.", "metadata");

    private static string? Conversation(JsonElement? conversation) => conversation switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } id => id.GetString(),
        { ValueKind: JsonValueKind.Object } named when new BodyReader(named).Text("id") is { } id => id,
        _ => throw RequestException.Invalid("'conversation' must be an id, or an object with an 'id'.", "conversation"),
    };
}

/// <summary>What of a request stands in its response.</summary>
internal sealed record ResponseEcho
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instructions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PreviousResponseId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Conversation { get; init; }

    public bool Background { get; init; }

    public bool Store { get; init; }

    public JsonElement? Text { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public JsonElement? Tools { get; init; }

    public JsonElement? Metadata { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? User { get; init; }

    /// <summary>When it was asked, seconds since 1970.</summary>
    public long Created { get; init; }
}
