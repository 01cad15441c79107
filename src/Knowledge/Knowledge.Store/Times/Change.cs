namespace Knowledge.Store;

/// <summary>What one transaction changed in one predicate of one graph: the side column from which earlier beliefs are had. The newest comes first.</summary>
/// <param name="Version">The version that the transaction made.</param>
/// <param name="Time">When it committed, in UTC ticks.</param>
/// <param name="Born">Pairs that were never so before, and always after; sorted.</param>
/// <param name="Gone">Pairs that were always so before, and never after; sorted.</param>
/// <param name="Timed">All other changes, by pair.</param>
/// <param name="Previous">The change before it, or null.</param>
internal sealed record Change(long Version, long Time, ulong[] Born, ulong[] Gone, TimedChange[] Timed, Change? Previous);

/// <summary>A change in which times take part.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Before">When it was believed to be so before.</param>
/// <param name="After">And after.</param>
internal readonly record struct TimedChange(ulong Pair, ValidTimes Before, ValidTimes After);
