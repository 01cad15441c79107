using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Remote.A2A;

/// <summary>Options of <c>a2a_client</c>: another agent, over the Agent2Agent protocol, as a function group.</summary>
/// <remarks>The agent's card is read when a run first needs the group, not when the file is read.</remarks>
public sealed class A2AClientOptions
{
    /// <summary>Address of the agent's server. It must be given.</summary>
    [Required(AllowEmptyStrings = true)]
    public string? Url { get; set; }

    /// <summary>Where its card is.</summary>
    public string AgentCardPath { get; set; } = "/.well-known/agent-card.json";

    /// <summary>The longest that one task may take, in seconds.</summary>
    /// <value>The default is 300.</value>
    [Range(0.001, 86_400)]
    public double TaskTimeout { get; set; } = 300;

    /// <summary>Whether the description of <c>call</c> lists what the agent can do.</summary>
    public bool IncludeSkillsInDescription { get; set; } = true;

    /// <summary>Whether <c>call</c> follows the agent's stream rather than waiting for one answer.</summary>
    public bool Streaming { get; set; }

    /// <summary>Credentials under <c>authentication</c>.</summary>
    public AuthenticationRef? AuthProvider { get; set; }
}
