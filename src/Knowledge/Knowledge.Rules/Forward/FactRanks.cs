using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>In which round each inferred fact was concluded. Its premises were there before, so that following ranks down always ends at given facts.</summary>
/// <remarks>Facts of one round are one sorted array, which the round made anyway; facts of later changes stand in a table. No rank is 0, that of given facts.</remarks>
internal sealed class FactRanks
{
    private const int MaxRuns = 8;

    private readonly Dictionary<uint, List<(ulong[] Pairs, uint[]? Ranks, uint Rank)>> _runs = [];
    private readonly Dictionary<uint, List<(ulong[] Pairs, uint[]? Ranks, uint Rank)>> _upper = [];
    private readonly Dictionary<(uint Predicate, ulong Pair), uint> _changed = [];

    /// <summary>The last round's number.</summary>
    public uint Last { get; private set; }

    /// <summary>Begins a round.</summary>
    public uint Begin() => ++Last;

    /// <summary>Keeps the rank of a round's facts.</summary>
    public void Add(uint predicate, ulong[] pairs, uint rank, uint[]? ranks = null)
    {
        ref var runs = ref CollectionsMarshal.GetValueRefOrAddDefault(IsUpper ? _upper : _runs, predicate, out _);
        (runs ??= []).Add((pairs, ranks, rank));
    }

    /// <summary>Whether rounds that are kept belong to strata that <see cref="ClearUpper"/> forgets.</summary>
    public bool IsUpper { get; set; }

    /// <summary>Forgets the ranks of the upper strata's facts.</summary>
    public void ClearUpper() => _upper.Clear();

    /// <summary>Keeps the rank of one fact.</summary>
    public void Set(uint predicate, ulong pair, uint rank) => _changed[(predicate, pair)] = rank;

    /// <summary>Forgets the rank of a fact that is there no longer: what concludes it again gives it another.</summary>
    public void Forget(uint predicate, ulong pair) => _changed[(predicate, pair)] = 0;

    /// <summary>Moves the counter on, where facts of one round have ranks of their own.</summary>
    public void Reserve(uint ranks) => Last += ranks;

    /// <summary>The rank of a fact; 0 where it has none.</summary>
    public uint Of(uint predicate, ulong pair)
    {
        if (_changed.Count > 0 && _changed.TryGetValue((predicate, pair), out var rank))
            return rank > 0 ? rank : Of(_upper, predicate, pair);
        return Of(_runs, predicate, pair) is > 0 and var lower ? lower : Of(_upper, predicate, pair);
    }

    private static uint Of(Dictionary<uint, List<(ulong[] Pairs, uint[]? Ranks, uint Rank)>> runsOf, uint predicate, ulong pair)
    {
        if (!runsOf.TryGetValue(predicate, out var runs))
            return 0;
        if (runs.Count > MaxRuns)
            Merge(runs);
        foreach (var (pairs, ranks, one) in runs)
        {
            var at = Run.LowerBound(pairs, pair);
            if (at < pairs.Length && pairs[at] == pair)
                return ranks is null ? one : ranks[at];
        }

        return 0;
    }

    private static void Merge(List<(ulong[] Pairs, uint[]? Ranks, uint Rank)> runs)
    {
        var count = runs.Sum(r => r.Pairs.Length);
        var (pairs, ranks) = (new ulong[count], new uint[count]);
        var at = 0;
        foreach (var (words, own, rank) in runs)
        {
            words.CopyTo(pairs, at);
            if (own is null)
                ranks.AsSpan(at, words.Length).Fill(rank);
            else
                own.CopyTo(ranks, at);
            at += words.Length;
        }

        Array.Sort(pairs, ranks);
        runs.Clear();
        runs.Add((pairs, ranks, 0));
    }
}
