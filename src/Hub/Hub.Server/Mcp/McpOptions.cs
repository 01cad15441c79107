using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Hub.Server.Mcp;

/// <summary>What a workflow file says of the hub as a server of the Model Context Protocol: keys of <c>general.front_end</c>.</summary>
public sealed class McpOptions
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    private const int MaxPollAfterSeconds = 3600;

    /// <summary>Name of the server.</summary>
    /// <value>The default is <c>hub</c>.</value>
    public string Name { get; set; } = "hub";

    /// <summary>What a client's model should know of the server before it calls; null for nothing.</summary>
    public string? Instructions { get; set; }

    /// <summary>Functions and groups that are offered; empty for all.</summary>
    public IReadOnlyList<string> ToolNames { get; set; } = [];

    /// <summary>Prompts by name.</summary>
    public IReadOnlyDictionary<string, PromptOptions> Prompts { get; set; } = new Dictionary<string, PromptOptions>();

    /// <summary>Resources by name, beside the runs.</summary>
    public IReadOnlyDictionary<string, ResourceOptions> Resources { get; set; } = new Dictionary<string, ResourceOptions>();

    /// <summary>Seconds after which the response of a call that is still under way is closed, and its client told to come back for the rest; null for never.</summary>
    /// <remarks>For proxies that cut long responses off. Clients of the revision 2025-11-25 do so; others keep their response open.</remarks>
    public double? PollAfterSeconds { get; set; }

    /// <summary>Whether prompts, resources and their templates are all in order.</summary>
    /// <exception cref="HubException">One is not; the message names it.</exception>
    internal McpOptions Checked()
    {
        if (PollAfterSeconds is not (null or > 0 and <= MaxPollAfterSeconds))
            throw new HubException($"general.front_end.poll_after_seconds is {PollAfterSeconds}; more than 0 and at most {MaxPollAfterSeconds} is needed.");
        foreach (var (name, resource) in Resources)
            resource.Check(name);
        foreach (var (name, prompt) in Prompts)
            prompt.Check(name);
        return this;
    }

    /// <summary>Reads the section of a workflow file.</summary>
    /// <param name="configuration">The whole file as JSON.</param>
    /// <exception cref="HubException">A key has a value of the wrong kind.</exception>
    public static McpOptions From(JsonElement configuration)
    {
        if (!configuration.TryGetProperty("general", out var general) || general.ValueKind != JsonValueKind.Object
            || !general.TryGetProperty("front_end", out var section) || section.ValueKind != JsonValueKind.Object)
            return new McpOptions();
        try
        {
            return section.Deserialize<McpOptions>(s_json)!.Checked();
        }
        catch (JsonException wrong)
        {
            throw new HubException($"general.front_end{wrong.Path?.TrimStart('$')}: the value is of the wrong kind. {wrong.Message}", wrong);
        }
    }
}
