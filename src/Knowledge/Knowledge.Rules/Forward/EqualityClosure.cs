using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>What follows from equalities, without joining each fact with each equality of its terms: classes of equal terms, and each fact once for all members of the classes of its terms.</summary>
/// <remarks>
/// <para>Source: equality by classes of terms (Motik, Nenov, Piro, Horrocks, Handling owl:sameAs via Rewriting, AAAI 2015). Deviation: facts are kept for all members and not for representatives
/// alone, so that answers, proofs, changes and counts are those of the rules themselves.</para>
/// <para>In a class of k terms the rules would conclude each equality k times and each fact of two such terms 2k times; here each is made once.
/// Ranks follow a proof by the rules: first the equalities of a class, by way of one member; a round later a fact with its subject or object replaced, then with both, then with its predicate.</para>
/// </remarks>
/// <param name="world">Facts and limits.</param>
/// <param name="rules">The rules whose conclusions are made here.</param>
/// <param name="pending">Where they go.</param>
internal sealed class EqualityClosure(RuleWorld world, EqualityRules rules, PendingFacts pending)
{
    /// <summary>A column is looked through from end to end where more than one in so many of its facts would be looked up.</summary>
    private const int LookupShare = 16;

    private readonly FactColumns _facts = world.Facts;
    private readonly EquivalenceClasses _classes = new();
    private readonly HashSet<uint> _waiting = []; // classes that grew, whose equalities are not all there yet
    private readonly Dictionary<(uint Predicate, uint Distance), List<ulong>> _conclusions = [];
    private readonly Dictionary<uint, ulong[]> _own = []; // what was concluded here in the last round, sorted, by predicate
    private long _count;
    private bool _isStarted;

    /// <summary>Concludes what follows in one round.</summary>
    /// <param name="news">What the last round added to the facts; null at first.</param>
    public void Run(FactColumns? news)
    {
        if (rules.Axiom is { } axiom && !_facts.Contains(axiom.Subject, axiom.Predicate, axiom.Object))
            return; // a rule without a body concludes it, in a round before the next one
        var seen = _isStarted ? news : null;
        _isStarted = true;
        Join((seen ?? _facts).Find(rules.Predicate));
        if (_classes.IsEmpty)
            return;
        pending.Running = (rules.Substitution, []);
        HashSet<uint> complete = [.. _waiting.Where(IsComplete)];
        _waiting.ExceptWith(complete);
        foreach (var representative in _waiting)
            Complete(representative);
        if (seen is not null)
            CopyNew(seen, complete);
        if (complete.Count > 0 && world.Options.Fault != EngineFault.OverlooksJoinedClasses)
            CopyAll(complete);
        Flush();
    }

    private void Join(Relation? equalities)
    {
        for (var at = 0; at < (equalities?.BySubject.Count ?? 0);)
        {
            var span = equalities!.BySubject.From(at);
            at += span.Length;
            foreach (var pair in span)
            {
                if (_classes.Join((uint)(pair >> 32), (uint)pair) is not { } joined)
                    continue;
                _waiting.Remove(joined.Gone);
                _waiting.Add(joined.Kept);
            }
        }
    }

    /// <summary>Whether all equalities of a class are facts.</summary>
    private bool IsComplete(uint representative)
    {
        var members = _classes.Members(in representative);
        var equalities = _facts.Of(rules.Predicate).BySubject;
        foreach (var member in members)
            if (equalities.CountOf(new TermId(member)) != members.Length)
                return false;
        return true;
    }

    /// <summary>Adds all equalities of a class: first those of a tree of known ones, both ways; along it those with its root; then all others, by way of the root.</summary>
    private void Complete(uint root)
    {
        var (members, parents, depths) = Tree(root);
        Check((long)members.Count * members.Count, root, members[^1]);
        var most = depths[members[^1]] + 1;
        for (var i = 1; i < members.Count; i++)
        {
            AddBothWays(members[i], parents[i], 1);
            AddBothWays(members[i], root, depths[members[i]]);
        }

        var others = Conclusions(rules.Predicate, most);
        foreach (var subject in members)
            foreach (var @object in members)
                if ((subject != root) == (@object != root))
                    others.Add(FactColumns.Pair(subject, @object));

        void AddBothWays(uint a, uint b, uint distance)
        {
            var conclusions = Conclusions(rules.Predicate, distance);
            conclusions.Add(FactColumns.Pair(a, b));
            conclusions.Add(FactColumns.Pair(b, a));
        }
    }

