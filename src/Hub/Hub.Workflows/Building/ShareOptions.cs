using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>What <c>budget:</c> of an agent says: its share of the run's budget.</summary>
internal sealed class ShareOptions
{
    /// <summary>The most model and tool calls.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxSteps { get; set; }

    /// <summary>The most tokens, prompt and completion together.</summary>
    [Range(1L, long.MaxValue)]
    public long? MaxTokens { get; set; }

    /// <summary>The most seconds that its model and tool calls may take together.</summary>
    [Range(0.001, 1e9)]
    public double? MaxSeconds { get; set; }

    public RunBudget ToBudget() => new() { MaxSteps = MaxSteps, MaxTokens = MaxTokens, MaxWallTime = MaxSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
}
