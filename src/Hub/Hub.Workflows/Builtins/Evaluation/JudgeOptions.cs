using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>Options that all evaluators share in which a model judges.</summary>
public abstract class JudgeOptions : IValidatableObject
{
    /// <summary>Model that judges. It must be given.</summary>
    [ConfigKey("llm_name")]
    public ModelRef Llm { get; set; }

    /// <summary>Keys without effect here, as the toolkit takes them: retries are the model's own.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Others { get; set; } = [];

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Llm.Name))
            yield return new ValidationResult("This key is missing; it must name a model under 'llms'.", [nameof(Llm)]);
    }
}
