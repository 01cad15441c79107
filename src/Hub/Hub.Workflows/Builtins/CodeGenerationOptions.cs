using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins;

/// <summary>Options of <c>code_generation</c>: a model that writes code alone; keys and defaults are the toolkit's.</summary>
public sealed class CodeGenerationOptions : IValidatableObject
{
    /// <summary>Model that writes the code. It must be given.</summary>
    [ConfigKey("llm_name")]
    public ModelRef Llm { get; set; }

    /// <summary>Language of the code.</summary>
    public string ProgrammingLanguage { get; set; } = "Python";

    /// <summary>Accepted, as workflow files write it: a run's log holds every prompt and result anyway.</summary>
    public bool Verbose { get; set; }

    /// <summary>What the function is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "Writes code. Ask it, and nothing else, for programs and pieces of them.";

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Llm.Name))
            yield return new ValidationResult("This key is missing; it must name a model under 'llms'.", [nameof(Llm)]);
    }
}