    /// <summary>The members of a class in the order in which known equalities lead to them, what led to each, and in how many steps.</summary>
    private (List<uint> Members, List<uint> Parents, Dictionary<uint, uint> Depths) Tree(uint root)
    {
        var equalities = _facts.Of(rules.Predicate);
        var depths = new Dictionary<uint, uint> { [root] = 0 };
        var (members, parents) = (new List<uint> { root }, new List<uint> { root });
        var count = _classes.Members(in root).Length;
        for (var i = 0; members.Count < count; i++)
        {
            foreach (var column in new[] { equalities.BySubject, equalities.ByObject })
            {
                foreach (var pair in column.Memory(new TermId(members[i])).Span)
                {
                    if (!depths.TryAdd((uint)pair, depths[members[i]] + 1))
                        continue;
                    members.Add((uint)pair);
                    parents.Add(members[i]);
                }
            }
        }

        return (members, parents, depths);
    }

    /// <summary>Copies a round's facts, but those of classes that have just become complete: they are copied with all others.</summary>
    private void CopyNew(FactColumns news, HashSet<uint> complete)
    {
        foreach (var (predicate, relation) in news.Relations)
        {
            var isWhole = IsPredicateShared(predicate);
            if (predicate == rules.Predicate && !isWhole)
                continue; // equalities are complete as they are
            if (isWhole && (IsWaiting(_classes.Of(predicate)) || complete.Contains(_classes.Of(predicate))))
                continue;
            var blocks = new Dictionary<ulong, ulong>();
            var own = _own.GetValueOrDefault(predicate, []).AsSpan();
            foreach (var pair in relation.BySubject.ToArray())
            {
                while (own.Length > 0 && own[0] < pair)
                    own = own[1..];
                if (own.Length > 0 && own[0] == pair)
                    continue; // the rest of its block was made with it
                var (subject, @object) = ((uint)(pair >> 32), (uint)pair);
                if ((isWhole || _classes.IsShared(subject) || _classes.IsShared(@object)) && !IsOf(complete, subject) && !IsOf(complete, @object))
                    Add(blocks, pair);
            }

            Copy(predicate, blocks);
        }
    }

    /// <summary>Copies all facts of classes that have just become complete.</summary>
    private void CopyAll(HashSet<uint> complete)
    {
        var members = complete.SelectMany(c => _classes.Members(in c).ToArray()).ToList();
        foreach (var (predicate, relation) in _facts.Relations)
        {
            var isShared = IsPredicateShared(predicate);
            if ((predicate == rules.Predicate && !isShared) || (isShared && IsWaiting(_classes.Of(predicate))))
                continue;
            var blocks = new Dictionary<ulong, ulong>();
            var isWhole = isShared && complete.Contains(_classes.Of(predicate));
            if (!isWhole && members.Count < relation.BySubject.Count / LookupShare)
                Find(relation, members, blocks);
            else
                Scan(relation, isWhole, complete, blocks);
            Copy(predicate, blocks);
        }
    }

    /// <summary>Finds facts of a column with a member of a class that has just become complete, by looking each member up.</summary>
    private void Find(Relation relation, List<uint> members, Dictionary<ulong, ulong> blocks)
    {
        foreach (var member in members)
        {
            foreach (var pair in relation.BySubject.Memory(new TermId(member)).Span)
                Add(blocks, pair);
            foreach (var turned in relation.ByObject.Memory(new TermId(member)).Span)
                Add(blocks, (turned << 32) | (turned >> 32));
        }
    }

    /// <summary>Finds the same by going through the column, or takes all of it where its predicate is such a member.</summary>
    private void Scan(Relation relation, bool isWhole, HashSet<uint> complete, Dictionary<ulong, ulong> blocks)
    {
        for (var at = 0; at < relation.BySubject.Count;)
        {
            var span = relation.BySubject.From(at);
            at += span.Length;
            foreach (var pair in span)
                if (isWhole || IsOf(complete, (uint)(pair >> 32)) || IsOf(complete, (uint)pair))
                    Add(blocks, pair);
        }
    }

