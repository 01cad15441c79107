using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Prompting;

/// <summary>Tools as a prompt lists them.</summary>
public static class ToolListing
{
    private static readonly string[] s_noise = ["$schema", "title", "additionalProperties"];

    /// <summary>One line for each tool, joined by line feeds: <c>name: description Arguments: schema</c>.</summary>
    /// <param name="tools">Tools, in the order of the list.</param>
    /// <param name="includeSchema">False to leave out the arguments.</param>
    public static string Lines(IEnumerable<AIFunctionDeclaration> tools, bool includeSchema = true)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return string.Join('\n', tools.Select(tool => Line(tool, includeSchema)));
    }

    /// <summary>Names of the tools, joined by commas without spaces, as the toolkit fills <c>{tool_names}</c>.</summary>
    /// <param name="tools">Tools, in the order of the list.</param>
    public static string Names(IEnumerable<AIFunctionDeclaration> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return string.Join(',', tools.Select(tool => tool.Name));
    }

    private static string Line(AIFunctionDeclaration tool, bool includeSchema)
    {
        var description = tool.Description.ReplaceLineEndings(" ").Trim();
        return includeSchema ? $"{tool.Name}: {description} Arguments: {Schema(tool)}" : $"{tool.Name}: {description}";
    }

    private static string Schema(AIFunctionDeclaration tool) =>
        JsonNode.Parse(tool.JsonSchema.GetRawText()) is { } schema ? Plain(schema).ToJsonString(HubJson.Options) : "{}";

    /// <summary>Drops the words that tell a model nothing. Keys under <c>properties</c> are arguments, so one called <c>title</c> stays.</summary>
    private static JsonNode Plain(JsonNode schema)
    {
        if (schema is not JsonObject members)
            return schema;
        foreach (var word in s_noise)
            members.Remove(word);
        foreach (var (word, value) in members)
        {
            if (word == "items" && value is not null)
                Plain(value);
            if (word != "properties" || value is not JsonObject arguments)
                continue;
            foreach (var (_, argument) in arguments)
            {
                if (argument is not null)
                    Plain(argument);
            }
        }

        return members;
    }
}
