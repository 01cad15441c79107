using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Toolkit.Examples;

/// <summary>Options of <c>email_phishing_analyzer</c>.</summary>
public sealed class EmailPhishingOptions : IValidatableObject
{
    /// <summary>Model that reads the email. It must be given.</summary>
    [ConfigKey("llm", "llm_name")]
    public ModelRef Llm { get; set; }

    /// <summary>What the model is asked; <c>{body}</c> stands for the email.</summary>
    public string Prompt { get; set; } = """
        Is the email below an attempt at phishing? Look for urgency, greetings without a name, wrong grammar, requests that are out of place and play on feelings.
        Reply with JSON alone: {"is_likely_phishing": true or false, "explanation": "why, in one or two sentences"}

        {body}
        """;

    /// <summary>What the function is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "Says whether an email is likely to be phishing, and why.";

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Llm.Name))
            yield return new ValidationResult("This key is missing; it must name a model under 'llms'.", [nameof(Llm)]);
    }
}
