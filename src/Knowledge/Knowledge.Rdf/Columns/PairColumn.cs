namespace Knowledge.Rdf;

/// <summary>An unchanging sorted set of packed pairs: slices of sorted arrays, in order. Changed sets share what did not change.</summary>
/// <remarks>
/// A set that was loaded is one slice of one array. A change copies the few hundred words around it and the list of slices, never the set, so that snapshots and what-if branches cost nothing
/// and nothing is merged while reading. Counts of all pairs and of distinct upper halves are exact.
/// </remarks>
internal sealed partial class PairColumn
{
    /// <summary>The set without pairs.</summary>
    public static readonly PairColumn Empty = new([], 0);

    /// <summary>The most pairs that one set holds.</summary>
    public const int MaxPairs = int.MaxValue / 2;

    private readonly Slice[] _slices;
    private readonly int[] _starts;
    private readonly ulong[] _firsts;

    private PairColumn(Slice[] slices, int distinct)
    {
        _slices = slices;
        _starts = new int[slices.Length + 1];
        _firsts = new ulong[slices.Length];
        long count = 0;
        for (var i = 0; i < slices.Length; i++)
        {
            _starts[i] = (int)count;
            _firsts[i] = slices[i].Run.Words[slices[i].Offset];
            count += slices[i].Length;
            if (count > MaxPairs)
                throw new ColumnLimitException($"One predicate of one graph has more than {MaxPairs} pairs, the limit of a column.");
        }

        _starts[^1] = (int)count;
        Distinct = distinct;
    }

    /// <summary>Part of a run.</summary>
    internal readonly record struct Slice(Run Run, int Offset, int Length)
    {
        public ReadOnlySpan<ulong> Span => Run.Part(Offset, Length);

        public int LowerBound(ulong pair) => Run.LowerBound(pair, Offset, Length);

        public bool IsWhole => Length == Run.Words.Length;
    }

    /// <summary>Number of pairs.</summary>
    public int Count => _starts[^1];

    /// <summary>Number of distinct upper halves.</summary>
    public int Distinct { get; }

    /// <summary>Number of slices.</summary>
    public int SliceCount => _slices.Length;

    /// <summary>A set of sorted, distinct words.</summary>
    /// <param name="words">Not written to any more.</param>
    public static PairColumn FromSorted(ulong[] words) => words.Length == 0 ? Empty : new PairColumn([new Slice(new Run(words), 0, words.Length)], DistinctFirsts(words));

    /// <summary>A set of sorted, distinct words of which the number of distinct upper halves is known.</summary>
    /// <param name="words">Not written to any more.</param>
    /// <param name="distinct">Number of distinct upper halves.</param>
    public static PairColumn FromSorted(ulong[] words, int distinct) => words.Length == 0 ? Empty : new PairColumn([new Slice(new Run(words), 0, words.Length)], distinct);

    /// <summary>The greatest upper half; 0 for the set without pairs.</summary>
    public uint LastFirst => _slices.Length == 0 ? 0 : (uint)(_slices[^1].Span[^1] >> 32);

    /// <summary>The words from a position on that lie beside each other.</summary>
    /// <param name="position">Below <see cref="Count"/>.</param>
    public ReadOnlySpan<ulong> From(int position)
    {
        var slice = SliceAt(position);
        return _slices[slice].Span[(position - _starts[slice])..];
    }

    /// <summary>The words from a position on that lie beside each other, up to another position.</summary>
    /// <param name="position">Below <paramref name="end"/>.</param>
    /// <param name="end">At most <see cref="Count"/>.</param>
    public ReadOnlySpan<ulong> From(int position, int end)
    {
        var span = From(position);
        return span[..Math.Min(span.Length, end - position)];
    }

    /// <summary>Takes words that are in the set out of sorted ones.</summary>
    /// <param name="words">Sorted, distinct; those that stay move to the front.</param>
    /// <returns>How many stay.</returns>
    public int RemoveFrom(Span<ulong> words)
    {
        if (Count == 0)
            return words.Length;
        var to = 0;
        if (words.Length * 8L < Count)
        {
            foreach (var word in words)
                if (!Contains(word))
                    words[to++] = word;
            return to;
        }

        var at = 0;
        foreach (var slice in _slices)
        {
            var there = slice.Span;
            var i = 0;
            while (at < words.Length && i < there.Length)
            {
                var word = words[at];
                if (there[i] < word)
                {
                    i++;
                    continue;
                }

                if (there[i] == word)
                    i++;
                else
                    words[to++] = word;
                at++;
            }
        }

        for (; at < words.Length; at++)
            words[to++] = words[at];
        return to;
    }

