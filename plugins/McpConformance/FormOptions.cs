using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Hub.Abstractions;

namespace McpConformance;

/// <summary>Options of <c>test_form</c>: a form for a person.</summary>
public sealed class FormOptions : IReasonerArguments, IValidatableObject
{
    /// <summary>What it is good for.</summary>
    public string Description { get; set; } = "Asks a person to fill in a form.";

    /// <summary>The question where the call has no <c>message</c>.</summary>
    public string Question { get; set; } = "Please fill in the form.";

    /// <summary>Words before the person's answer.</summary>
    public string Prefix { get; set; } = "User response";

    /// <inheritdoc/>
    public JsonElement Arguments { get; set; } = JsonElement.Parse("""{"type":"object","properties":{}}""");

    /// <summary>JSON schema of the form. It must be given.</summary>
    public JsonElement Form { get; set; }

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Form.ValueKind != JsonValueKind.Object)
            yield return new ValidationResult("A JSON schema of the form is needed.", [nameof(Form)]);
    }
}
