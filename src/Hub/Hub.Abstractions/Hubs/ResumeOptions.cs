namespace Hub.Abstractions;

/// <summary>What a person says when a run goes on.</summary>
public sealed record ResumeOptions
{
    /// <summary>Answers to questions, by effect path.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>What becomes of effects that were in flight at a crash, by effect path.</summary>
    public IReadOnlyDictionary<string, EffectDecision> Decisions { get; init; } = new Dictionary<string, EffectDecision>();

    /// <summary>A larger budget; null to keep the run's own.</summary>
    public RunBudget? Budget { get; init; }
}
