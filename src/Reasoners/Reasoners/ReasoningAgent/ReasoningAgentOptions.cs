using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;
using Reasoners.Prompting;

namespace Reasoners.ReasoningAgent;

/// <summary>Options of <see cref="ReasoningAgentReasoner"/>; keys and defaults are those of the toolkit's <c>reasoning_agent</c>.</summary>
public sealed class ReasoningAgentOptions : LlmAgentOptions
{
    /// <summary>Creates the defaults.</summary>
    public ReasoningAgentOptions()
    {
        Description = "Reasoning Agent";
    }

    /// <summary>The agent or function that answers with the plan before it. It must be given, and needs a description.</summary>
    [ConfigKey("augmented_fn")]
    public ToolRef Augmented { get; set; }

    /// <summary>What the model is asked: {augmented_function_desc}, {input_text} and {tools} stand for values. Null for the built-in text.</summary>
    public string? ReasoningPromptTemplate { get; set; }

    /// <summary>What the agent is told: {input_text} and {reasoning_output} stand for values. Null for the built-in text.</summary>
    public string? InstructionPromptTemplate { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        if (string.IsNullOrWhiteSpace(Augmented.Name))
            yield return new ValidationResult("augmented_fn is missing; it must name the function or agent that answers.", [nameof(Augmented)]);
        if (ReasoningPromptTemplate is { Length: > 0 } reasoning && PromptTemplate.Missing(reasoning, "augmented_function_desc", "input_text", "tools") is { Count: > 0 } unasked)
            yield return new ValidationResult($"reasoning_prompt_template does not contain {string.Join(" and ", unasked.Select(n => $"{{{n}}}"))}.", [nameof(ReasoningPromptTemplate)]);
        if (InstructionPromptTemplate is { Length: > 0 } instruction && PromptTemplate.Missing(instruction, "input_text", "reasoning_output") is { Count: > 0 } untold)
            yield return new ValidationResult($"instruction_prompt_template does not contain {string.Join(" and ", untold.Select(n => $"{{{n}}}"))}.", [nameof(InstructionPromptTemplate)]);
    }
}
