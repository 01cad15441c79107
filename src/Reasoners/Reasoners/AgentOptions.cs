using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Hub.Abstractions;

namespace Reasoners;

/// <summary>Options that all agents with tools share.</summary>
public abstract class AgentOptions : LlmAgentOptions
{
    /// <summary>Tools that the agent may call, in the order in which prompts list them; a group's name stands for all its members.</summary>
    /// <value>The default is none, which is an error: an agent needs a tool.</value>
    [ConfigKey("tool_names")]
    public IReadOnlyList<ToolRef> Tools { get; set; } = [];

    /// <summary>The most messages of a conversation that the agent sees, the question included.</summary>
    /// <value>The default is 15.</value>
    [Range(1, 10_000)]
    public int MaxHistory { get; set; } = 15;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        if (Tools.Count == 0)
        {
            yield return new ValidationResult(
                "tool_names is empty; an agent needs at least one tool, by the name of a function or a function group.", [nameof(Tools)]);
        }

        for (var i = 0; i < Tools.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Tools[i].Name))
            {
                yield return new ValidationResult(
                    string.Create(CultureInfo.InvariantCulture, $"tool_names[{i}] is empty; it must name a function or a function group."), [nameof(Tools)]);
            }
        }
    }
}
