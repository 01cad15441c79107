using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins.Memory;

/// <summary>Options of <c>add_memory</c>, <c>get_memory</c> and <c>delete_memory</c>: tools over a memory.</summary>
public sealed class MemoryToolOptions : IValidatableObject
{
    /// <summary>The memory; the toolkit's default is <c>saas_memory</c>.</summary>
    public MemoryRef Memory { get; set; } = "saas_memory";

    /// <summary>What the function is good for, for a model that may call it; null for the built-in text.</summary>
    public string? Description { get; set; }

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Memory.Name))
            yield return new ValidationResult("This key is missing; it must name a memory under 'memory'.", [nameof(Memory)]);
    }
}
