namespace Knowledge.Rules;

/// <summary>Facts of one predicate and round, of which some hang on others: how many steps each is away from what was known before.</summary>
/// <param name="Pairs">Sorted, distinct.</param>
/// <param name="Distances">One for each; null where all have the same.</param>
/// <param name="One">That one, at least 1.</param>
internal readonly record struct RankedPairs(ulong[] Pairs, uint[]? Distances, uint One)
{
    /// <summary>The greatest distance.</summary>
    public uint Most => Distances is null ? One : Distances.DefaultIfEmpty().Max();

    /// <summary>One list of several: of what stands in more than one the shortest distance counts.</summary>
    public static RankedPairs Merged(IReadOnlyList<RankedPairs> lists)
    {
        if (lists.Count == 1)
            return lists[0];
        var pairs = lists.OrderBy(l => l.Pairs.Length).Select(l => l.Pairs).Aggregate((all, next) => RadixSort.Union(all, next));
        return new RankedPairs(pairs, Ranks(pairs, 1, lists), 0);
    }

    /// <summary>Ranks of a round's facts: that of the round, and more for facts that are farther away.</summary>
    /// <param name="pairs">Sorted; what is in none of the lists has the round's rank.</param>
    /// <param name="rank">The round's.</param>
    /// <param name="lists">Of what stands in several the shortest distance counts.</param>
    public static uint[] Ranks(ulong[] pairs, uint rank, IReadOnlyList<RankedPairs> lists)
    {
        var distances = new uint[pairs.Length];
        foreach (var list in lists)
            list.Lower(pairs, distances);
        for (var i = 0; i < distances.Length; i++)
            distances[i] = distances[i] == 0 ? rank : rank + distances[i] - 1;
        return distances;
    }

    private void Lower(ulong[] pairs, uint[] distances)
    {
        // A short list is looked up, so that many of them do not cost as many passes.
        var at = 0;
        for (var i = 0; i < Pairs.Length; i++)
        {
            if (Pairs.Length < pairs.Length / 16)
                at = Run.LowerBound(pairs, Pairs[i]);
            else
                while (at < pairs.Length && pairs[at] < Pairs[i])
                    at++;
            if (at == pairs.Length)
                return;
            var distance = Distances is null ? One : Distances[i];
            if (pairs[at] == Pairs[i] && (distances[at] == 0 || distance < distances[at]))
                distances[at] = distance;
        }
    }
}
