using System.Collections.Immutable;

namespace Knowledge.Store;

/// <summary>One predicate of one graph. Unchanging.</summary>
/// <param name="BySubject">What holds at the state's moment, in pairs of subject and object.</param>
/// <param name="ByObject">The same in pairs of object and subject.</param>
/// <param name="Timed">Pairs (subject, object) that are believed at some times and not at all; null where there are none. Others hold always if they are in the columns.</param>
/// <param name="Past">What transactions changed, the newest first.</param>
internal sealed record PredicateState(PairColumn BySubject, PairColumn ByObject, ImmutableSortedDictionary<ulong, ValidTimes>? Timed, Change? Past)
{
    /// <summary>Nothing, now or ever.</summary>
    public static readonly PredicateState Empty = new(PairColumn.Empty, PairColumn.Empty, null, null);

    /// <summary>When a pair is believed to be so.</summary>
    /// <param name="pair">Subject and object.</param>
    public ValidTimes Belief(ulong pair)
    {
        if (Timed is not null && Timed.TryGetValue(pair, out var times))
            return times;
        return BySubject.Contains(pair) ? ValidTimes.Always : ValidTimes.Never;
    }

    /// <summary>This, which has no pairs, with some.</summary>
    /// <param name="pairs">Subject and object; sorted, distinct, kept.</param>
    /// <param name="scratch">At least as long, or null.</param>
    public PredicateState Filled(ulong[] pairs, ulong[]? scratch)
    {
        var turned = RadixSort.Turned(pairs, scratch);
        return this with { BySubject = PairColumn.FromSorted(pairs), ByObject = PairColumn.FromSorted(turned) };
    }

    /// <summary>The column of an order.</summary>
    public PairColumn Column(PairOrder order) => order == PairOrder.SubjectObject ? BySubject : ByObject;

    /// <summary>This with other columns.</summary>
    /// <param name="added">Pairs (subject, object) that hold now and did not, sorted.</param>
    /// <param name="removed">Pairs that held and do not now, sorted.</param>
    public PredicateState WithPairs(ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed) => added.IsEmpty && removed.IsEmpty ? this : this with
    {
        BySubject = BySubject.With(added, removed),
        ByObject = ByObject.With(RadixSort.Turned(added, null), RadixSort.Turned(removed, null)),
    };
}
