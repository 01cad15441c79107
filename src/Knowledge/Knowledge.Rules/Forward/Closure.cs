namespace Knowledge.Rules;

/// <summary>Given facts with everything that follows, kept exact while given facts come and go. Belongs to one thread at a time.</summary>
internal sealed class Closure
{
    private readonly RuleWorld _world;
    private readonly Visibility _visibility;
    private readonly Maintenance? _maintenance;
    private readonly UpperStrata? _upper;
    private readonly DerivedTerms _derived;
    private readonly HashSet<uint> _known = [];
    private readonly long _version;

    private Closure(RuleWorld world, DerivedTerms derived, long version)
    {
        _version = version;
        _world = world;
        _derived = derived;
        var isMonotonic = world.Rules.All(r => world.Options.Builtins.IsMonotonic(r.Rule));
        var hasLevels = Stratification.HasLevels(world.Rules) && Stratification.IsComplete(world.Rules);
        bool IsMaintained(CompiledRule rule) => IsLocal(rule) || (hasLevels && IsLocalButNegates(rule));
        _upper = isMonotonic ? UpperStrata.Of(world, IsMaintained) : null;
        if (_upper is not null)
            _upper.Close();
        else if (isMonotonic)
            new SemiNaive(world).Close(world.Rules);
        else
            new ConflictSet(world).Run();
        _visibility = new Visibility(world);
        if (!world.Ranks.IsKept)
            return;
        if (_upper is not null)
            _maintenance = new Maintenance(world, Strata([.. _upper.Lower]));
        else if (world.Rules.All(IsMaintained))
            _maintenance = new Maintenance(world, Strata(world.Rules));
    }

    private Closure(RuleWorld world, Closure other, DerivedTerms derived)
    {
        (_world, _visibility, _derived, _version) = (world, other._visibility.Fork(world), derived, other._version);
        _upper = other._upper?.Fork(world);
        _maintenance = new Maintenance(world, Strata([.. _upper?.Lower ?? world.Rules]));
    }

    /// <summary>How many rules are run anew when a change reaches them; 0 where each change touches only what hangs on it.</summary>
    public int RulesRunAnew => _upper?.Rules ?? (_maintenance is null ? _world.Rules.Length : 0);

    /// <summary>Whether changes are followed; otherwise everything is inferred anew at each.</summary>
    public bool IsIncremental => _maintenance is not null;

    /// <summary>The facts, the rules, and how facts came about.</summary>
    public RuleWorld World => _world;

    /// <summary>Facts that answers do not show.</summary>
    public Visibility Visibility => _visibility;

    /// <summary>Infers what follows from the default graph of a snapshot.</summary>
    /// <param name="snapshot">Given facts.</param>
    /// <param name="rules">Rules.</param>
    /// <param name="options">Limits.</param>
    /// <param name="derived">Where terms go that rules make.</param>
    /// <param name="version">Version of the source: that of the snapshot, or a later one where it shows the past.</param>
    /// <param name="also">A triple that is given beside them; null for none.</param>
    public static Closure Of(IQuadSnapshot snapshot, RuleSet rules, ForwardOptions options, DerivedTerms derived, long version, Triple? also = null)
    {
        var facts = FactColumns.Of(snapshot);
        var environment = new RuleEnvironment(snapshot.Terms, derived, facts, options, version);
        if (also is { } triple)
        {
            var (subject, predicate, @object) = (environment.Id(triple.Subject).Value, environment.Id(triple.Predicate).Value, environment.Id(triple.Object).Value);
            if (!facts.Contains(subject, predicate, @object))
                facts.Of(predicate).Change([FactColumns.Pair(subject, @object)], []);
        }

        var given = GivenFacts.Of(facts);
        return new Closure(new RuleWorld
        {
            Facts = facts,
            Given = given,
            Ranks = new FactRanks(options.KeepDerivations),
            Environment = environment,
            Options = options,
            Rules = RuleCompiler.Compile(rules, environment, options),
        }, derived, version);
    }

