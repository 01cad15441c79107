namespace Knowledge.Rules;

/// <summary>A fact: its predicate, and its subject and object as a pair.</summary>
internal readonly record struct Fact(uint Predicate, ulong Pair)
{
    public uint Subject => (uint)(Pair >> 32);

    public uint Object => (uint)Pair;
}

/// <summary>Keeps a closure exact while given facts come and go.</summary>
/// <remarks>
/// <para>Source: Delete and Rederive (Gupta, Mumick, Subrahmanian, SIGMOD 1993), stratum by stratum for rules that negate, with the rank of each fact as its well-founded support (Kotowski, Bry,
/// Brodt, RR 2011): a fact whose conclusion does not hang on what went is found at once, because some match of a rule has only premises of lower rank that are still there,
/// so that little is deleted that would be derived again.</para>
/// <para>Invariant: an inferred fact of rank r has a match all of whose premises have ranks below r. Deletion checks exactly the facts whose such match may have lost a premise, have a premise that
/// was given and is only inferred now, or whose rule negates what has come; what is left follows from given facts by induction over ranks, and what was deleted and still follows is found by
/// matching rules backward from it.</para>
/// <para>Facts that were deleted stay in the columns until the last stratum is done and are hidden by the filter, so that what they took part in can be found.</para>
/// <para>Cost: for each deleted fact the matches that it takes part in, and for each conclusion of theirs a search for another match.</para>
/// </remarks>
internal sealed class Maintenance : IFactFilter
{
    private readonly RuleWorld _world;
    private readonly FactColumns _facts;
    private readonly GivenFacts _given;
    private readonly FactRanks _ranks;
    private readonly Matching _matching;
    private readonly Firing _firing;
    private readonly RuleIndex[] _strata;
    private readonly Dictionary<uint, int> _levels = [];
    private readonly List<Fact> _conclusions = [];
    private readonly HashSet<Fact> _added = [];
    private readonly HashSet<Fact> _deleted = [];
    private readonly Dictionary<Fact, uint> _touched = [];
    private readonly Dictionary<Fact, uint> _weakened = []; // given before and only inferred now: what they supported may have a lower rank than they have now
    private uint _below = uint.MaxValue;

    /// <summary>Keeps the closure under some of a world's rules; what others concluded must not be what these match.</summary>
    /// <param name="world">The closure.</param>
    /// <param name="strata">The rules by strata: no rule negates what its own or a later stratum concludes, and with more than one stratum each predicate is concluded in one alone.</param>
    public Maintenance(RuleWorld world, IReadOnlyList<CompiledRule[]> strata)
    {
        (_world, _facts, _given, _ranks) = (world, world.Facts, world.Given, world.Ranks);
        _matching = new Matching(_facts, world.Environment);
        _firing = new Firing(world.Environment, _matching, world.Options, (s, p, o) => _conclusions.Add(new Fact(p, FactColumns.Pair(s, o))));
        _strata = [.. strata.Select(rules => rules.Length == world.Rules.Length ? world.Index : new RuleIndex(rules, world.Facts))];
        for (var i = 1; i < strata.Count; i++)
            foreach (var head in strata[i].SelectMany(r => r.Head))
                _levels[head.Predicate.Id] = i;
    }

    /// <summary>Changes the given facts and everything that follows.</summary>
    /// <param name="added">Facts that are given now and were not.</param>
    /// <param name="removed">Facts that were given and are not now.</param>
    /// <returns>Facts that hold now and did not, and the other way round.</returns>
    public (List<Fact> Added, List<Fact> Removed) Apply(IReadOnlyCollection<Fact> added, IReadOnlyCollection<Fact> removed)
    {
        _given.Change(added, removed);
        for (var i = 0; i < _strata.Length; i++)
        {
            List<Fact> come = [.. _added], gone = [.. _deleted];
            var deleted = Delete(_strata[i], OfLevel(removed, i), come);
            Insert(_strata[i], Renewed(_strata[i], OfLevel(added, i), deleted, (come, gone)));
        }

        Change([], _deleted);
        foreach (var fact in _deleted)
            _ranks.Forget(fact.Predicate, fact.Pair);
        var change = (_added.ToList(), _deleted.ToList());
        _added.Clear();
        _deleted.Clear();
        _touched.Clear();
        _weakened.Clear();
        return change;
    }

