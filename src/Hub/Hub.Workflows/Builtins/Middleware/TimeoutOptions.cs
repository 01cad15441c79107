using System.ComponentModel.DataAnnotations;

namespace Hub.Workflows.Builtins.Middleware;

/// <summary>Options of the middleware <c>timeout</c>: a tool that takes too long is told to stop.</summary>
public sealed class TimeoutOptions : MiddlewareOptions, IValidatableObject
{
    /// <summary>Seconds that a call may take, above 0. It must be given.</summary>
    public double? Timeout { get; set; }

    /// <summary>What the error says beside the time; null for nothing.</summary>
    public string? TimeoutMessage { get; set; }

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout is null)
            yield return new ValidationResult("This key is missing; it must say how many seconds a call may take.", [nameof(Timeout)]);
        else if (Timeout is not (> 0 and <= 86_400))
            yield return new ValidationResult("A number of seconds above 0, and at most 86400, is needed.", [nameof(Timeout)]);
    }
}
