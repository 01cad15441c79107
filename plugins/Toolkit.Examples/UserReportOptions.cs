using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Toolkit.Examples;

/// <summary>Options of the group <c>user_report</c>.</summary>
public sealed class UserReportOptions : IValidatableObject
{
    /// <summary>Where reports are kept. It must be given.</summary>
    public ObjectStoreRef ObjectStore { get; set; }

    /// <summary>What <c>get</c> is good for.</summary>
    [Required]
    public string? GetDescription { get; set; }

    /// <summary>What <c>put</c> is good for.</summary>
    [Required]
    public string? PutDescription { get; set; }

    /// <summary>What <c>update</c> is good for.</summary>
    [Required]
    public string? UpdateDescription { get; set; }

    /// <summary>What <c>delete</c> is good for.</summary>
    [Required]
    public string? DeleteDescription { get; set; }

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ObjectStore.Name))
            yield return new ValidationResult("This key is missing; it must name a store under 'object_stores'.", [nameof(ObjectStore)]);
    }
}
