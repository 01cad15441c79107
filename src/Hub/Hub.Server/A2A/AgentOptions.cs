using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Hub.Server.A2A;

/// <summary>What a workflow file says of the hub as an agent of the Agent2Agent protocol: keys of <c>general.front_end</c>.</summary>
public sealed class AgentOptions
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>Name of the agent; null for the workflow's.</summary>
    public string? Name { get; set; }

    /// <summary>What it is good for; null for the workflow's own words.</summary>
    public string? Description { get; set; }

    /// <summary>The agent's own version.</summary>
    /// <value>The default is <c>1.0.0</c>.</value>
    public string Version { get; set; } = "1.0.0";

    /// <summary>Address under which clients reach the server, where it is not the one that they asked for the card.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Whether notifications may be sent to addresses of this machine and its network. A client names the address: leave it off where clients are not trusted.</summary>
    public bool AllowPrivateNotifications { get; set; }

    /// <summary>Reads the section of a workflow file.</summary>
    /// <param name="configuration">The whole file as JSON.</param>
    /// <exception cref="HubException">A key has a value of the wrong kind.</exception>
    public static AgentOptions From(JsonElement configuration)
    {
        if (!configuration.TryGetProperty("general", out var general) || general.ValueKind != JsonValueKind.Object
            || !general.TryGetProperty("front_end", out var section) || section.ValueKind != JsonValueKind.Object)
            return new AgentOptions();
        try
        {
            return section.Deserialize<AgentOptions>(s_json)!;
        }
        catch (JsonException wrong)
        {
            throw new HubException($"general.front_end{wrong.Path?.TrimStart('$')}: the value is of the wrong kind. {wrong.Message}", wrong);
        }
    }
}
