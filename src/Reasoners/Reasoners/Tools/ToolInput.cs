using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Tools;

/// <summary>Turns what a model wrote as a tool's input into arguments.</summary>
internal static class ToolInput
{
    private const string NoInput = "None";

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = 64 };

    /// <summary>
    /// The value that a text stands for: JSON; else, if quotes are normalised, JSON with single quotes, or a Python list or
    /// dictionary; else the text itself. The word <c>None</c> stays that text.
    /// </summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="normalizeQuotes">Whether single quotes and Python's literals are read.</param>
    public static JsonElement Parse(string text, bool normalizeQuotes)
    {
        var trimmed = text.Trim();
        if (trimmed == NoInput)
            return Text(trimmed);
        if (TryJson(trimmed) is { } json)
            return json;
        if (normalizeQuotes)
        {
            if (TryJson(trimmed.Replace('\'', '"')) is { } requoted)
                return requoted;
            if (PythonLiteral.TryParse(trimmed) is { } literal)
                return literal;
        }

        return Text(trimmed);
    }

    /// <summary>Arguments for a tool: an object's members, or one value for the only parameter.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="value">What <see cref="Parse"/> returned.</param>
    /// <returns>The arguments; or, as second part, why there are none.</returns>
    public static (Dictionary<string, object?> Arguments, string? Fault) Arguments(AIFunctionDeclaration tool, JsonElement value)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
                arguments[member.Name] = member.Value;
            return (arguments, null);
        }

        var (properties, required) = Parameters(tool);
        if (properties.Count == 0)
            return (arguments, null);
        if (IsNothing(value) && required.Count == 0)
            return (arguments, null);
        var only = properties.Count == 1 ? properties.First().Key : required.Count == 1 ? required[0] : null;
        if (only is null)
            return (arguments, $"The tool '{tool.Name}' has the arguments {string.Join(", ", properties.Keys)}. Give a JSON object with them.");
        arguments[only] = ForParameter(properties[only], value);
        return (arguments, null);
    }

    /// <summary>Whether a tool's schema lists any parameter.</summary>
    /// <param name="tool">The tool.</param>
    public static bool HasParameters(AIFunctionDeclaration tool) => Parameters(tool).Properties.Count > 0;

    /// <summary>Input as a text or as compact JSON.</summary>
    /// <param name="input">The input.</param>
    public static string Show(JsonElement input) =>
        input.ValueKind == JsonValueKind.String ? input.GetString()! : JsonSerializer.Serialize(input, HubJson.Options);

    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString() is "" or NoInput,
        _ => false,
    };

    /// <summary>A number or list for a parameter that wants text is that text: the model cannot mark the difference.</summary>
    private static JsonElement ForParameter(JsonElement schema, JsonElement value) =>
        value.ValueKind != JsonValueKind.String && schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("string")
            ? Text(value.GetRawText())
            : value;

    private static (Dictionary<string, JsonElement> Properties, IReadOnlyList<string> Required) Parameters(AIFunctionDeclaration tool)
    {
        var schema = tool.JsonSchema;
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var listed) || listed.ValueKind != JsonValueKind.Object)
            return ([], []);
        Dictionary<string, JsonElement> properties = [];
        foreach (var property in listed.EnumerateObject())
            properties[property.Name] = property.Value;
        IReadOnlyList<string> required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Select(n => n.GetString()!).Where(properties.ContainsKey)]
            : [];
        return (properties, required);
    }

    private static JsonElement? TryJson(string text)
    {
        try
        {
            return JsonElement.Parse(text, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, HubJson.Options);
}
