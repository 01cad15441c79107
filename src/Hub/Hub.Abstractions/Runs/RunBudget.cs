namespace Hub.Abstractions;

/// <summary>What a run may spend. Each limit is checked before an effect begins, so overshoot is at most what was in flight.</summary>
public sealed record RunBudget
{
    /// <summary>No limit at all.</summary>
    public static RunBudget Unlimited { get; } = new();

    /// <summary>The most effects (model calls, tool calls); null for no limit.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>The most tokens, prompt and completion together; null for no limit.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>The longest wall time, suspended time not counted; null for no limit.</summary>
    public TimeSpan? MaxWallTime { get; init; }

    /// <summary>The most money, in the currency of <see cref="Prices"/>; null for no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Prices by model name; a model without an entry costs nothing.</summary>
    public IReadOnlyDictionary<string, ModelPrice> Prices { get; init; } = new Dictionary<string, ModelPrice>();

    /// <summary>What a model call costs at these prices; 0 where the model has none.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="usage">Tokens of the call.</param>
    public decimal CostOf(string model, RunUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return Prices.TryGetValue(model, out var price)
            ? (((usage.PromptTokens ?? 0) * price.PerMillionInput) + ((usage.CompletionTokens ?? 0) * price.PerMillionOutput)) / 1_000_000m
            : 0m;
    }
}
