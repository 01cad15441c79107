namespace Knowledge.Rules;

/// <summary>Text that is not a rule. The message says where, what was found and what was needed.</summary>
public sealed class RuleSyntaxException : FormatException
{
    /// <summary>An error at a place.</summary>
    /// <param name="problem">What was found and what was needed, without a place.</param>
    /// <param name="origin">Where.</param>
    /// <param name="rule">Name of the rule that it stands in, or null.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public RuleSyntaxException(string problem, RuleOrigin origin, string? rule = null, Exception? inner = null)
        : base(Text(problem, origin, rule), inner)
    {
        Problem = problem;
        Origin = origin;
        Rule = rule;
    }

    /// <summary>The message without its place.</summary>
    public string Problem { get; }

    /// <summary>File and line.</summary>
    public RuleOrigin Origin { get; }

    /// <summary>Name of the rule; null where it has none.</summary>
    public string? Rule { get; }

    private static string Text(string problem, RuleOrigin origin, string? rule)
    {
        var place = origin.ToString();
        return $"{char.ToUpperInvariant(place[0])}{place.AsSpan(1)}{(rule is null ? "" : $", rule '{rule}'")}: {problem}";
    }
}

/// <summary>A rule that cannot be run. The message says which one and why.</summary>
public class RuleException : Exception
{
    /// <summary>An error of a rule.</summary>
    /// <param name="problem">What was found and what was needed.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public RuleException(string problem, Rule rule, Exception? inner = null)
        : base(new RuleSyntaxException(problem, Origins(rule), rule.Title).Message, inner)
    {
        Problem = problem;
        Rule = rule;
    }

    /// <summary>The message without its place.</summary>
    public string Problem { get; }

    /// <summary>What cannot be run.</summary>
    public Rule Rule { get; }

    private static RuleOrigin Origins(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Origin;
    }
}
