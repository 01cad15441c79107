using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Builtins by name.</summary>
public sealed class BuiltinRegistry
{
    /// <summary>The 47 of Jena, and those on values of literals that the rules of OWL 2 RL need.</summary>
    public static readonly BuiltinRegistry Default = new([.. TypeBuiltins.All, .. NumberBuiltins.All, .. NodeBuiltins.All, .. ListBuiltins.All, .. GraphBuiltins.All, .. DatatypeBuiltins.All]);

    private readonly FrozenDictionary<string, Builtin> _byName;

    /// <summary>These builtins.</summary>
    /// <param name="builtins">Builtins; of two with one name the later counts.</param>
    public BuiltinRegistry(IEnumerable<Builtin> builtins)
    {
        Dictionary<string, Builtin> byName = [];
        foreach (var builtin in builtins)
            byName[builtin.Name] = builtin;
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All builtins, by name.</summary>
    public ImmutableArray<Builtin> Builtins => [.. _byName.Values.OrderBy(b => b.Name, StringComparer.Ordinal)];

    /// <summary>The builtin of a name; null where there is none.</summary>
    public Builtin? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>This registry with others, which win.</summary>
    /// <param name="builtins">Builtins.</param>
    public BuiltinRegistry With(params IEnumerable<Builtin> builtins) => new([.. _byName.Values, .. builtins]);

    /// <summary>Checks that the builtins of a rule are known, stand where they may and have as many arguments as they need.</summary>
    /// <param name="rule">The rule; those nested in it are checked too.</param>
    /// <param name="allowUnknown">Whether unknown ones may stand in bodies, where they never hold, as in Jena.</param>
    /// <exception cref="RuleException">One of them does not.</exception>
    public void Check(Rule rule, bool allowUnknown = false)
    {
        ArgumentNullException.ThrowIfNull(rule);
        Check(rule, rule.Body, BuiltinUse.Body, allowUnknown);
        Check(rule, rule.Head, BuiltinUse.Head, allowUnknown);
    }

    /// <summary>Whether a rule can only add facts: no builtin in its head takes any away.</summary>
    /// <param name="rule">The rule.</param>
    public bool IsMonotonic(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Head.OfType<BuiltinClause>().All(c => Find(c.Name) is not { IsMonotonic: false });
    }

    private void Check(Rule rule, ImmutableArray<RuleClause> clauses, BuiltinUse use, bool allowUnknown)
    {
        foreach (var clause in clauses)
        {
            switch (clause)
            {
                case NestedRule nested:
                    Check(nested.Rule with { Origin = nested.Rule.Origin.Line == 0 ? rule.Origin : nested.Rule.Origin }, allowUnknown);
                    break;
                case NegationClause negation:
                    Check(rule, negation.Clauses, use, allowUnknown);
                    break;
                case AggregateClause aggregate:
                    Check(rule, aggregate.Clauses, use, allowUnknown);
                    break;
                case BuiltinClause call:
                    Check(rule, call, use, allowUnknown);
                    break;
            }
        }
    }

    private void Check(Rule rule, BuiltinClause call, BuiltinUse use, bool allowUnknown)
    {
        if (Find(call.Name) is not { } builtin)
        {
            if (allowUnknown && use == BuiltinUse.Body)
                return;
            throw new RuleException($"There is no builtin '{call.Name}'. Known are {string.Join(", ", Builtins.Select(b => b.Name))}.", rule);
        }

        if (!builtin.Use.HasFlag(use))
            throw new RuleException($"The builtin '{call.Name}' stands in the rule's {Word(use)}; it may stand in its {Word(builtin.Use)} alone.", rule);
        if (!builtin.Accepts(call.Arguments.Length))
            throw new RuleException($"The builtin '{call.Name}' has {call.Arguments.Length} arguments; it needs {builtin.Arity}.", rule);
    }

    private static string Word(BuiltinUse use) => use == BuiltinUse.Head ? "head" : "body";
}
