using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Reasoners;

/// <summary>Options of everything that asks a model.</summary>
public abstract class LlmAgentOptions : IValidatableObject
{
    /// <summary>Model that the agent asks. It must be given.</summary>
    [ConfigKey("llm_name")]
    public ModelRef Llm { get; set; }

    /// <summary>What the agent is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "";

    /// <summary>Another name for the agent in a log.</summary>
    public string? WorkflowAlias { get; set; }

    /// <summary>Accepted, as workflow files write it: a run's log holds every prompt and result anyway.</summary>
    public bool Verbose { get; set; }

    /// <summary>Accepted, as workflow files write it: what is shown of a result is the viewer's choice, the log holds all of it.</summary>
    /// <value>The default is 1000 characters.</value>
    [Range(0, int.MaxValue)]
    public int LogResponseMaxChars { get; set; } = 1000;

    /// <summary>Says what is wrong, in the words of the workflow file.</summary>
    /// <param name="validationContext">Not used.</param>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Llm.Name))
            yield return new ValidationResult("llm_name is missing; it must name a model under 'llms'.", [nameof(Llm)]);
    }

    /// <summary>All mistakes of these options, the range attributes' included.</summary>
    /// <exception cref="HubException">There is at least one; the message lists all.</exception>
    internal void ThrowIfInvalid()
    {
        List<ValidationResult> faults = [];
        if (!Validator.TryValidateObject(this, new ValidationContext(this), faults, validateAllProperties: true))
            throw new HubException($"The options of {GetType().Name} cannot be used: {string.Join(" ", faults.Select(f => f.ErrorMessage))}");
    }
}
