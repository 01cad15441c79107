using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins;

/// <summary>Options of <c>chat_completion</c>.</summary>
public sealed class ChatCompletionOptions : IValidatableObject
{
    /// <summary>Model that answers. It must be given.</summary>
    [ConfigKey("llm_name")]
    public ModelRef Llm { get; set; }

    /// <summary>What the model is told first.</summary>
    public string SystemPrompt { get; set; } = "You are a helpful assistant. Answer clearly and briefly.";

    /// <summary>What the function is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "Answers a question with a language model.";

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Llm.Name))
            yield return new ValidationResult("This key is missing; it must name a model under 'llms'.", [nameof(Llm)]);
    }
}
