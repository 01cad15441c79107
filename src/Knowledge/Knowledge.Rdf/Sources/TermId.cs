namespace Knowledge.Rdf;

/// <summary>A term as a number within one source.</summary>
/// <remarks>
/// Ids up to <see cref="MaxDense"/> are numbers of dictionary entries; above it the source may keep small values in the id itself. Ids are never reused and mean the same in every
/// snapshot of their source. <see cref="None"/> is no term: a wildcard in patterns, the default graph in graph positions. Order among ids says nothing about terms.
/// </remarks>
/// <param name="Value">The number.</param>
public readonly record struct TermId(uint Value) : IComparable<TermId>
{
    /// <summary>The largest id of a dictionary entry: a source has at most 2,147,483,647 distinct terms that are not kept in the id.</summary>
    public const uint MaxDense = int.MaxValue;

    /// <summary>No term.</summary>
    public static TermId None => default;

    /// <summary>Whether this is no term.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc/>
    public int CompareTo(TermId other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(TermId left, TermId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(TermId left, TermId right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> does not sort after <paramref name="right"/>.</summary>
    public static bool operator <=(TermId left, TermId right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> does not sort before <paramref name="right"/>.</summary>
    public static bool operator >=(TermId left, TermId right) => left.Value >= right.Value;
}

/// <summary>A quad as the numbers of its terms in one source.</summary>
/// <param name="Subject">Id of the subject.</param>
/// <param name="Predicate">Id of the predicate.</param>
/// <param name="Object">Id of the object.</param>
/// <param name="Graph">Id of the graph; <see cref="TermId.None"/> for the default graph.</param>
public readonly record struct QuadIds(TermId Subject, TermId Predicate, TermId Object, TermId Graph);

/// <summary>Two ids in one 64-bit word, the first in the upper half, so that words sort by the first and then by the second.</summary>
public static class PackedPair
{
    /// <summary>Packs two ids.</summary>
    public static ulong Of(TermId first, TermId second) => ((ulong)first.Value << 32) | second.Value;

    /// <summary>The id in the upper half.</summary>
    public static TermId First(ulong pair) => new((uint)(pair >> 32));

    /// <summary>The id in the lower half.</summary>
    public static TermId Second(ulong pair) => new((uint)pair);
}
