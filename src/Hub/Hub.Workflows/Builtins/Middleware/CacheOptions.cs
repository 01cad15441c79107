using System.ComponentModel.DataAnnotations;

namespace Hub.Workflows.Builtins.Middleware;

/// <summary>Options of the middleware <c>cache</c>: the same input is answered once; keys and defaults are the toolkit's.</summary>
public sealed class CacheOptions : MiddlewareOptions
{
    /// <summary><c>always</c>, or <c>eval</c> for evaluations alone.</summary>
    [AllowedValues("always", "eval", ErrorMessage = "'always' or 'eval' is needed.")]
    public string EnabledMode { get; set; } = "eval";

    /// <summary>How alike two inputs must be to count as one, from 0 to 1; 1 for equal ones alone.</summary>
    [Range(0.0, 1.0)]
    public double SimilarityThreshold { get; set; } = 1.0;

    /// <summary>How many results are kept; the oldest goes first.</summary>
    [Range(1, 1_000_000)]
    public int MaxEntries { get; set; } = 10_000;
}
