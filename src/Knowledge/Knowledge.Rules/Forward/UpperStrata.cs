namespace Knowledge.Rules;

/// <summary>Rules that count or look at facts by builtins, and all that look at what these conclude: they are run anew when a change reaches them, on the conclusions of the others, which are
/// maintained.</summary>
/// <remarks>
/// <para>Why this is exact: the other rules match no fact that one of these may conclude, so without the conclusions of these the facts are the closure under the others, which
/// <see cref="Maintenance"/> keeps; and what one of these reads by negation, count or builtin is complete before it runs (<see cref="Stratification.IsComplete"/>), so that closing them again gives
/// what inferring all anew would.</para>
/// <para>A change reaches them where the predicates of its facts, or predicates that lower rules can conclude from these, occur in upper rules.</para>
/// </remarks>
internal sealed class UpperStrata
{
    private readonly RuleWorld _world;
    private readonly CompiledRule[] _lower;
    private readonly CompiledRule[] _upper;
    private readonly Dictionary<uint, bool> _reached = [];
    private Dictionary<uint, ulong[]> _facts = [];

    private UpperStrata(RuleWorld world, HashSet<CompiledRule> upper)
    {
        _world = world;
        _lower = [.. world.Rules.Where(r => !upper.Contains(r))];
        _upper = [.. world.Rules.Where(upper.Contains)];
    }

    /// <summary>The upper strata of a world; null where all must be inferred anew at each change.</summary>
    /// <param name="world">Facts and rules, before they are closed.</param>
    /// <param name="isMaintained">Whether a rule can be maintained, where it does not look at what these conclude.</param>
    public static UpperStrata? Of(RuleWorld world, Func<CompiledRule, bool> isMaintained)
    {
        var upper = world.Rules.Where(r => !isMaintained(r)).ToHashSet();
        if (upper.Count == 0 || !Stratification.IsComplete(world.Rules))
            return null;
        for (var count = 0; count < upper.Count;)
        {
            count = upper.Count;
            upper.UnionWith(world.Rules.Where(r => Stratification.Reads(r).Any(a => upper.Any(u => Stratification.MayConclude(u, a.Atom)))).ToList());
        }

        var strata = new UpperStrata(world, upper);
        // A head that hides nodes, prints or looks at facts does more than conclude, and would do it again.
        return strata._upper.All(r => r.Nested.Length == 0 && world.Options.Builtins.IsMonotonic(r.Rule) && r.Actions.Length == 0) ? strata : null;
    }

    /// <summary>The same strata of a closure that was forked; they go on apart from these.</summary>
    /// <param name="world">The fork, with the same rules in the same order.</param>
    public UpperStrata Fork(RuleWorld world) => new(world, [.. world.Rules.Where((_, i) => _upper.Contains(_world.Rules[i]))]) { _facts = _facts };

    /// <summary>Number of rules that are run anew.</summary>
    public int Rules => _upper.Length;

    /// <summary>The other rules.</summary>
    public IReadOnlyList<CompiledRule> Lower => _lower;

    /// <summary>Whether a change reaches the upper strata.</summary>
    public bool IsReached(IEnumerable<Fact> changed) => _world.Options.Fault != EngineFault.KeepsHigherStrata && changed.Select(f => f.Predicate).Distinct().Any(IsReached);

    /// <summary>Closes the lower strata, then the upper ones.</summary>
    public void Close()
    {
        new SemiNaive(_world).Close(_lower);
        CloseUpper();
    }

    /// <summary>Takes the conclusions of the upper strata away.</summary>
    /// <returns>What they were.</returns>
    public List<Fact> Clear()
    {
        var facts = new List<Fact>();
        foreach (var (predicate, pairs) in _facts)
        {
            _world.Facts.Of(predicate).Change([], pairs);
            facts.AddRange(pairs.Select(p => new Fact(predicate, p)));
        }

        _facts = [];
        _world.Ranks.ClearUpper();
        return facts;
    }

    /// <summary>Closes the upper strata.</summary>
    /// <returns>What they conclude.</returns>
    public List<Fact> CloseUpper()
    {
        var concluded = new Dictionary<uint, List<ulong>>();
        _world.Ranks.IsUpper = true;
        try
        {
            new SemiNaive(_world)
            {
                Kept = (predicate, pairs) =>
                {
                    if (!concluded.TryGetValue(predicate, out var all))
                        concluded[predicate] = all = [];
                    all.AddRange(pairs);
                },
            }.Close(_upper);
        }
        finally
        {
            _world.Ranks.IsUpper = false;
        }

        _facts = concluded.ToDictionary(c => c.Key, c => c.Value.Order().ToArray());
        return [.. _facts.SelectMany(f => f.Value.Select(p => new Fact(f.Key, p)))];
    }

    private bool IsReached(uint predicate)
    {
        if (_reached.TryGetValue(predicate, out var known))
            return known;
        var reach = new HashSet<uint> { predicate };
        for (var isMore = true; isMore;)
        {
            isMore = false;
            foreach (var rule in _lower.Where(r => Stratification.Reads(r).Any(a => Occurs(a.Atom.Predicate, reach))))
                foreach (var head in rule.Head)
                {
                    if (head.Predicate.Slot >= 0 || !head.Predicate.IsPlain)
                        return _reached[predicate] = true; // any predicate
                    isMore |= reach.Add(head.Predicate.Id);
                }
        }

        return _reached[predicate] = _upper.Any(r => Stratification.Reads(r).Any(a => Occurs(a.Atom.Predicate, reach))
            || r.Head.Any(h => h.Predicate.Slot >= 0 || !h.Predicate.IsPlain || reach.Contains(h.Predicate.Id)));
    }

    private static bool Occurs(Operand predicate, HashSet<uint> reach) => predicate.IsVariable || reach.Contains(predicate.Id);
}
