namespace Knowledge.Rdf;

/// <content>Changed sets.</content>
internal sealed partial class PairColumn
{
    private const int Window = 512;
    private const int MaxOwned = 2 * Window;

    /// <summary>This set with pairs added and others taken out.</summary>
    /// <param name="added">Sorted, distinct, none of them in this set.</param>
    /// <param name="removed">Sorted, distinct, all of them in this set.</param>
    public PairColumn With(ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed)
    {
        if (added.IsEmpty && removed.IsEmpty)
            return this;
        var changes = (long)added.Length + removed.Length;
        if (changes * 16 > Count)
            return Merged(added, removed);

        var slices = new List<Slice>(_slices.Length + 4);
        var a = added;
        var r = removed;
        for (var i = 0; i < _slices.Length; i++)
        {
            var end = i + 1 < _slices.Length ? _firsts[i + 1] : ulong.MaxValue;
            var isLast = i + 1 == _slices.Length;
            var aHere = isLast ? a : a[..Run.LowerBound(a, end)];
            var rHere = isLast ? r : r[..Run.LowerBound(r, end)];
            a = a[aHere.Length..];
            r = r[rHere.Length..];
            Change(slices, _slices[i], aHere, rHere);
        }

        if (slices.Count > (Count / Window) + 64)
            return Merged(added, removed);
        var distinct = Distinct;
        var changed = new PairColumn([.. slices], 0);
        return new PairColumn(changed, distinct + DistinctGrowth(changed, added, removed));
    }

    private PairColumn(PairColumn same, int distinct)
    {
        _slices = same._slices;
        _starts = same._starts;
        _firsts = same._firsts;
        Distinct = distinct;
    }

    /// <summary>One slice with its changes: kept where nothing changes, else only the windows around the changes are copied.</summary>
    private static void Change(List<Slice> slices, Slice slice, ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed)
    {
        if (added.IsEmpty && removed.IsEmpty)
        {
            slices.Add(slice);
            return;
        }

        var span = slice.Span;
        var at = 0;
        while (!added.IsEmpty || !removed.IsEmpty)
        {
            var next = Math.Min(added.IsEmpty ? ulong.MaxValue : added[0], removed.IsEmpty ? ulong.MaxValue : removed[0]);
            var place = Math.Max(at, slice.LowerBound(next));
            var from = span.Length <= MaxOwned ? at : Math.Max(at, Math.Min(place, span.Length - 1) / Window * Window);
            var to = span.Length <= MaxOwned ? span.Length : Math.Min(span.Length, from + Window);
            if (from > at)
                slices.Add(new Slice(slice.Run, slice.Offset + at, from - at));
            var aHere = to == span.Length ? added : added[..Run.LowerBound(added, span[to])];
            var rHere = to == span.Length ? removed : removed[..Run.LowerBound(removed, span[to])];
            added = added[aHere.Length..];
            removed = removed[rHere.Length..];
            Own(slices, span[from..to], aHere, rHere);
            at = to;
        }

        if (at < span.Length)
            slices.Add(new Slice(slice.Run, slice.Offset + at, span.Length - at));
    }

    /// <summary>Copies a window with its changes into arrays of its own, none of them longer than <see cref="MaxOwned"/>.</summary>
    private static void Own(List<Slice> slices, ReadOnlySpan<ulong> window, ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed)
    {
        var merged = new ulong[window.Length + added.Length - removed.Length];
        Merge(window, added, removed, merged);
        var pieces = Math.Max(1, (merged.Length + MaxOwned - 1) / MaxOwned);
        var length = (merged.Length + pieces - 1) / pieces;
        for (var at = 0; at < merged.Length; at += length)
            slices.Add(pieces == 1 ? new Slice(new Run(merged), 0, merged.Length) : Copy(merged.AsSpan(at, Math.Min(length, merged.Length - at))));
    }

    private static Slice Copy(ReadOnlySpan<ulong> words) => new(new Run(words.ToArray()), 0, words.Length);

    private PairColumn Merged(ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed)
    {
        var count = (long)Count + added.Length - removed.Length;
        if (count > MaxPairs)
            throw new ColumnLimitException($"One predicate of one graph would have {count} pairs; the limit of a column is {MaxPairs}.");
        var words = GC.AllocateUninitializedArray<ulong>((int)count);
        Merge(ToArray(), added, removed, words);
        return FromSorted(words);
    }

    private static void Merge(ReadOnlySpan<ulong> old, ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed, Span<ulong> result)
    {
        int a = 0, r = 0, to = 0;
        foreach (var word in old)
        {
            while (a < added.Length && added[a] < word)
                result[to++] = added[a++];
            if (r < removed.Length && removed[r] == word)
                r++;
            else
                result[to++] = word;
        }

        added[a..].CopyTo(result[to..]);
    }

    /// <summary>How many more distinct upper halves the changed set has.</summary>
    private int DistinctGrowth(PairColumn changed, ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed)
    {
        var growth = 0;
        int a = 0, r = 0;
        while (a < added.Length || r < removed.Length)
        {
            var first = Math.Min(a < added.Length ? added[a] >> 32 : uint.MaxValue, r < removed.Length ? removed[r] >> 32 : uint.MaxValue);
            while (a < added.Length && added[a] >> 32 == first)
                a++;
            while (r < removed.Length && removed[r] >> 32 == first)
                r++;
            growth += (changed.HasFirst(first) ? 1 : 0) - (HasFirst(first) ? 1 : 0);
        }

        return growth;
    }

    private bool HasFirst(ulong first)
    {
        var at = IndexOf(first << 32);
        return at < Count && WordAt(at) >> 32 == first;
    }

    private ulong WordAt(int position)
    {
        var slice = SliceAt(position);
        return _slices[slice].Span[position - _starts[slice]];
    }
}
