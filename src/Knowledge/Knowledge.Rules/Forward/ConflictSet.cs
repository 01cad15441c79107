namespace Knowledge.Rules;

/// <summary>Runs rules that take facts away: one firing at a time, the newest first, each asked again whether it still holds before it fires.</summary>
/// <remarks>
/// Source: Jena's RETEConflictSet. A match that is on the agenda is taken off again when a fact of it goes. What comes out hangs on the order, which is fixed: facts by id, rules by place, the last
/// match found fires first.
/// </remarks>
internal sealed class ConflictSet
{
    private readonly RuleWorld _world;
    private readonly Matching _matching;
    private readonly Stack<(CompiledRule Rule, uint[] Bindings)> _agenda = new();
    private readonly HashSet<(int Rule, string Bindings)> _fired = [];
    private readonly Firing _firing;
    private readonly Queue<(Fact Fact, bool IsAdded)> _changes = new();
    private long _firings;

    public ConflictSet(RuleWorld world)
    {
        _world = world;
        _matching = new Matching(world.Facts, world.Environment);
        _firing = new Firing(world.Environment, _matching, world.Options, (s, p, o) => Add(new Fact(p, FactColumns.Pair(s, o))));
    }

    /// <summary>Fires rules until none is left that may fire.</summary>
    /// <exception cref="RuleLimitException">Rules add and take away without end.</exception>
    public void Run()
    {
        foreach (var rule in _world.Rules)
            _matching.Run(Plan.Of(rule.Body, [], _world.Facts), new uint[rule.Slots], new Found(rule, this));
        while (_agenda.TryPop(out var match))
        {
            if (!Holds(match.Rule, match.Bindings))
                continue;
            if (++_firings > _world.Options.MaxInferred || _firings > (long)_world.Options.MaxRounds * Math.Max(16, _world.Facts.Count))
                throw _world.Limit(nameof(ForwardOptions.MaxRounds), _world.Options.MaxRounds, "Rules add and take away facts without end", match.Rule, match.Bindings);
            _firing.Rule = match.Rule;
            _world.Environment.Removed = (_, clause, silently) => Remove(match.Rule, match.Bindings, clause, silently);
            _firing.Match((uint[])match.Bindings.Clone());
            while (_changes.TryDequeue(out var change))
                if (change.IsAdded)
                    Match(change.Fact);
        }
    }

    private void Add(Fact fact)
    {
        if (_world.Facts.Contains(fact.Subject, fact.Predicate, fact.Object))
            return;
        _world.Facts.Of(fact.Predicate).Change([fact.Pair], []);
        _world.Ranks.Set(fact.Predicate, fact.Pair, _world.Ranks.Begin());
        _changes.Enqueue((fact, true));
    }

    private void Remove(CompiledRule rule, uint[] bindings, int clause, bool silently)
    {
        var atom = rule.Atoms.First(a => a.Clause == clause);
        var fact = new Fact(atom.Predicate.Under(bindings), FactColumns.Pair(atom.Subject.Under(bindings), atom.Object.Under(bindings)));
        if (!_world.Facts.Contains(fact.Subject, fact.Predicate, fact.Object))
            return;
        _world.Facts.Of(fact.Predicate).Change([], [fact.Pair]);
        if (!silently)
            _fired.Clear(); // what was concluded from it may be concluded again when it comes back
    }

    /// <summary>Puts the matches that a fact takes part in on the agenda.</summary>
    private void Match(Fact fact)
    {
        foreach (var (rule, atom, plan) in _world.Index.Bodies(fact.Predicate))
        {
            var bindings = new uint[rule.Slots];
            if (_matching.TryBind(Template(atom.Subject), fact.Subject, bindings, null) && _matching.TryBind(Template(atom.Predicate), fact.Predicate, bindings, null) &&
                _matching.TryBind(Template(atom.Object), fact.Object, bindings, null))
                _matching.Run(plan, bindings, new Found(rule, this));
        }
    }

    private bool Holds(CompiledRule rule, uint[] bindings) =>
        _matching.Run(Plan.Of(rule.Body, Enumerable.Range(0, rule.Slots).Where(s => bindings[s] != 0), _world.Facts), (uint[])bindings.Clone(), Matching.Any.Instance);

    private static Template Template(Operand operand) => new(operand.Slot, operand.Id, null, []);

    private sealed class Found(CompiledRule rule, ConflictSet set) : IMatchSink
    {
        public bool Match(uint[] bindings)
        {
            if (set._fired.Add((rule.Number, string.Join(' ', bindings))))
                set._agenda.Push((rule, (uint[])bindings.Clone()));
            return false;
        }
    }
}
