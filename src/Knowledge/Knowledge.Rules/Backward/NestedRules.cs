namespace Knowledge.Rules;

/// <summary>Backward rules in the heads of forward rules, as rules of their own.</summary>
/// <remarks>The outer body holds under the bindings with which the inner rule joins the others, so a triple follows by the inner rule where both bodies hold.</remarks>
internal static class NestedRules
{
    /// <summary>An inner rule with the body of the rule around it before its own.</summary>
    public static Rule Flattened(Rule outer, Rule inner) =>
        new(inner.Name ?? outer.Name, inner.Direction, outer.Body.AddRange(inner.Body), inner.Head, outer.Variables.Length > inner.Variables.Length ? outer.Variables : inner.Variables, outer.Origin);

    /// <summary>All inner rules of a set.</summary>
    public static IEnumerable<Rule> Of(RuleSet rules) => rules.Rules.SelectMany(r => r.Head.OfType<NestedRule>().Select(n => Flattened(r, n.Rule)));
}
