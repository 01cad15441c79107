using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;
using Reasoners.Prompting;

namespace Reasoners.ReWoo;

/// <summary>Options of <see cref="ReWooReasoner"/>; keys and defaults are those of the toolkit's <c>rewoo_agent</c>.</summary>
public sealed class ReWooOptions : AgentOptions
{
    /// <summary>Creates the defaults.</summary>
    public ReWooOptions()
    {
        Description = "ReWOO Agent Workflow";
    }

    /// <summary>Whether the tool list shows the arguments' schema.</summary>
    /// <value>The default is true.</value>
    [ConfigKey("include_tool_input_schema_in_tool_description")]
    public bool IncludeToolSchema { get; set; } = true;

    /// <summary>The planner's system message; it must contain <c>{tools}</c> and <c>{tool_names}</c>. Null for the built-in one.</summary>
    public string? PlannerPrompt { get; set; }

    /// <summary>The solver's system message. Null for the built-in one.</summary>
    public string? SolverPrompt { get; set; }

    /// <summary>Text after the planner's system message, or null.</summary>
    [ConfigKey("additional_planner_instructions", "additional_instructions")]
    public string? AdditionalPlannerInstructions { get; set; }

    /// <summary>Text after the solver's system message, or null.</summary>
    public string? AdditionalSolverInstructions { get; set; }

    /// <summary>Attempts at a tool call that fails, the first included; 2, 4, 8… seconds lie between them.</summary>
    /// <value>The default is 3.</value>
    [ConfigKey("tool_call_max_retries")]
    [Range(1, 20)]
    public int ToolCallAttempts { get; set; } = 3;

    /// <summary>Whether the run fails with a tool's failure; otherwise its message is the evidence.</summary>
    /// <value>The default is true.</value>
    [ConfigKey("raise_tool_call_error")]
    public bool RaiseToolErrors { get; set; } = true;

    /// <summary>Attempts at a plan that can be read, the first included; each further one shows the planner its fault.</summary>
    /// <value>The default is 3.</value>
    [ConfigKey("planner_max_retries")]
    [Range(1, 100)]
    public int PlannerAttempts { get; set; } = 3;

    /// <summary>The most tools of one level under way at once.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 1024)]
    public int MaxParallelToolCalls { get; set; } = 8;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        if (PlannerPrompt is null)
            yield break;
        foreach (var name in PromptTemplate.Missing(PlannerPrompt, "tools", "tool_names"))
        {
            yield return new ValidationResult(
                $"planner_prompt does not contain {{{name}}}; the planner cannot know the tools. Add {{{name}}} where they belong, or leave the key out.",
                [nameof(PlannerPrompt)]);
        }
    }
}
