using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>How one tool stands in a prompt: <c>name: description Arguments: {"type":"object","properties":{...},"required":[...]}</c>.</summary>
public static class ToolLine
{
    internal static readonly JsonSerializerOptions CompactJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_dropped = ["$schema", "title", "additionalProperties"];

    /// <summary>Formats one tool.</summary>
    /// <param name="tool">The tool; a description with line breaks is put on one line.</param>
    /// <returns>The line, without a line break at its end.</returns>
    public static string Format(AIFunctionDeclaration tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var description = tool.Description.ReplaceLineEndings(" ").Trim();
        return $"{tool.Name}: {description} Arguments: {Schema(tool)}";
    }

    /// <summary>Names of a tool's arguments, in the order of its schema.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The keys of <c>properties</c>; none where the schema has none.</returns>
    public static IReadOnlyList<string> ArgumentNames(AIFunctionDeclaration tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return tool.JsonSchema.ValueKind == JsonValueKind.Object
            && tool.JsonSchema.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object
                ? [.. properties.EnumerateObject().Select(p => p.Name)]
                : [];
    }

    private static string Schema(AIFunctionDeclaration tool)
    {
        var schema = JsonNode.Parse(tool.JsonSchema.GetRawText());
        return schema is null ? "{}" : Without(schema).ToJsonString(CompactJson);
    }

    // Keys of "properties" are names of arguments, not words of JSON Schema: an argument called "title" stays.
    private static JsonNode Without(JsonNode schema)
    {
        if (schema is not JsonObject members) return schema;
        foreach (var word in s_dropped) members.Remove(word);
        foreach (var (word, value) in members)
        {
            if (word == "properties" && value is JsonObject properties)
                foreach (var (_, property) in properties.Where(p => p.Value is not null)) Without(property!);
            else if (word == "items" && value is not null) Without(value);
        }
        return members;
    }
}