    /// <inheritdoc/>
    bool IFactFilter.Accepts(uint subject, uint predicate, uint @object)
    {
        var fact = new Fact(predicate, FactColumns.Pair(subject, @object));
        return (_deleted.Count == 0 || !_deleted.Contains(fact)) && (_below == uint.MaxValue || Rank(fact) < _below);
    }

    private IEnumerable<Fact> OfLevel(IReadOnlyCollection<Fact> facts, int level) => _levels.Count == 0 ? facts : facts.Where(f => _levels.GetValueOrDefault(f.Predicate) == level);

    private uint Rank(Fact fact) => _given.Contains(fact) ? 0 : _ranks.Of(fact.Predicate, fact.Pair);

    private bool IsThere(Fact fact) => _facts.Contains(fact.Subject, fact.Predicate, fact.Object) && !_deleted.Contains(fact);

    /// <summary>Finds the facts of a stratum that may have lost their support.</summary>
    /// <param name="rules">The stratum.</param>
    /// <param name="removed">Facts that are not given any longer.</param>
    /// <param name="come">What lower strata have and had not, which rules may negate.</param>
    private List<Fact> Delete(RuleIndex rules, IEnumerable<Fact> removed, List<Fact> come)
    {
        var queue = new Queue<Fact>(_touched.Keys);
        var deleted = new List<Fact>();
        foreach (var fact in removed)
        {
            var rank = _ranks.Of(fact.Predicate, fact.Pair);
            if (rank > 0 && HasMatch(rules, fact, rank))
                _weakened[fact] = rank;
            else
                Take(fact, 0);
        }

        foreach (var fact in come)
            foreach (var conclusion in Candidates(rules, fact).Distinct().ToList())
                Check(conclusion, 0, uint.MaxValue);
        foreach (var (fact, rank) in _weakened)
            foreach (var conclusion in Conclusions(rules.Loose(fact.Predicate), fact, null).Distinct().ToList())
                Check(conclusion, 0, rank);
        while (queue.Count > 0)
        {
            // What hangs on several facts that went is checked once for all, and only where it ranks above one of them.
            var above = new Dictionary<Fact, uint>();
            while (queue.TryDequeue(out var fact))
                foreach (var conclusion in Conclusions(rules.Loose(fact.Predicate), fact, null))
                    if (!above.TryGetValue(conclusion, out var rank) || _touched[fact] < rank)
                        above[conclusion] = _touched[fact];
            foreach (var (conclusion, rank) in above)
                Check(conclusion, rank, uint.MaxValue);
        }

        return deleted;

        // A conclusion whose rank is above one number and up to another has lost a match.
        void Check(Fact conclusion, uint lower, uint upTo)
        {
            if (!IsThere(conclusion) || _given.Contains(conclusion))
                return;
            var own = _ranks.Of(conclusion.Predicate, conclusion.Pair);
            if (own > lower && own <= upTo && !HasMatch(rules, conclusion, own))
                Take(conclusion, own);
        }

        void Take(Fact fact, uint rank)
        {
            _deleted.Add(fact);
            deleted.Add(fact);
            _touched[fact] = rank;
            queue.Enqueue(fact);
        }
    }

