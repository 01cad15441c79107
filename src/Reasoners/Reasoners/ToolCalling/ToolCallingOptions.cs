using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Reasoners.ToolCalling;

/// <summary>Options of <see cref="ToolCallingReasoner"/>; keys and defaults are those of the toolkit's <c>tool_calling_agent</c>.</summary>
public sealed class ToolCallingOptions : AgentOptions
{
    /// <summary>Creates the defaults.</summary>
    public ToolCallingOptions()
    {
        Description = "Tool Calling Agent Workflow";
    }

    /// <summary>Whether the model sees a tool's failure as its result; otherwise the run fails with it.</summary>
    /// <value>The default is true.</value>
    [ConfigKey("handle_tool_errors")]
    public bool HandleToolErrors { get; set; } = true;

    /// <summary>The most rounds of tool calls; calls of one reply are one round.</summary>
    /// <value>The default is 15.</value>
    [ConfigKey("max_iterations", "max_tool_calls")]
    [Range(0, 100_000)]
    public int MaxIterations { get; set; } = 15;

    /// <summary>What becomes of a reply that the token limit cut off.</summary>
    public TruncationRetryOptions TruncationRetry { get; set; } = new();

    /// <summary>Further attempts after a reply without text and calls; 0 lets the run fail.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 100)]
    public int MaxEmptyResponseRetries { get; set; }

    /// <summary>The system message, or null for none.</summary>
    public string? SystemPrompt { get; set; }

    /// <summary>Text after the system message; the system message itself where there is no other. Null for none.</summary>
    public string? AdditionalInstructions { get; set; }

    /// <summary>Tools whose result is the answer, or null for none.</summary>
    public IReadOnlyList<ToolRef>? ReturnDirect { get; set; }

    /// <summary>The most calls of one reply under way at once.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 1024)]
    public int MaxParallelToolCalls { get; set; } = 8;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        List<ValidationResult> nested = [];
        Validator.TryValidateObject(TruncationRetry, new ValidationContext(TruncationRetry), nested, validateAllProperties: true);
        foreach (var fault in nested)
            yield return new ValidationResult(fault.ErrorMessage, [nameof(TruncationRetry)]);
    }
}
