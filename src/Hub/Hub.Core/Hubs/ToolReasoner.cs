using System.Text.Json;
using Hub.Abstractions;
using Hub.Core.Answers;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>A tool as a workflow: the question becomes its arguments, its result is the answer.</summary>
/// <param name="tool">The tool.</param>
/// <remarks>The question is a JSON object of arguments, or the one argument that the tool takes.</remarks>
public sealed class ToolReasoner(ToolRef tool) : IReasoner
{
    /// <inheritdoc/>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        var function = run.Tool(tool);
        var text = RunTools.ResultText(await function.InvokeAsync(Arguments(function, request.Question), run.Cancelled));
        await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, text));
        return run.Answer(text);
    }

    private static AIFunctionArguments Arguments(AIFunction function, string question)
    {
        if (JsonText.Parse(question) is { ValueKind: JsonValueKind.Object } written)
            return new AIFunctionArguments(written.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value));
        JsonProperty[] wanted = function.JsonSchema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject()] : [];
        return wanted.Length switch
        {
            0 => [],
            1 => new AIFunctionArguments { [wanted[0].Name] = IsText(wanted[0].Value) ? question : (object?)JsonText.Parse(question) ?? question },
            _ => throw new HubException($"'{function.Name}' takes {string.Join(", ", wanted.Select(w => w.Name))}. Ask it with a JSON object of these."),
        };
    }

    private static bool IsText(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "string";
}
