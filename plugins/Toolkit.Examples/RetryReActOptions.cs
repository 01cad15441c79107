using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Toolkit.Examples;

/// <summary>Options of <c>retry_react_agent</c>.</summary>
public sealed class RetryReActOptions : IValidatableObject
{
    /// <summary>How many further attempts there are.</summary>
    [Range(0, 100)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>How many more tool calls each further attempt may make.</summary>
    [Range(0, 1000)]
    public int MaxIterationsIncrement { get; set; } = 1;

    /// <summary>The function that asks a person. It must be given.</summary>
    public ToolRef HitlApprovalFn { get; set; }

    /// <summary>The agent. It must be given.</summary>
    public ToolRef ReactAgentFn { get; set; }

    /// <summary>What the function is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "Answers with a ReAct agent that may think longer if a person agrees.";

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(HitlApprovalFn.Name))
            yield return new ValidationResult("hitl_approval_fn is missing; it must name the function that asks a person.", [nameof(HitlApprovalFn)]);
        if (string.IsNullOrWhiteSpace(ReactAgentFn.Name))
            yield return new ValidationResult("react_agent_fn is missing; it must name the agent.", [nameof(ReactAgentFn)]);
    }
}
