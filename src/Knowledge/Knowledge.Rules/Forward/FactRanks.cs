using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>In which round each inferred fact was concluded. Its premises were there before, so that following ranks down always ends at given facts.</summary>
/// <remarks>
/// Facts of one round are one sorted array, which the round made anyway; facts of later changes stand in a small table until that is made into sorted arrays too. Of two ranks of a fact the
/// newer counts; 0 is that of a fact which went, and of given facts.
/// </remarks>
internal sealed class FactRanks
{
    /// <summary>Facts of later changes that stand in a table; so much is copied for a fork.</summary>
    public const int MaxChanged = 1024;

    private const int MaxRuns = 8;

    private readonly Dictionary<uint, List<RankedRun>> _runs;
    private readonly Dictionary<uint, List<RankedRun>> _upper;
    private readonly Dictionary<(uint Predicate, ulong Pair), uint> _changed;

    /// <summary>No ranks yet.</summary>
    /// <param name="isKept">Whether any are kept; without them neither proofs nor exact changes are possible.</param>
    public FactRanks(bool isKept)
    {
        IsKept = isKept;
        (_runs, _upper, _changed) = ([], [], []);
    }

    private FactRanks(FactRanks other)
    {
        (IsKept, Last) = (true, other.Last);
        _runs = other._runs.ToDictionary(r => r.Key, r => new List<RankedRun>(r.Value));
        _upper = other._upper.ToDictionary(r => r.Key, r => new List<RankedRun>(r.Value));
        _changed = new(other._changed);
    }

    /// <summary>Whether ranks are kept.</summary>
    public bool IsKept { get; }

    /// <summary>The last round's number.</summary>
    public uint Last { get; private set; }

    /// <summary>Begins a round.</summary>
    public uint Begin() => ++Last;

    /// <summary>The same ranks, which go on apart from these.</summary>
    /// <remarks>Cost: the predicates, and at most <see cref="MaxChanged"/> facts.</remarks>
    public FactRanks Fork() => new(this);

    /// <summary>Keeps the rank of a round's facts.</summary>
    public void Add(uint predicate, ulong[] pairs, uint rank, uint[]? ranks = null)
    {
        if (!IsKept)
            return;
        ref var runs = ref CollectionsMarshal.GetValueRefOrAddDefault(IsUpper ? _upper : _runs, predicate, out _);
        (runs ??= []).Add(new RankedRun(pairs, ranks, rank));
    }

    /// <summary>Whether rounds that are kept belong to strata that <see cref="ClearUpper"/> forgets.</summary>
    public bool IsUpper { get; set; }

    /// <summary>Forgets the ranks of the upper strata's facts.</summary>
    public void ClearUpper() => _upper.Clear();

    /// <summary>Keeps the rank of one fact.</summary>
    public void Set(uint predicate, ulong pair, uint rank)
    {
        if (!IsKept)
            return;
        _changed[(predicate, pair)] = rank;
        if (_changed.Count >= MaxChanged)
            Flush();
    }

    /// <summary>Forgets the rank of a fact that is there no longer: what concludes it again gives it another.</summary>
    public void Forget(uint predicate, ulong pair) => Set(predicate, pair, 0);

    /// <summary>Moves the counter on, where facts of one round have ranks of their own.</summary>
    public void Reserve(uint ranks) => Last += ranks;

    /// <summary>The rank of a fact; 0 where it has none.</summary>
    public uint Of(uint predicate, ulong pair)
    {
        if (_changed.Count > 0 && _changed.TryGetValue((predicate, pair), out var rank))
            return rank > 0 ? rank : Of(_upper, predicate, pair);
        return Of(_runs, predicate, pair) is > 0 and var lower ? lower : Of(_upper, predicate, pair);
    }

    private static uint Of(Dictionary<uint, List<RankedRun>> runsOf, uint predicate, ulong pair)
    {
        if (!runsOf.TryGetValue(predicate, out var runs))
            return 0;
        if (runs.Count > MaxRuns)
            Merge(runs, 0);
        for (var i = runs.Count - 1; i >= 0; i--)
            if (runs[i].TryFind(pair, out var found))
                return found;
        return 0;
    }

    /// <summary>Makes sorted arrays of the table.</summary>
    private void Flush()
    {
        foreach (var group in _changed.GroupBy(c => c.Key.Predicate))
        {
            ulong[] pairs = [.. group.Select(c => c.Key.Pair)];
            uint[] ranks = [.. group.Select(c => c.Value)];
            Array.Sort(pairs, ranks);
            Add(group.Key, pairs, 0, ranks);
            // Each merge at least doubles a run, so that a rank is copied a logarithm of times.
            var runs = _runs[group.Key];
            while (runs.Count > 1 && runs[^2].Pairs.Length < 2 * runs[^1].Pairs.Length)
                Merge(runs, runs.Count - 2);
        }

        _changed.Clear();
    }

    /// <summary>Makes one run of those from a place on.</summary>
    private static void Merge(List<RankedRun> runs, int from)
    {
        var all = CollectionsMarshal.AsSpan(runs)[from..];
        var count = 0;
        foreach (var run in all)
            count += run.Pairs.Length;
        var (pairs, places, ranks) = (new ulong[count], new int[count], new uint[count]);
        var at = 0;
        foreach (var run in all)
        {
            run.Pairs.CopyTo(pairs, at);
            for (var i = 0; i < run.Pairs.Length; i++, at++)
                (places[at], ranks[at]) = (at, run.Rank(i));
        }

        Array.Sort(pairs, places);
        var kept = 0;
        for (var i = 0; i < count; kept++)
        {
            var (pair, newest) = (pairs[i], places[i]);
            for (i++; i < count && pairs[i] == pair; i++)
                newest = Math.Max(newest, places[i]);
            (pairs[kept], places[kept]) = (pair, newest);
        }

        var merged = new RankedRun(pairs[..kept], Array.ConvertAll(places[..kept], p => ranks[p]), 0);
        runs.RemoveRange(from, runs.Count - from);
        runs.Add(merged);
    }

    /// <summary>Sorted pairs with their ranks, or with one rank.</summary>
    private readonly record struct RankedRun(ulong[] Pairs, uint[]? Ranks, uint One)
    {
        public uint Rank(int place) => Ranks is null ? One : Ranks[place];

        public bool TryFind(ulong pair, out uint rank)
        {
            var at = Run.LowerBound(Pairs, pair);
            var isFound = at < Pairs.Length && Pairs[at] == pair;
            rank = isFound ? Rank(at) : 0;
            return isFound;
        }
    }
}
