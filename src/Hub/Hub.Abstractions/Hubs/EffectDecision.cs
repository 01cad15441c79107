namespace Hub.Abstractions;

/// <summary>What becomes of an effect that may or may not have happened before a crash.</summary>
/// <param name="Kind">Run it again, take a given result, or count it as failed.</param>
/// <param name="Result">The result as JSON, or the failure's message.</param>
public sealed record EffectDecision(EffectDecisionKind Kind, string? Result = null)
{
    /// <summary>Run it again.</summary>
    public static EffectDecision Redo { get; } = new(EffectDecisionKind.Redo);

    /// <summary>Reads <c>redo</c>, <c>result:JSON</c> or <c>fail:MESSAGE</c>.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <exception cref="FormatException">It is none of the three.</exception>
    public static EffectDecision Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "redo")
            return Redo;
        if (text.StartsWith("result:", StringComparison.Ordinal))
            return new EffectDecision(EffectDecisionKind.Result, text["result:".Length..]);
        if (text is "fail" or "fail:")
            return new EffectDecision(EffectDecisionKind.Fail, "A person decided that it failed.");
        if (text.StartsWith("fail:", StringComparison.Ordinal))
            return new EffectDecision(EffectDecisionKind.Fail, text["fail:".Length..]);
        throw new FormatException($"'{text}' is no decision. Write 'redo', 'result:JSON' or 'fail:MESSAGE'.");
    }
}