    /// <summary>Keeps one fact of each block: the facts of one predicate with members of the same two classes.</summary>
    private void Add(Dictionary<ulong, ulong> blocks, ulong pair)
    {
        var (s, o) = (_classes.Of((uint)(pair >> 32)), _classes.Of((uint)pair));
        // Classes whose equalities are not all there yet are copied when they are.
        if (!IsWaiting(s) && !IsWaiting(o))
            blocks.TryAdd(FactColumns.Pair(s, o), pair);
    }

    /// <summary>Adds all facts of some blocks, from the one that is known.</summary>
    private void Copy(uint predicate, Dictionary<ulong, ulong> blocks)
    {
        if (blocks.Count == 0)
            return;
        var representative = IsPredicateShared(predicate) ? _classes.Of(predicate) : predicate;
        uint[] others = IsPredicateShared(predicate) ? [.. _classes.Members(in representative).ToArray().Where(p => p != predicate)] : [];
        var (near, far) = (Conclusions(predicate, 1), Conclusions(predicate, 2));
        foreach (var (key, known) in blocks)
        {
            var (s, o) = ((uint)(key >> 32), (uint)key);
            var subjects = _classes.Members(in s);
            var objects = _classes.Members(in o);
            Check((long)subjects.Length * objects.Length * (others.Length + 1), subjects.Length > 1 ? subjects[0] : objects[0], subjects.Length > 1 ? subjects[^1] : objects[^1]);
            foreach (var subject in subjects)
            {
                var isKnown = subject == (uint)(known >> 32);
                foreach (var @object in objects)
                    (isKnown || @object == (uint)known ? near : far).Add(FactColumns.Pair(subject, @object));
            }

            foreach (var other in others)
            {
                Conclusions(other, 1).Add(known);
                var copies = Conclusions(other, 3);
                foreach (var subject in subjects)
                    foreach (var @object in objects)
                        copies.Add(FactColumns.Pair(subject, @object));
            }
        }
    }

    private List<ulong> Conclusions(uint predicate, uint distance)
    {
        ref var pairs = ref CollectionsMarshal.GetValueRefOrAddDefault(_conclusions, (predicate, distance), out _);
        return pairs ??= [];
    }

    private void Check(long count, uint term, uint other)
    {
        _count += count;
        if (_count > world.Options.MaxInferred + _facts.Count)
            throw world.Limit(nameof(ForwardOptions.MaxInferred), world.Options.MaxInferred, "Rules infer too many facts", rules.Substitution, rules.Bindings(term, other));
    }

    /// <summary>Gives the conclusions away, and keeps what they are: nothing more follows from them.</summary>
    private void Flush()
    {
        _own.Clear();
        foreach (var group in _conclusions.Where(c => c.Value.Count > 0).GroupBy(c => c.Key.Predicate))
        {
            var ranked = RankedPairs.Merged([.. group.Select(c => new RankedPairs(Sorted(c.Value), null, c.Key.Distance))]);
            pending.AddRanked(group.Key, ranked);
            _own[group.Key] = ranked.Pairs;
        }

        _conclusions.Clear();
        _count = 0;
    }

    private static ulong[] Sorted(List<ulong> pairs)
    {
        var words = pairs.ToArray();
        words = RadixSort.Sort(words, words.Length <= RadixSort.SmallLength ? [] : GC.AllocateUninitializedArray<ulong>(words.Length), words.Length);
        var distinct = RadixSort.Distinct(words.AsSpan(0, pairs.Count));
        return distinct == words.Length ? words : words.AsSpan(0, distinct).ToArray();
    }

    private bool IsWaiting(uint representative) => _waiting.Contains(representative);

    private bool IsOf(HashSet<uint> classes, uint id) => _classes.IsShared(id) && classes.Contains(_classes.Of(id));

    private bool IsPredicateShared(uint predicate) => rules.HasPredicates && _classes.IsShared(predicate);
}
