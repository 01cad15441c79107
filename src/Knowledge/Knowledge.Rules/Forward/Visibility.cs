namespace Knowledge.Rules;

/// <summary>Facts that the closure has and answers do not show: with a literal as subject, with a predicate that is no IRI, with a functor, or with a node that a rule hides.</summary>
/// <remarks>Source: Jena's FBRuleInfGraph, which keeps the same from results. Rules that can conclude none of these cost nothing here.</remarks>
internal sealed class Visibility
{
    private readonly RuleWorld _world;
    private bool _anyPredicate;
    private readonly HashSet<uint> _predicates = [];
    private readonly bool _hasFunctors;
    private readonly Dictionary<uint, Parts> _parts = [];
    private int _hidden;

    public Visibility(RuleWorld world)
    {
        _world = world;
        if (world.Options.ShowAll)
            return;
        foreach (var rule in world.Rules)
        {
            var subjects = rule.Atoms.SelectMany(a => new[] { a.Subject, a.Predicate }).Where(o => o.IsVariable).Select(o => o.Slot).ToHashSet();
            _hasFunctors |= rule.Head.Any(h => !h.Object.IsPlain || (h.Object.Slot < 0 && Functor.Is(world.Environment.Term(new TermId(h.Object.Id)))));
            _anyPredicate |= rule.Actions.Any(a => a.Builtin is { Reads: BuiltinReads.Lists });
            foreach (var head in rule.Head)
            {
                var isSafe = head.Subject.IsPlain && (head.Subject.Slot < 0 ? world.Environment.Kind(head.Subject.Id) < TermKind.Literal : subjects.Contains(head.Subject.Slot));
                var isNamed = head.Predicate.IsPlain && (head.Predicate.Slot < 0 || rule.Atoms.Any(a => a.Predicate.IsVariable && a.Predicate.Slot == head.Predicate.Slot));
                if (isSafe && isNamed && !_hasFunctors)
                    continue;
                if (head.Predicate.IsPlain && head.Predicate.Slot < 0)
                    _predicates.Add(head.Predicate.Id);
                else
                    _anyPredicate = true;
            }
        }

        Look();
        if (_parts.Count > 0 && !_anyPredicate)
        {
            // From one literal that is a subject, any rule may conclude another.
            _anyPredicate = true;
            Look();
        }

        Hide();
    }

    private Visibility(Visibility other, RuleWorld world)
    {
        (_world, _anyPredicate, _predicates, _hasFunctors, _hidden) = (world, other._anyPredicate, other._predicates, other._hasFunctors, other._hidden);
        foreach (var (predicate, parts) in other._parts)
            _parts[predicate] = new Parts(parts.Unseen, parts.Shown.Fork());
    }

    /// <summary>The same for a closure that was forked; it goes on apart from this.</summary>
    public Visibility Fork(RuleWorld world) => new(this, world);

    /// <summary>Looks at facts that came or went.</summary>
    public void Change(List<Fact> added, List<Fact> removed)
    {
        if (_world.Options.ShowAll)
            return;
        var unseen = added.FindAll(f => !IsSeen(f));
        if (unseen.Count > 0 && !_anyPredicate)
        {
            _anyPredicate = true;
            unseen = added.FindAll(f => !IsSeen(f));
        }

        if (unseen.Count + _parts.Count > 0)
            Change(added, removed, unseen.ToHashSet());
        if (_hidden != _world.Environment.Hidden.Count)
            Hide();
    }

    /// <summary>The facts of a predicate that answers show.</summary>
    public Relation Shown(uint predicate, Relation all) => _parts.TryGetValue(predicate, out var parts) ? parts.Shown : all;

    /// <summary>Number of given facts that answers do not show.</summary>
    public long UnseenGiven => _parts.Sum(p => p.Value.Unseen.ToArray().LongCount(pair => _world.Given.Contains(new Fact(p.Key, pair))));