    /// <summary>Facts of a stratum that hold now and did not, or were deleted: those that are given, and those that one step concludes.</summary>
    private List<Fact> Renewed(RuleIndex rules, IEnumerable<Fact> added, List<Fact> deleted, (List<Fact> Come, List<Fact> Gone) lower)
    {
        var given = added.Where(f => !IsThere(f)).ToHashSet();
        var news = given.ToList();
        var found = new HashSet<Fact>(given);
        var rank = _ranks.Begin();
        if (_world.Options.Fault != EngineFault.ForgetsOtherProofs)
            Prove(deleted);
        foreach (var fact in lower.Gone)
            Prove(Candidates(rules, fact).Where(f => !IsThere(f)));
        foreach (var fact in lower.Come)
            foreach (var conclusion in Conclusions(rules.Bodies(fact.Predicate), fact, this))
                if (!IsThere(conclusion))
                    Add(conclusion);
        return news;

        void Prove(IEnumerable<Fact> facts)
        {
            foreach (var fact in facts)
                if (!found.Contains(fact) && HasMatch(rules, fact, uint.MaxValue))
                    Add(fact);
        }

        void Add(Fact fact)
        {
            if (!found.Add(fact))
                return;
            news.Add(fact);
            _ranks.Set(fact.Predicate, fact.Pair, rank);
        }
    }

    /// <summary>Adds facts and, in rounds, what follows from them in their stratum.</summary>
    /// <remarks>
    /// What equality lets follow from a fact it lets follow from its copies too, as their terms equal each other; so a copy with another subject is not copied to other subjects again, one with
    /// another object neither to other objects nor to other subjects, and so on. Of k and m terms km copies are made that way, and not each of them k + m times.
    /// </remarks>
    private void Insert(RuleIndex rules, List<Fact> news)
    {
        var copies = new Dictionary<Fact, (EqualityRules Equality, EqualityRules.Place Place)>();
        for (var round = 0; news.Count > 0; round++)
        {
            List<Fact> fresh = [.. news.Where(f => !_deleted.Remove(f))];
            Change(fresh, []);
            _added.UnionWith(fresh);
            if (round > 0)
                _world.CheckLimits(round, news[0]);
            var rank = _ranks.Begin();
            var next = new HashSet<Fact>();
            foreach (var fact in news)
            {
                var bodies = rules.Bodies(fact.Predicate);
                var copy = copies.GetValueOrDefault(fact);
                for (var i = 0; i < bodies.Length; i++)
                {
                    var (equality, place) = rules.Replacing(bodies[i].Atom);
                    if (equality is not null && equality == copy.Equality && place <= copy.Place)
                        continue;
                    foreach (var conclusion in Conclusions(bodies.Slice(i, 1), fact, this))
                    {
                        if (IsThere(conclusion) || !next.Add(conclusion))
                            continue;
                        _ranks.Set(conclusion.Predicate, conclusion.Pair, rank);
                        if (equality is not null)
                            copies[conclusion] = (equality, place);
                    }
                }
            }

            news = [.. next];
        }
    }

    /// <summary>The conclusions of all matches that a fact takes part in; valid until more is concluded.</summary>
    /// <param name="bodies">Where it may.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="filter">Hides what was deleted; null where that counts too.</param>
    private List<Fact> Conclusions(ReadOnlySpan<(CompiledRule Rule, AtomPart Atom, Plan Plan)> bodies, Fact fact, IFactFilter? filter)
    {
        _conclusions.Clear();
        (_matching.Filter, _matching.GroupFilter) = _deleted.Count > 0 ? (filter, filter) : (null, null);
        foreach (var (rule, atom, plan) in bodies)
        {
            var bindings = new uint[rule.Slots];
            if (!TryBind(atom, fact, bindings))
                continue;
            _firing.Rule = rule;
            _matching.Run(plan, bindings, _firing);
        }

        (_matching.Filter, _matching.GroupFilter) = (null, null);
        return _conclusions;
    }

    /// <summary>What rules that negate a fact conclude where it and what was deleted does not matter: what may follow now and did not, or the other way round.</summary>
    private List<Fact> Candidates(RuleIndex rules, Fact fact)
    {
        _conclusions.Clear();
        if (_world.Options.Fault == EngineFault.OverlooksNegation)
            return [];
        foreach (var (rule, negated, plan) in rules.Negated(fact.Predicate))
        {
            var bindings = new uint[rule.Slots];
            if (!TryBind(negated.Atom, fact, bindings))
                continue;
            for (var slot = 0; slot < bindings.Length; slot++)
                if (!negated.Outer.Contains(slot))
                    bindings[slot] = 0;
            _firing.Rule = rule;
            _matching.Run(plan, bindings, _firing);
        }

        return [.. _conclusions];
    }

