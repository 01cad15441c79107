namespace Knowledge.Store;

/// <summary>What one transaction changed in one predicate of one graph: the side column from which earlier beliefs are had. The newest comes first.</summary>
/// <param name="Version">The version that the transaction made.</param>
/// <param name="Time">When it committed, in UTC ticks.</param>
/// <param name="Born">Pairs that were never so before, and always after; sorted.</param>
/// <param name="Gone">Pairs that were always so before, and never after; sorted.</param>
/// <param name="Timed">All other changes, by pair.</param>
/// <param name="Previous">The change before it, or null.</param>
internal sealed record Change(long Version, long Time, ulong[] Born, ulong[] Gone, TimedChange[] Timed, Change? Previous)
{
    /// <summary>The changes without what they say of some pairs; those of which nothing is left are left out.</summary>
    /// <param name="newest">The newest change, or null.</param>
    /// <param name="pairs">Sorted.</param>
    public static Change? Without(Change? newest, ulong[] pairs)
    {
        var kept = new Stack<Change>();
        for (; newest is not null; newest = newest.Previous)
            kept.Push(newest);
        Change? without = null;
        while (kept.TryPop(out var change))
        {
            var born = Array.FindAll(change.Born, IsKept);
            var gone = Array.FindAll(change.Gone, IsKept);
            var timed = Array.FindAll(change.Timed, t => IsKept(t.Pair));
            if (born.Length + gone.Length + timed.Length > 0)
                without = change with { Born = born.Length == change.Born.Length ? change.Born : born, Gone = gone, Timed = timed, Previous = without };
        }

        return without;

        bool IsKept(ulong pair) => Array.BinarySearch(pairs, pair) < 0;
    }

    /// <summary>The changes at or after a time.</summary>
    /// <param name="newest">The newest change, or null.</param>
    /// <param name="ticks">The time, in UTC ticks.</param>
    public static Change? Since(Change? newest, long ticks)
    {
        var kept = new Stack<Change>();
        for (; newest is not null && newest.Time >= ticks; newest = newest.Previous)
            kept.Push(newest);
        Change? since = null;
        while (kept.TryPop(out var change))
            since = change with { Previous = since };
        return since;
    }
}

/// <summary>A change in which times take part.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Before">When it was believed to be so before.</param>
/// <param name="After">And after.</param>
internal readonly record struct TimedChange(ulong Pair, ValidTimes Before, ValidTimes After);