    /// <summary>Whether answers show a fact.</summary>
    public bool IsSeen(Fact fact)
    {
        var environment = _world.Environment;
        if (_world.Options.ShowAll)
            return true;
        if (environment.Hidden.Count > 0 && (environment.Hidden.Contains(fact.Subject) || environment.Hidden.Contains(fact.Predicate) || environment.Hidden.Contains(fact.Object)))
            return false;
        if (!_anyPredicate && !_predicates.Contains(fact.Predicate))
            return true;
        return (environment.Kind(fact.Subject) < TermKind.Literal || IsGeneralized(fact.Subject)) && environment.Kind(fact.Predicate) == TermKind.Iri && !IsFunctor(fact.Object);
    }

    private bool IsGeneralized(uint subject) => _world.Options.ShowGeneralized && !Functor.Is(_world.Environment.Term(new TermId(subject)));

    private bool IsFunctor(uint id) => _hasFunctors && !_world.Options.ShowFunctors && _world.Environment.Kind(id) == TermKind.Literal && Functor.Is(_world.Environment.Term(new TermId(id)));

    private void Look()
    {
        foreach (var (predicate, relation) in _world.Facts.Relations)
            Look(predicate, relation);
    }

    private void Look(uint predicate, Relation relation)
    {
        if (!_anyPredicate && !_predicates.Contains(predicate))
            return;
        var environment = _world.Environment;
        var isNamed = environment.Kind(predicate) == TermKind.Iri;
        var isUnseen = false;
        var found = new List<ulong>();
        uint subject = 0;
        for (var at = 0; at < relation.BySubject.Count;)
        {
            var span = relation.BySubject.From(at);
            at += span.Length;
            foreach (var pair in span)
            {
                if ((uint)(pair >> 32) != subject)
                {
                    subject = (uint)(pair >> 32);
                    isUnseen = !isNamed || (environment.Kind(subject) >= TermKind.Literal && !IsGeneralized(subject));
                }

                if (isUnseen || IsFunctor((uint)pair))
                    found.Add(pair);
            }
        }

        Add(predicate, [.. found]);
    }

    private void Hide()
    {
        _hidden = _world.Environment.Hidden.Count;
        foreach (var node in _world.Environment.Hidden)
            foreach (var group in _world.Facts.Match(node, 0, 0).Concat(_world.Facts.Match(0, node, 0)).Concat(_world.Facts.Match(0, 0, node)).ToList().GroupBy(f => f.Predicate.Value))
                Add(group.Key, [.. group.Select(f => PackedPair.Of(f.Subject, f.Object)).Distinct().Order()]);
    }

    /// <summary>Takes facts that are there from what is shown.</summary>
    /// <param name="predicate">Their predicate.</param>
    /// <param name="pairs">Sorted, distinct.</param>
    private void Add(uint predicate, ulong[] pairs)
    {
        if (_parts.TryGetValue(predicate, out var parts))
            pairs = [.. pairs.Where(p => !parts.Unseen.Contains(p))];
        if (pairs.Length == 0)
            return;
        if (parts is null)
            _parts[predicate] = parts = new Parts(PairColumn.Empty, _world.Facts.Of(predicate).Fork());
        parts.Unseen = parts.Unseen.With(pairs, []);
        parts.Shown.Change([], pairs);
    }

    private void Change(List<Fact> added, List<Fact> removed, HashSet<Fact> unseen)
    {
        foreach (var group in added.Concat(removed).GroupBy(f => f.Predicate))
        {
            var predicate = group.Key;
            if (_parts.TryGetValue(predicate, out var parts))
            {
                ulong[] gone = [.. removed.Where(f => f.Predicate == predicate).Select(f => f.Pair).Order()];
                ulong[] come = [.. added.Where(f => f.Predicate == predicate).Select(f => f.Pair).Order()];
                ulong[] goneUnseen = [.. gone.Where(parts.Unseen.Contains)];
                parts.Shown.Change(come, [.. gone.Except(goneUnseen)]);
                parts.Unseen = parts.Unseen.With([], goneUnseen);
            }

            Add(predicate, [.. unseen.Where(f => f.Predicate == predicate).Select(f => f.Pair).Order()]);
        }
    }

    /// <summary>Facts of one predicate that are not shown, and all others.</summary>
    private sealed class Parts(PairColumn unseen, Relation shown)
    {
        public PairColumn Unseen { get; set; } = unseen;

        public Relation Shown { get; } = shown;
    }
}
