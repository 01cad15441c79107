using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Hub.Abstractions;
using Reasoners.Prompting;

namespace Reasoners.Router;

/// <summary>Options of <see cref="RouterReasoner"/>; keys and defaults are those of the toolkit's <c>router_agent</c>.</summary>
public sealed class RouterOptions : LlmAgentOptions
{
    /// <summary>Creates the defaults.</summary>
    public RouterOptions()
    {
        Description = "Router Agent Workflow";
    }

    /// <summary>Functions and agents, one of which answers.</summary>
    public IReadOnlyList<ToolRef> Branches { get; set; } = [];

    /// <summary>The system message; it must contain {branches} and {branch_names}. Null for the built-in one.</summary>
    public string? SystemPrompt { get; set; }

    /// <summary>The user's message; it must contain {chat_history} and {request}. Null for the built-in one.</summary>
    public string? UserPrompt { get; set; }

    /// <summary>Attempts at a reply that names a branch, the first included.</summary>
    /// <value>The default is 3.</value>
    [ConfigKey("max_router_retries")]
    [Range(1, 100)]
    public int Attempts { get; set; } = 3;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        if (Branches.Count == 0)
            yield return new ValidationResult("branches is empty; a router needs at least one function or agent to choose.", [nameof(Branches)]);
        for (var i = 0; i < Branches.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Branches[i].Name))
                yield return new ValidationResult(string.Create(CultureInfo.InvariantCulture, $"branches[{i}] is empty; it must name a function or an agent."), [nameof(Branches)]);
        }

        if (SystemPrompt is { Length: > 0 } system && PromptTemplate.Missing(system, "branches", "branch_names") is { Count: > 0 } noBranches)
            yield return new ValidationResult($"system_prompt does not contain {string.Join(" and ", noBranches.Select(n => $"{{{n}}}"))}.", [nameof(SystemPrompt)]);
        if (UserPrompt is { Length: > 0 } user && PromptTemplate.Missing(user, "chat_history", "request") is { Count: > 0 } noRequest)
            yield return new ValidationResult($"user_prompt does not contain {string.Join(" and ", noRequest.Select(n => $"{{{n}}}"))}.", [nameof(UserPrompt)]);
    }
}