    /// <summary>Whether some rule concludes a fact from facts below a rank.</summary>
    private bool HasMatch(RuleIndex rules, Fact fact, uint below)
    {
        var isHiding = _deleted.Count > 0;
        _matching.GroupFilter = isHiding ? new Present(this) : null;
        _below = _world.Options.Fault == EngineFault.KeepsCircles ? uint.MaxValue : below;
        _matching.Filter = isHiding || below != uint.MaxValue ? this : null;
        try
        {
            foreach (var (rule, head, plan) in rules.Heads(fact.Predicate))
                if (HeadMatch.Find(_matching, _world.Environment, (rule, head, plan), fact) is not null)
                    return true;
            return false;
        }
        finally
        {
            (_matching.Filter, _matching.GroupFilter) = (null, null);
            _below = uint.MaxValue;
        }
    }

    private static bool TryBind(AtomPart atom, Fact fact, uint[] bindings) =>
        TryBind(atom.Subject, fact.Subject, bindings) && TryBind(atom.Predicate, fact.Predicate, bindings) && TryBind(atom.Object, fact.Object, bindings);

    private static bool TryBind(Operand operand, uint value, uint[] bindings)
    {
        if (!operand.IsVariable)
            return operand.Id == value;
        if (bindings[operand.Slot] != 0)
            return bindings[operand.Slot] == value;
        bindings[operand.Slot] = value;
        return true;
    }

    private void Change(IReadOnlyCollection<Fact> added, IReadOnlyCollection<Fact> removed)
    {
        foreach (var group in added.GroupBy(f => f.Predicate))
            _facts.Of(group.Key).Change([.. group.Select(f => f.Pair).Order()], []);
        foreach (var group in removed.GroupBy(f => f.Predicate))
            _facts.Of(group.Key).Change([], [.. group.Select(f => f.Pair).Order()]);
    }

    /// <summary>Facts that are there, whatever their ranks.</summary>
    private sealed class Present(Maintenance all) : IFactFilter
    {
        public bool Accepts(uint subject, uint predicate, uint @object) => !all._deleted.Contains(new Fact(predicate, FactColumns.Pair(subject, @object)));
    }
}

/// <summary>The given facts, to ask whether a fact is one of them.</summary>
internal sealed class GivenFacts
{
    private readonly Dictionary<uint, PairColumn> _columns;

    private GivenFacts(Dictionary<uint, PairColumn> columns, long count) => (_columns, Count) = (columns, count);

    /// <summary>Those of a closure before it is closed.</summary>
    public static GivenFacts Of(FactColumns facts)
    {
        var given = new GivenFacts([], facts.Count);
        foreach (var (predicate, relation) in facts.Relations)
            given._columns[predicate] = relation.BySubject;
        return given;
    }

    /// <summary>The same facts, which go on apart from these. Cost: the predicates.</summary>
    public GivenFacts Fork() => new(new(_columns), Count);

    /// <summary>Number of given facts.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a fact is given.</summary>
    public bool Contains(Fact fact) => _columns.TryGetValue(fact.Predicate, out var column) && column.Contains(fact.Pair);

    /// <summary>Adds and takes away; facts that are there already, or are not, are passed over.</summary>
    public void Change(IReadOnlyCollection<Fact> added, IReadOnlyCollection<Fact> removed)
    {
        Change(added, isAdded: true);
        Change(removed, isAdded: false);
    }

    private void Change(IReadOnlyCollection<Fact> facts, bool isAdded)
    {
        foreach (var group in facts.GroupBy(f => f.Predicate))
        {
            var column = _columns.GetValueOrDefault(group.Key, PairColumn.Empty);
            ulong[] pairs = [.. group.Select(f => f.Pair).Where(p => column.Contains(p) != isAdded).Distinct().Order()];
            _columns[group.Key] = isAdded ? column.With(pairs, []) : column.With([], pairs);
            Count += isAdded ? pairs.Length : -pairs.Length;
        }
    }
}
