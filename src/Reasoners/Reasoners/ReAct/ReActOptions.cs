using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;
using Reasoners.Prompting;

namespace Reasoners.ReAct;

/// <summary>Options of <see cref="ReActReasoner"/>; keys and defaults are those of the toolkit's <c>react_agent</c>.</summary>
public sealed class ReActOptions : AgentOptions
{
    /// <summary>Creates the defaults.</summary>
    public ReActOptions()
    {
        Description = "ReAct Agent Workflow";
    }

    /// <summary>How strictly replies are read.</summary>
    /// <value>The default is <see cref="ReActGrammarMode.Tolerant"/>.</value>
    public ReActGrammarMode Grammar { get; set; } = ReActGrammarMode.Tolerant;

    /// <summary>Whether the model is asked again, with the fault, after a reply that cannot be read.</summary>
    /// <value>The default is true.</value>
    [ConfigKey("retry_agent_response_parsing_errors", "retry_parsing_errors")]
    public bool RetryParsingErrors { get; set; } = true;

    /// <summary>Attempts at a reply that can be read, the first included: 1 asks once.</summary>
    /// <value>The default is 1.</value>
    [ConfigKey("parse_agent_response_max_retries", "max_retries")]
    [Range(1, 100)]
    public int ParseAttempts { get; set; } = 1;

    /// <summary>Attempts at a tool call that fails, the first included; 2, 4, 8… seconds lie between them.</summary>
    /// <value>The default is 1.</value>
    [ConfigKey("tool_call_max_retries")]
    [Range(1, 20)]
    public int ToolCallAttempts { get; set; } = 1;

    /// <summary>The most tool calls of a run; a model that wants another one has given up.</summary>
    /// <value>The default is 15.</value>
    [ConfigKey("max_tool_calls", "max_iterations")]
    [Range(0, 100_000)]
    public int MaxToolCalls { get; set; } = 15;

    /// <summary>Whether the model sees a tool's failure as an observation; otherwise the run fails with it.</summary>
    /// <value>The default is true.</value>
    [ConfigKey("pass_tool_call_errors_to_agent")]
    public bool PassToolErrors { get; set; } = true;

    /// <summary>Whether the run fails once all attempts at a readable reply are spent; otherwise the fault and the reply are the answer.</summary>
    /// <value>The default is true.</value>
    [ConfigKey("raise_on_parsing_failure")]
    public bool RaiseOnParsingFailure { get; set; } = true;

    /// <summary>Whether the tool list shows the arguments' schema.</summary>
    /// <value>The default is true.</value>
    [ConfigKey("include_tool_input_schema_in_tool_description")]
    public bool IncludeToolSchema { get; set; } = true;

    /// <summary>Whether input that is no JSON is read with single quotes and Python's words for null, true and false.</summary>
    /// <value>The default is true.</value>
    public bool NormalizeToolInputQuotes { get; set; } = true;

    /// <summary>Whether the model gets the tools' schemas and may reply with a tool call of its own format; the text form stays valid.</summary>
    /// <value>The default is false.</value>
    public bool UseNativeToolCalling { get; set; }

    /// <summary>The system message; it must contain <c>{tools}</c> and <c>{tool_names}</c>. Null for the built-in one.</summary>
    public string? SystemPrompt { get; set; }

    /// <summary>Text after the system message, or null.</summary>
    public string? AdditionalInstructions { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        if (SystemPrompt is null)
            yield break;
        foreach (var name in PromptTemplate.Missing(SystemPrompt, "tools", "tool_names"))
        {
            yield return new ValidationResult(
                $"system_prompt does not contain {{{name}}}; the agent cannot tell its model about the tools. " +
                $"Add {{{name}}} where they belong, or leave the key out.",
                [nameof(SystemPrompt)]);
        }
    }
}
