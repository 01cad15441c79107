using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>A fact: its predicate, and its subject and object as a pair.</summary>
internal readonly record struct Fact(uint Predicate, ulong Pair)
{
    public uint Subject => (uint)(Pair >> 32);

    public uint Object => (uint)Pair;
}

/// <summary>Keeps a closure exact while given facts come and go.</summary>
/// <remarks>
/// <para>Source: Delete and Rederive (Gupta, Mumick, Subrahmanian, SIGMOD 1993), with the rank of each fact as its well-founded support (Kotowski, Bry, Brodt, RR 2011):
/// a fact whose conclusion does not hang on what went is found at once, because some match of a rule has only premises of lower rank that are still there,
/// so that little is deleted that would be derived again.</para>
/// <para>Invariant: an inferred fact of rank r has a match all of whose premises have ranks below r. Deletion checks exactly the facts whose such match may have lost a premise, or have a premise that
/// was given and is only inferred now; what is left follows from given facts by induction over ranks, and what was deleted and still follows is found by matching rules backward from it.</para>
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
    private readonly RuleIndex _index;
    private readonly List<Fact> _conclusions = [];
    private readonly Dictionary<Fact, uint> _deleted = [];
    private uint _below = uint.MaxValue;

    public Maintenance(RuleWorld world)
    {
        (_world, _facts, _given, _ranks) = (world, world.Facts, world.Given, world.Ranks);
        _matching = new Matching(_facts, world.Environment);
        _firing = new Firing(world.Environment, _matching, world.Options, (s, p, o) => _conclusions.Add(new Fact(p, FactColumns.Pair(s, o))));
        _index = world.Index;
    }

    /// <summary>Changes the given facts and everything that follows.</summary>
    /// <param name="added">Facts that are given now and were not.</param>
    /// <param name="removed">Facts that were given and are not now.</param>
    /// <returns>Facts that hold now and did not, and the other way round.</returns>
    public (List<Fact> Added, List<Fact> Removed) Apply(IReadOnlyCollection<Fact> added, IReadOnlyCollection<Fact> removed)
    {
        _given.Change(added, removed);
        Delete(removed);
        Change([], _deleted.Keys);
        var news = added.Where(f => !_facts.Contains(f.Subject, f.Predicate, f.Object)).ToList();
        var isNew = news.ToHashSet();
        var rank = _ranks.Begin();
        foreach (var fact in _deleted.Keys)
            if (!isNew.Contains(fact) && HasMatch(fact, uint.MaxValue, isDeleting: false))
            {
                news.Add(fact);
                _ranks.Set(fact.Predicate, fact.Pair, rank);
            }

        var all = Insert(news);
        List<Fact> gone = [.. _deleted.Keys.Where(f => !_facts.Contains(f.Subject, f.Predicate, f.Object))];
        all.RemoveAll(_deleted.ContainsKey);
        _deleted.Clear();
        return (all, gone);
    }

    /// <inheritdoc/>
    bool IFactFilter.Accepts(uint subject, uint predicate, uint @object)
    {
        var fact = new Fact(predicate, FactColumns.Pair(subject, @object));
        return (_deleted.Count == 0 || !_deleted.ContainsKey(fact)) && (_below == uint.MaxValue || Rank(fact) < _below);
    }

    private uint Rank(Fact fact) => _given.Contains(fact) ? 0 : _ranks.Of(fact.Predicate, fact.Pair);

    /// <summary>Finds the facts that may have lost their support.</summary>
    private void Delete(IReadOnlyCollection<Fact> removed)
    {
        // A fact with the ranks of conclusions that it cannot support any more: those above the first, up to the second.
        var queue = new Queue<(Fact Fact, uint Above, uint UpTo)>();
        foreach (var fact in removed)
        {
            var rank = _ranks.Of(fact.Predicate, fact.Pair);
            if (rank > 0 && HasMatch(fact, rank, isDeleting: true))
            {
                // It is inferred too, but what it supported as a given fact may have a lower rank than it has now.
                queue.Enqueue((fact, 0, rank));
                continue;
            }

            _deleted[fact] = 0;
            queue.Enqueue((fact, 0, uint.MaxValue));
        }

        while (queue.TryDequeue(out var lost))
        {
            _conclusions.Clear();
            Conclude(lost.Fact);
            foreach (var conclusion in _conclusions.Distinct().ToList())
            {
                if (_deleted.ContainsKey(conclusion) || _given.Contains(conclusion))
                    continue;
                var own = _ranks.Of(conclusion.Predicate, conclusion.Pair);
                if (own <= lost.Above || own > lost.UpTo || HasMatch(conclusion, own, isDeleting: true))
                    continue;
                _deleted[conclusion] = own;
                queue.Enqueue((conclusion, own, uint.MaxValue));
            }
        }
    }

    /// <summary>Adds facts and, in rounds, what follows from them.</summary>
    private List<Fact> Insert(List<Fact> news)
    {
        var all = new List<Fact>(news);
        for (var round = 0; news.Count > 0; round++)
        {
            Change(news, []);
            if (round > 0)
                _world.CheckLimits(round, news[0]);
            var rank = _ranks.Begin();
            var next = new HashSet<Fact>();
            foreach (var fact in news)
            {
                _conclusions.Clear();
                Conclude(fact);
                foreach (var conclusion in _conclusions)
                    if (!_facts.Contains(conclusion.Subject, conclusion.Predicate, conclusion.Object) && next.Add(conclusion))
                        _ranks.Set(conclusion.Predicate, conclusion.Pair, rank);
            }

            news = [.. next];
            all.AddRange(news);
        }

        return all;
    }

    /// <summary>Collects the conclusions of all matches that a fact takes part in.</summary>
    private void Conclude(Fact fact)
    {
        foreach (var (rule, atom, plan) in _index.Bodies(fact.Predicate))
        {
            var bindings = new uint[rule.Slots];
            if (!TryBind(atom.Subject, fact.Subject, bindings) || !TryBind(atom.Predicate, fact.Predicate, bindings) || !TryBind(atom.Object, fact.Object, bindings))
                continue;
            _firing.Rule = rule;
            _matching.Run(plan, bindings, _firing);
        }
    }

    /// <summary>Whether some rule concludes a fact from facts below a rank.</summary>
    private bool HasMatch(Fact fact, uint below, bool isDeleting)
    {
        _below = below;
        _matching.Filter = isDeleting || below != uint.MaxValue ? this : null;
        try
        {
            foreach (var (rule, head, plan) in _index.Heads(fact.Predicate))
                if (HeadMatch.Find(_matching, _world.Environment, (rule, head, plan), fact) is not null)
                    return true;
            return false;
        }
        finally
        {
            _matching.Filter = null;
            _below = uint.MaxValue;
        }
    }

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
