using System.Text.Json;
using Hub.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hub.Server.Mcp;

/// <summary>A prompt that clients can ask for: messages with places for arguments.</summary>
public sealed class PromptOptions
{
    /// <summary>What it is good for.</summary>
    public string Description { get; set; } = "";

    /// <summary>Arguments by name; <c>{name}</c> in a message's texts is replaced by the value.</summary>
    public IReadOnlyDictionary<string, PromptArgumentOptions> Arguments { get; set; } = new Dictionary<string, PromptArgumentOptions>();

    /// <summary>The messages as the protocol writes them: <c>role</c> and <c>content</c>; a text may stand in place of the content.</summary>
    public IReadOnlyList<JsonElement> Messages { get; set; } = [];

    /// <summary>Checks that the messages are messages.</summary>
    /// <param name="name">The prompt's name.</param>
    /// <exception cref="HubException">They are not.</exception>
    internal void Check(string name)
    {
        try
        {
            if (Fill(new Dictionary<string, JsonElement>()).Count == 0)
                throw new HubException($"general.front_end.prompts.{name} has no messages. Write one: messages: [{{role: user, content: ...}}].");
        }
        catch (JsonException wrong)
        {
            throw new HubException($"general.front_end.prompts.{name}.messages: {wrong.Message} A message is {{role: user, content: TEXT}}, or has the content of the protocol: {{type: text, text: ...}}.", wrong);
        }
    }

    /// <summary>The messages with arguments in their places.</summary>
    /// <param name="arguments">Values by name.</param>
    internal List<PromptMessage> Fill(IDictionary<string, JsonElement> arguments)
    {
        var values = Arguments.Keys.ToDictionary(k => k, k => arguments.TryGetValue(k, out var value) ? RunTools.ResultText(value) : "", StringComparer.Ordinal);
        return [.. Messages.Select(m => Filled(m, values))];
    }

    private static PromptMessage Filled(JsonElement message, Dictionary<string, string> values)
    {
        var node = Template.Fill(message, values)?.AsObject() ?? throw new JsonException("A message is no mapping.");
        if (node["content"] is System.Text.Json.Nodes.JsonValue words && words.GetValueKind() == JsonValueKind.String)
            node["content"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "text", ["text"] = words.GetValue<string>() };
        return node.Deserialize<PromptMessage>(McpJsonUtilities.DefaultOptions) is { Content: not null } whole ? whole : throw new JsonException("A message has no content.");
    }
}
