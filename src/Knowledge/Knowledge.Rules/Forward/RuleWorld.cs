namespace Knowledge.Rules;

/// <summary>A closure: facts, those of them that are given, how the others came about, and the rules.</summary>
internal sealed class RuleWorld
{
    private RuleIndex? _index;

    public required FactColumns Facts { get; init; }

    public required GivenFacts Given { get; init; }

    public required FactRanks Ranks { get; init; }

    public required RuleEnvironment Environment { get; init; }

    public required ForwardOptions Options { get; init; }

    public required CompiledRule[] Rules { get; init; }

    /// <summary>Rules by what they match and conclude, planned for the facts as they were when it was first asked for.</summary>
    public RuleIndex Index => _index ??= new RuleIndex(Rules, Facts);

    /// <summary>Throws where there are more rounds or inferred facts than allowed.</summary>
    /// <param name="round">Rounds of this change.</param>
    /// <param name="last">A fact that was concluded last.</param>
    public void CheckLimits(int round, Fact last)
    {
        var inferred = Facts.Count - Given.Count;
        if (inferred <= Options.MaxInferred && round <= Options.MaxRounds)
            return;
        var found = new ProofSearch(this).Find(last);
        var (rule, bindings) = found is { } match ? (match.Rule, match.Bindings) : (Rules[0], []);
        throw inferred > Options.MaxInferred
            ? Limit(nameof(ForwardOptions.MaxInferred), Options.MaxInferred, "Rules infer too many facts", rule, bindings)
            : Limit(nameof(ForwardOptions.MaxRounds), Options.MaxRounds, "Rules conclude something new in too many rounds", rule, bindings);
    }

    /// <summary>The error of a limit.</summary>
    public RuleLimitException Limit(string name, long value, string problem, CompiledRule rule, uint[] bindings) =>
        new(name, value, problem, rule.Rule, rule.Bindings(bindings, Environment.Term));
}
