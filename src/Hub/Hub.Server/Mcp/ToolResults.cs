using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Server.Toolkit;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hub.Server.Mcp;

/// <summary>A run's answer as the result of a tool: words, data that fits the tool's output schema, pictures, sound, resources.</summary>
internal static class ToolResults
{
    private const string Value = "value";
    private static readonly JsonElement s_words = JsonElement.Parse("""{"type":"object","properties":{"value":{"type":"string"}},"required":["value"]}""");

    /// <summary>The result of a tool that did not answer.</summary>
    public static CallToolResult Failed(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    /// <summary>What a run's end is as the result of a tool.</summary>
    public static CallToolResult Of(HubFunction function, RunResult result)
    {
        if (result.Status != RunStatus.Completed)
            return Failed(new RunFailedException(result).Message);
        if (function.Kind == HubFunctionKind.Tool && Contents(result.Text) is { Count: > 0 } contents)
            return new CallToolResult { Content = [.. contents.Select(Block)] };
        var output = WorkflowInput.Output(result.Text, IsData(function) ? function : null);
        var isOwn = IsObject(function.OutputSchema) || output.TryGetProperty(Value, out _);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = result.Text }],
            StructuredContent = isOwn ? output : JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [Value] = output }),
        };
    }

    /// <summary>The schema of a tool's structured result: its own where that is an object, otherwise an object with it as <c>value</c>; null where nobody knows.</summary>
    public static JsonElement? OutputSchema(HubFunction function)
    {
        if (function.OutputSchema is not { } own)
            return function.Kind == HubFunctionKind.Tool ? null : s_words;
        if (IsObject(own))
            return own;
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { [Value] = JsonNode.Parse(own.GetRawText()) }, ["required"] = new JsonArray(Value) };
        // References inside are to the schema's root, which has moved.
        return own.GetRawText().Contains("\"$ref\"", StringComparison.Ordinal) ? null : JsonSerializer.SerializeToElement(schema);
    }

    /// <summary>The input schema as the protocol wants it: of the type object.</summary>
    public static JsonElement ObjectSchema(JsonElement schema)
    {
        if (IsObject(schema))
            return schema;
        var node = schema.ValueKind == JsonValueKind.Object ? JsonNode.Parse(schema.GetRawText())!.AsObject() : [];
        node["type"] = "object";
        return JsonSerializer.SerializeToElement(node);
    }

    private static bool IsData(HubFunction function) => function.Kind == HubFunctionKind.Tool || function.OutputSchema is not null;

    private static bool IsObject(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object");

    /// <summary>What a tool returned as content of Microsoft.Extensions.AI, which says its kind in <c>$type</c>; null where it returned data.</summary>
    private static List<AIContent>? Contents(string text)
    {
        if (!text.Contains("\"$type\"", StringComparison.Ordinal))
            return null;
        try
        {
            return text[0] == '[' ? JsonSerializer.Deserialize<List<AIContent>>(text, HubJson.Options) : [JsonSerializer.Deserialize<AIContent>(text, HubJson.Options)!];
        }
        catch (Exception other) when (other is JsonException or NotSupportedException)
        {
            return null; // it is data that happens to have such a key
        }
    }

    /// <summary>Pictures and sound as themselves; other data with a name is a resource that the name is the address of, as text where it is text.</summary>
    private static ContentBlock Block(AIContent content) => content is DataContent { Name: { Length: > 0 } uri } data && !data.HasTopLevelMediaType("image") && !data.HasTopLevelMediaType("audio")
        ? new EmbeddedResourceBlock
        {
            Resource = data.HasTopLevelMediaType("text") || data.MediaType is "application/json"
                ? new TextResourceContents { Uri = uri, MimeType = data.MediaType, Text = System.Text.Encoding.UTF8.GetString(data.Data.Span) }
                : BlobResourceContents.FromBytes(data.Data, uri, data.MediaType),
        }
        : content.ToContentBlock(HubJson.Options);
}
