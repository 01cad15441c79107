namespace Knowledge.Store;

/// <summary>One rectangle of a quad's history: from when to when it was believed that the quad holds from when to when.</summary>
/// <param name="ValidFrom">First time at which it is so; null where no beginning is known.</param>
/// <param name="ValidTo">First time at which it is not so any more; null where no end is known.</param>
/// <param name="KnownFrom">Time of the transaction since which this is believed; where that was forgotten, the earliest time of which it is known that it was.</param>
/// <param name="KnownTo">Time of the transaction that changed it; null where it is believed still.</param>
public readonly record struct BelievedInterval(DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, DateTimeOffset KnownFrom, DateTimeOffset? KnownTo)
{
    /// <summary>The history of a pair in one predicate, by the time it was known.</summary>
    /// <param name="state">The predicate.</param>
    /// <param name="pair">Subject and object.</param>
    /// <param name="horizon">The earliest time, in UTC ticks, of which it is known what was believed then.</param>
    internal static IReadOnlyList<BelievedInterval> Of(PredicateState state, ulong pair, long horizon)
    {
        List<BelievedInterval> intervals = [];
        var belief = state.Belief(pair);
        long? until = null;
        for (var change = state.Past; change is not null; change = change.Previous)
        {
            if (Before(change, pair) is not { } before)
                continue;
            intervals.InsertRange(0, Of(belief, change.Time, until));
            until = change.Time;
            belief = before;
        }

        intervals.InsertRange(0, Of(belief, horizon, until));
        return intervals;
    }

    private static List<BelievedInterval> Of(ValidTimes belief, long from, long? until)
    {
        var intervals = new List<BelievedInterval>();
        for (var i = 0; i < belief.Bounds.Length; i += 2)
            intervals.Add(new BelievedInterval(Time(belief.Bounds[i]), Time(belief.Bounds[i + 1]), new DateTimeOffset(from, TimeSpan.Zero), until is { } end ? Time(end) : null));
        return intervals;
    }

    private static ValidTimes? Before(Change change, ulong pair)
    {
        if (Array.BinarySearch(change.Born, pair) >= 0)
            return ValidTimes.Never;
        if (Array.BinarySearch(change.Gone, pair) >= 0)
            return ValidTimes.Always;
        foreach (var timed in change.Timed)
            if (timed.Pair == pair)
                return timed.Before;
        return null;
    }

    private static DateTimeOffset? Time(long ticks) => ticks is ValidTimes.Ever or ValidTimes.Forever ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
