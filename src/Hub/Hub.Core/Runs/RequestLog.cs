using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>Logged form of what a caller asked, so that a resume needs nothing but the log.</summary>
internal static class RequestLog
{
    public static byte[] Encode(ReasonerRequest request, IPayloads payloads)
    {
        var options = request.Options?.Clone();
        if (options is not null)
        {
            options.Tools = null;
            options.AdditionalProperties = Loggable(options.AdditionalProperties);
        }

        // Tools of a caller are declarations: the caller makes the calls. A function that comes with them is logged as its declaration too.
        var tools = request.Options?.Tools?.OfType<AIFunctionDeclaration>().Select(t => new ToolForm(t.Name, t.Description, t.JsonSchema)).ToArray();
        var form = new Form([.. request.Messages.Select(m => MessageChain.Hash(m, payloads))], options, tools is { Length: > 0 } ? tools : null);
        return JsonSerializer.SerializeToUtf8Bytes(form, HubJson.Options);
    }

    public static ReasonerRequest Decode(byte[] logged, IPayloads payloads)
    {
        var form = JsonSerializer.Deserialize<Form>(logged, HubJson.Options)!;
        if (form is { Options: { } options, Tools: { } tools })
            options.Tools = [.. tools.Select(t => AIFunctionFactory.CreateDeclaration(t.Name, t.Description, t.Schema))];
        return new ReasonerRequest([.. form.Messages.Select(h => JsonSerializer.Deserialize<ChatMessage>(payloads.Get(h), HubJson.Options)!)], form.Options);
    }

    /// <summary>What of a caller's further options can be logged: JSON, texts, numbers, truth values; null where nothing can.</summary>
    private static AdditionalPropertiesDictionary? Loggable(AdditionalPropertiesDictionary? further)
    {
        var kept = further?.Where(p => p.Value is JsonElement or string or bool or int or long or double or float).ToDictionary(p => p.Key, p => p.Value);
        return kept is { Count: > 0 } ? new AdditionalPropertiesDictionary(kept) : null;
    }

    private sealed record Form(
        IReadOnlyList<string> Messages, ChatOptions? Options, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ToolForm>? Tools = null);

    private sealed record ToolForm(string Name, string Description, JsonElement Schema);
}
