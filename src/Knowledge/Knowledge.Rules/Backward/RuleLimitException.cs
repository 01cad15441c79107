namespace Knowledge.Rules;

/// <summary>A named limit was reached while rules ran. The message names the limit, the rule and what its variables were bound to.</summary>
public sealed class RuleLimitException : RuleException
{
    /// <summary>A limit that was reached.</summary>
    /// <param name="limit">The limit's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="problem">What went beyond it.</param>
    /// <param name="rule">The rule that was running.</param>
    /// <param name="bindings">Its variables with what they were bound to.</param>
    public RuleLimitException(string limit, long value, string problem, Rule rule, IReadOnlyDictionary<string, Term> bindings)
        : base($"{problem} (limit {limit}, {value}){Text(bindings)}. Raise the limit, or look whether the rules come to an end on this data.", rule)
    {
        Limit = limit;
        Value = value;
        Bindings = bindings;
    }

    /// <summary>Name of the limit.</summary>
    public string Limit { get; }

    /// <summary>Value of the limit.</summary>
    public long Value { get; }

    /// <summary>Variables of the rule with what they were bound to.</summary>
    public IReadOnlyDictionary<string, Term> Bindings { get; }

    private static string Text(IReadOnlyDictionary<string, Term> bindings) =>
        bindings.Count == 0 ? "" : ", where " + string.Join(", ", bindings.Select(b => $"{b.Key} = {(b.Value.ToString() is { Length: > 120 } text ? text[..120] + "..." : b.Value.ToString())}"));
}