    /// <summary>The words of a set of one slice, or a copy of all.</summary>
    public ulong[] ToArray()
    {
        if (_slices is [{ IsWhole: true } only])
            return only.Run.Words;
        var words = GC.AllocateUninitializedArray<ulong>(Count);
        for (var i = 0; i < _slices.Length; i++)
            _slices[i].Span.CopyTo(words.AsSpan(_starts[i]));
        return words;
    }

    /// <summary>The same set in one slice.</summary>
    public PairColumn Flattened() => _slices is [] or [{ IsWhole: true }] ? this : new PairColumn([new Slice(new Run(ToArray()), 0, Count)], Distinct);

    /// <summary>Whether a pair is in the set.</summary>
    public bool Contains(ulong pair)
    {
        var slice = SliceOf(pair);
        if (slice < 0)
            return false;
        var at = _slices[slice].LowerBound(pair);
        return at < _slices[slice].Length && _slices[slice].Span[at] == pair;
    }

    /// <summary>Number of pairs with an upper half.</summary>
    public int CountOf(TermId first)
    {
        var (from, to) = RangeOf(first);
        return to - from;
    }

    /// <summary>Positions of the pairs with an upper half, the end not among them.</summary>
    public (int From, int To) RangeOf(TermId first) => (IndexOf((ulong)first.Value << 32), IndexOfNext(first));

    /// <summary>Position of the first word that is not below a pair.</summary>
    public int IndexOf(ulong pair)
    {
        var slice = SliceOf(pair);
        return slice < 0 ? 0 : _starts[slice] + _slices[slice].LowerBound(pair);
    }

    /// <summary>A cursor over all pairs, or over those with an upper half.</summary>
    /// <param name="first">An upper half, or none for all.</param>
    public IPairCursor Pairs(TermId first)
    {
        if (first.IsNone)
            return Count == 0 ? EmptyCursor.Instance : new Cursor(this, 0, Count);
        var (from, to) = RangeOf(first);
        return from == to ? EmptyCursor.Instance : new Cursor(this, from, to);
    }

    /// <summary>All pairs, or those with an upper half, in one piece; copied where they lie in several slices.</summary>
    /// <param name="first">An upper half, or none for all.</param>
    public ReadOnlyMemory<ulong> Memory(TermId first)
    {
        var (from, to) = first.IsNone ? (0, Count) : RangeOf(first);
        if (from == to)
            return default;
        var slice = SliceAt(from);
        if (to <= _starts[slice + 1])
        {
            var part = Part(slice, from, to);
            return part.Run.Words.AsMemory(part.Offset, part.Length);
        }

        var words = GC.AllocateUninitializedArray<ulong>(to - from);
        for (var at = from; at < to; slice++)
        {
            var part = Part(slice, at, to).Span;
            part.CopyTo(words.AsSpan(at - from));
            at += part.Length;
        }

        return words;
    }

    /// <summary>The slices that hold the positions [from, to), in order.</summary>
    internal Slice Part(int slice, int from, int to)
    {
        var whole = _slices[slice];
        var skip = Math.Max(0, from - _starts[slice]);
        return new Slice(whole.Run, whole.Offset + skip, Math.Min(whole.Length, to - _starts[slice]) - skip);
    }

    /// <summary>Index of the slice that holds a position.</summary>
    internal int SliceAt(int position)
    {
        if (_slices.Length == 1)
            return 0;
        var found = Array.BinarySearch(_starts, position);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>Position of the first word whose upper half is above one.</summary>
    private int IndexOfNext(TermId first) => first.Value == uint.MaxValue ? Count : IndexOf(((ulong)first.Value + 1) << 32);

    /// <summary>Index of the last slice that begins at or below a pair; -1 where the pair is below all.</summary>
    private int SliceOf(ulong pair)
    {
        if (_firsts.Length == 0 || pair < _firsts[0])
            return -1;
        return _firsts.Length == 1 ? 0 : UpperBound(_firsts, pair) - 1;
    }

    private static int UpperBound(ReadOnlySpan<ulong> words, ulong pair) => pair == ulong.MaxValue ? words.Length : Run.LowerBound(words, pair + 1);

    private static int DistinctFirsts(ReadOnlySpan<ulong> words)
    {
        var distinct = words.IsEmpty ? 0 : 1;
        for (var i = 1; i < words.Length; i++)
            distinct += (words[i] ^ words[i - 1]) >> 32 != 0 ? 1 : 0;
        return distinct;
    }
}
