namespace Knowledge.Memory;

/// <summary>A set of times: disjoint half-open intervals of UTC ticks, ascending. Unchanging.</summary>
internal sealed class TimeSet
{
    public const long Ever = long.MinValue;
    public const long Forever = long.MaxValue;

    public static readonly TimeSet Empty = new([]);

    private readonly (long From, long To)[] _intervals;

    private TimeSet((long From, long To)[] intervals) => _intervals = intervals;

    public bool IsEmpty => _intervals.Length == 0;

    public ReadOnlySpan<(long From, long To)> Intervals => _intervals;

    /// <summary>One interval; empty where it does not ascend.</summary>
    public static TimeSet Of(long from, long to) => from < to ? new TimeSet([(from, to)]) : Empty;

    public bool Contains(long ticks)
    {
        foreach (var (from, to) in _intervals)
            if (ticks >= from && (ticks < to || to == Forever))
                return true;
        return false;
    }

    public TimeSet Union(TimeSet other)
    {
        if (IsEmpty)
            return other;
        if (other.IsEmpty)
            return this;
        var merged = new List<(long From, long To)>();
        foreach (var next in _intervals.Concat(other._intervals).OrderBy(i => i.From))
        {
            if (merged.Count > 0 && merged[^1].To >= next.From)
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, next.To));
            else
                merged.Add(next);
        }

        return new TimeSet([.. merged]);
    }

    public TimeSet Without(TimeSet other)
    {
        var left = _intervals.ToList();
        foreach (var (from, to) in other._intervals)
        {
            var next = new List<(long From, long To)>();
            foreach (var (f, t) in left)
            {
                if (f < Math.Min(t, from))
                    next.Add((f, Math.Min(t, from)));
                if (Math.Max(f, to) < t)
                    next.Add((Math.Max(f, to), t));
            }

            left = next;
        }

        return left.Count == 0 ? Empty : new TimeSet([.. left]);
    }

    public TimeSet Intersect(TimeSet other) => Without(Without(other));

    public static long Ticks(DateTimeOffset? time, long otherwise) => time?.UtcTicks ?? otherwise;

    public static DateTimeOffset? Time(long ticks) => ticks is Ever or Forever ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
