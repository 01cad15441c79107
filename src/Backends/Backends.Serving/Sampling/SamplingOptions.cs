namespace Backends.Serving.Sampling;

/// <summary>How the next token is chosen from logits.</summary>
/// <remarks>Order: temperature, then top-k, then top-p over the mass that is left, then min-p against the likeliest token.</remarks>
public sealed record SamplingOptions
{
    /// <summary>The likeliest token, always.</summary>
    public static SamplingOptions Greedy { get; } = new();

    /// <summary>Divides the logits; 0 takes the likeliest token. Finite and at least 0.</summary>
    /// <value>The default is 0.</value>
    public double Temperature { get; init; }

    /// <summary>Keeps this many of the likeliest tokens; 0 keeps all.</summary>
    /// <value>The default is 0.</value>
    public int TopK { get; init; }

    /// <summary>Keeps the fewest likeliest tokens whose probabilities reach this sum, in (0, 1].</summary>
    /// <value>The default is 1.</value>
    public double TopP { get; init; } = 1;

    /// <summary>Drops tokens less likely than this fraction of the likeliest one, in [0, 1].</summary>
    /// <value>The default is 0.</value>
    public double MinP { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public SamplingOptions Validated()
    {
        Check(double.IsFinite(Temperature) && Temperature >= 0, nameof(Temperature), Temperature, "0 or more");
        Check(TopK >= 0, nameof(TopK), TopK, "0 (all tokens) or more");
        Check(TopP is > 0 and <= 1, nameof(TopP), TopP, "more than 0 and at most 1");
        Check(MinP is >= 0 and <= 1, nameof(MinP), MinP, "from 0 to 1");
        return this;
    }

    private static void Check(bool isValid, string name, double value, string needed)
    {
        if (!isValid) throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be {needed}.");
    }
}
