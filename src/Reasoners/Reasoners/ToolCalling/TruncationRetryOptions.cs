using System.ComponentModel.DataAnnotations;

namespace Reasoners.ToolCalling;

/// <summary>What becomes of a reply that the model's token limit cut off.</summary>
public sealed class TruncationRetryOptions : IValidatableObject
{
    /// <summary>Further attempts in a run, each with a higher limit; 0 lets the run fail.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 100)]
    public int MaxRetries { get; set; }

    /// <summary>Tokens by which each attempt raises the limit; not together with <see cref="TokenScaling"/>. Null for 1024, where that is null too.</summary>
    [Range(1, 1_000_000)]
    public int? TokenIncrement { get; set; }

    /// <summary>Factor by which each attempt raises the limit, above 1; not together with <see cref="TokenIncrement"/>.</summary>
    public double? TokenScaling { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TokenIncrement is not null && TokenScaling is not null)
            yield return new ValidationResult("truncation_retry has token_increment and token_scaling; keep one of them.", [nameof(TokenScaling)]);
        if (TokenScaling is <= 1 or > 100 or double.NaN)
            yield return new ValidationResult($"truncation_retry.token_scaling is {TokenScaling}; it must be above 1 and at most 100.", [nameof(TokenScaling)]);
    }

    /// <summary>The limit after one more attempt.</summary>
    /// <param name="limit">The limit so far, in tokens.</param>
    internal int Next(int limit)
    {
        const int DefaultIncrement = 1024;
        var next = TokenScaling is { } factor ? Math.Max(limit * factor, limit + 1.0) : (double)limit + (TokenIncrement ?? DefaultIncrement);
        return (int)Math.Min(next, int.MaxValue);
    }
}
