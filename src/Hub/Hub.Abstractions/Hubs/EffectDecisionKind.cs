namespace Hub.Abstractions;

/// <summary>Kinds of decisions.</summary>
public enum EffectDecisionKind
{
    /// <summary>Run the effect again.</summary>
    Redo,

    /// <summary>It happened, and this is its result.</summary>
    Result,

    /// <summary>Count it as failed.</summary>
    Fail,
}