    /// <summary>The same closure over a what-if of its source, which goes on apart from this one.</summary>
    /// <remarks>Cost: rules, predicates and at most <see cref="FactRanks.MaxChanged"/> facts; columns are shared.</remarks>
    /// <param name="snapshot">The what-if's facts, the same as this closure's given ones.</param>
    /// <param name="rules">The rules of this closure.</param>
    /// <param name="derived">Terms that rules have made here, forked.</param>
    /// <exception cref="InvalidOperationException">This closure is not <see cref="IsIncremental"/>.</exception>
    public Closure Fork(IQuadSnapshot snapshot, RuleSet rules, DerivedTerms derived)
    {
        if (_maintenance is null)
            throw new InvalidOperationException("A closure whose changes are inferred anew cannot be forked.");
        var facts = _world.Facts.Fork();
        var environment = _world.Environment.Fork(snapshot.Terms, derived, facts);
        return new Closure(
            new RuleWorld
            {
                Facts = facts,
                Given = _world.Given.Fork(),
                Ranks = _world.Ranks.Fork(),
                Environment = environment,
                Options = _world.Options,
                Rules = RuleCompiler.Compile(rules, environment, _world.Options),
            },
            this,
            derived);
    }

    /// <summary>Follows a change of the given facts.</summary>
    /// <param name="delta">The change.</param>
    /// <param name="added">Facts that hold now and did not, whether shown or not.</param>
    /// <param name="removed">Facts that held and do not now.</param>
    /// <returns>False where all must be inferred anew.</returns>
    public bool TryApply(QuadDelta delta, out List<Fact> added, out List<Fact> removed)
    {
        (added, removed) = ([], []);
        var come = Default(delta.Added.Span);
        if (_maintenance is null || (_derived.Count > 0 && come.Exists(IsNewName)))
            return false;
        var go = Default(delta.Removed.Span);
        if (_upper is not null && _upper.IsReached(come.Concat(go)))
            (added, removed) = Apply(_maintenance, _upper, come, go);
        else
            (added, removed) = _maintenance.Apply(come, go);
        _visibility.Change(added, removed);
        return true;
    }

    /// <summary>Maintains the lower strata without the upper ones' conclusions, closes those again, and tells the difference.</summary>
    private (List<Fact> Added, List<Fact> Removed) Apply(Maintenance lower, UpperStrata upper, List<Fact> come, List<Fact> go)
    {
        var before = upper.Clear().ToHashSet();
        var (added, removed) = lower.Apply(come, go);
        var gone = removed.ToHashSet();
        var now = upper.CloseUpper();
        added = [.. added.Where(f => !before.Contains(f)), .. now.Where(f => !before.Contains(f) && !gone.Contains(f))];
        removed = [.. before.Union(removed).Where(f => !_world.Facts.Contains(f.Subject, f.Predicate, f.Object))];
        return (added, removed);
    }

    private static List<Fact> Default(ReadOnlySpan<QuadIds> quads)
    {
        var facts = new List<Fact>();
        foreach (var quad in quads)
            if (quad.Graph.IsNone)
                facts.Add(new Fact(quad.Predicate.Value, PackedPair.Of(quad.Subject, quad.Object)));
        return facts;
    }

    /// <summary>Whether the source has come to have an id of its own for a term that rules made before.</summary>
    private bool IsNewName(Fact fact) => IsNewName(fact.Subject) || IsNewName(fact.Predicate) || IsNewName(fact.Object);

    private bool IsNewName(uint id)
    {
        if (!_known.Add(id))
            return false;
        return _derived.TryFind(_world.Environment.Term(new TermId(id)), _version, out var derived) && derived.Value != id;
    }

    /// <summary>Rules in the order in which they are maintained: all at once where none negates, otherwise by strata, the first of which holds no rules but the facts that no rule concludes.</summary>
    private static CompiledRule[][] Strata(CompiledRule[] rules) =>
        rules.Any(r => r.Body.Any(p => p is NegationPart)) ? [[], .. rules.GroupBy(r => r.Stratum).OrderBy(g => g.Key).Select(g => g.ToArray())] : [rules];

    /// <summary>Whether a rule looks at nothing but its atoms' matches.</summary>
    private bool IsLocal(CompiledRule rule) => rule.Nested.Length == 0 && _world.Options.Builtins.IsMonotonic(rule.Rule)
        && rule.Actions.All(a => a.Builtin is { Reads: BuiltinReads.Nothing }) && rule.Body.All(IsLocal);

    /// <summary>Whether the same holds inside of its negations too. A head that acts would do so for conclusions that are only looked at.</summary>
    private static bool IsLocalButNegates(CompiledRule rule) => rule.Nested.Length == 0 && rule.Actions.Length == 0
        && rule.Body.All(p => IsLocal(p) || (p is NegationPart negation && negation.Parts.All(IsLocal)));

    private static bool IsLocal(BodyPart part) => part is AtomPart or FunctorPart or BuiltinPart { Builtin: null or { Reads: BuiltinReads.Nothing } };
}
