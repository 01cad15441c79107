using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Knowledge.Sparql;

/// <summary>Joins sorted sets of pairs at once, variable by variable.</summary>
/// <remarks>
/// <para>Leapfrog triejoin (Veldhuizen, "Leapfrog Triejoin: a worst-case optimal join algorithm", ICDT 2014): each set is a trie of two levels; at each variable the sets that have it take turns
/// in seeking the largest value that another one stands at. Deviations: a trie is a sorted array of packed pairs, so that opening a level is a place in it; a seek begins where the last
/// one ended and gallops either way, as a set that is opened again mostly lies nearby; a variable that has a value already is a level with one value.</para>
/// <para>Time: at most the size of the largest result that sets of these sizes can have, times the logarithm of the longest set. Memory: none beside the sets.</para>
/// </remarks>
internal sealed class LeapfrogJoin
{
    // Seeks between two looks at the limits.
    private const int SeeksPerCheck = 1 << 14;

    // Steps of walking two lists side by side before they are long.
    private const int MergeSteps = 64;

    private readonly Trie[] _tries;
    private readonly bool[] _isMerge;
    private readonly int[][] _lists;
    private readonly uint[] _values;
    private readonly int _bound;
    private readonly Action _check;
    private int _depth;
    private bool _isOpening;
    private int _seeks;

    /// <summary>A join.</summary>
    /// <param name="tries">The sets.</param>
    /// <param name="levels">Number of variables.</param>
    /// <param name="bound">How many of them, the first ones, have a value before.</param>
    /// <param name="check">Called now and then; throws where the join is to end.</param>
    public LeapfrogJoin(IReadOnlyList<Trie> tries, int levels, int bound, Action check)
    {
        (_tries, _bound, _check) = ([.. tries], bound, check);
        _values = new uint[levels];

        // Who has few values leads: the others then seek near where they stand.
        _lists = [.. Enumerable.Range(0, levels).Select(l => Enumerable.Range(0, _tries.Length).Where(t => _tries[t].First == l || _tries[t].Second == l)
            .OrderBy(t => _tries[t].First == l ? _tries[t].Firsts : _tries[t].Length / Math.Max(1, _tries[t].Firsts)).ToArray())];
        _isMerge = [.. Enumerable.Range(0, levels).Select(l => l >= bound && StartsTwo(l))];
    }

    // Both begin where a value of an earlier variable says.
    private bool StartsTwo(int level) => _lists[level] is [var one, var other, ..] && IsOpened(_tries[one], level) && IsOpened(_tries[other], level);

    private static bool IsOpened(Trie trie, int level) => trie.Second == level && trie.First >= 0;

    /// <summary>Values of the variables, in the order of the levels.</summary>
    public ReadOnlySpan<uint> Values => _values;

    /// <summary>Begins anew.</summary>
    /// <param name="bound">Values of the variables that have one.</param>
    public void Start(ReadOnlySpan<uint> bound)
    {
        bound.CopyTo(_values);
        (_depth, _isOpening) = (0, true);
    }

    /// <summary>Goes to the next result.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_depth == _values.Length)
            _depth--; // the last result's last variable
        while (_depth >= 0)
        {
            if (_isOpening ? Open(_depth) : Advance(_depth))
            {
                _isOpening = true;
                if (++_depth == _values.Length)
                {
                    _isOpening = false;
                    return true;
                }

                continue;
            }

            _isOpening = false;
            _depth--;
        }

        return false;
    }

    private bool Open(int level)
    {
        foreach (var list in _lists[level])
        {
            ref var trie = ref _tries[list];
            if (trie.Second == level && trie.First >= 0)
                (trie.Prefix, trie.SecondAt) = (_values[trie.First], trie.FirstAt);
        }

        return level < _bound ? IsThere(level) : Search(level, 0);
    }

    private bool Advance(int level) => level >= _bound && _values[level] != uint.MaxValue && Search(level, _values[level] + 1);

    private bool IsThere(int level)
    {
        foreach (var list in _lists[level])
            if (!Seek(ref _tries[list], level, _values[level], out var found) || found != _values[level])
                return false;
        return true;
    }

    // The least value that is not below another and in all sets.
    private bool Search(int level, uint target)
    {
        var lists = _lists[level];
        if (_isMerge[level] && Merge(level, ref target) is { } isFound)
            return isFound;
        var agreed = 0;
        for (var i = 0; agreed < lists.Length; i = i + 1 == lists.Length ? 0 : i + 1)
        {
            if (!Seek(ref _tries[lists[i]], level, target, out var found))
                return false;
            agreed = found == target ? agreed + 1 : 1;
            target = found;
        }

        _values[level] = target;
        return true;
    }

    // Two short lists are walked side by side, which takes no branch that cannot be foretold; the others are asked where these two agree.
    // Null where the lists turn out to be long: the search goes on from the target.
    private bool? Merge(int level, ref uint target)
    {
        var lists = _lists[level];
        ref var left = ref _tries[lists[0]];
        ref var right = ref _tries[lists[1]];
        var (i, j) = (left.SecondAt, right.SecondAt);
        var (leftEnd, rightEnd) = (((ulong)left.Prefix << 32) | uint.MaxValue, ((ulong)right.Prefix << 32) | uint.MaxValue);
        bool? isFound = false;
        for (var steps = 0; i < left.End && j < right.End; steps++)
        {
            var (a, b) = (left.Words[i], right.Words[j]);
            if (a > leftEnd || b > rightEnd)
                break;
            if (steps == MergeSteps)
            {
                target = Math.Max(target, Math.Max((uint)a, (uint)b));
                isFound = null;
                break;
            }

            if ((uint)a == (uint)b && (uint)a >= target && IsInRest(lists, level, (uint)a))
            {
                _values[level] = (uint)a;
                isFound = true;
                break;
            }

            i += (uint)a <= (uint)b ? 1 : 0;
            j += (uint)b <= (uint)a ? 1 : 0;
        }

        (left.SecondAt, right.SecondAt) = (i, j);
        Looked();
        return isFound;
    }

    private bool IsInRest(int[] lists, int level, uint value)
    {
        for (var i = 2; i < lists.Length; i++)
            if (!Seek(ref _tries[lists[i]], level, value, out var found) || found != value)
                return false;
        return true;
    }

    private void Looked()
    {
        if (++_seeks < SeeksPerCheck)
            return;
        _seeks = 0;
        _check();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Seek(ref Trie trie, int level, uint target, out uint found)
    {
        Looked();
        if (trie.First == level)
        {
            trie.FirstAt = trie.LowerBound(trie.FirstAt, (ulong)target << 32);
            found = trie.FirstAt < trie.End ? (uint)(trie.Words[trie.FirstAt] >> 32) : 0;
            return trie.FirstAt < trie.End;
        }

        trie.SecondAt = trie.LowerBound(trie.SecondAt, ((ulong)trie.Prefix << 32) | target);
        found = 0;
        if (trie.SecondAt == trie.End)
            return false;
        var word = trie.Words[trie.SecondAt];
        found = (uint)word;
        return word >> 32 == trie.Prefix;
    }

    /// <summary>A sorted set of pairs, and where the join stands in it.</summary>
    internal struct Trie
    {
        /// <summary>A set.</summary>
        /// <param name="words">Sorted, distinct packed pairs.</param>
        /// <param name="first">Level of the upper half's variable; negative where all pairs have the same upper half.</param>
        /// <param name="second">Level of the lower half's variable; above <paramref name="first"/>.</param>
        /// <param name="firsts">About how many upper halves there are.</param>
        public Trie(ReadOnlyMemory<ulong> words, int first, int second, double firsts = 1)
        {
            Firsts = firsts;
            var segment = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(words, out var array) ? array : new ArraySegment<ulong>(words.ToArray());
            Words = segment.Array ?? [];
            (Begin, End) = (segment.Offset, segment.Offset + segment.Count);
            (First, Second, FirstAt, SecondAt) = (first, second, Begin, Begin);
            Prefix = first < 0 && Begin < End ? (uint)(Words[Begin] >> 32) : 0;
        }

        public readonly ulong[] Words;
        public readonly int Begin;
        public readonly int End;
        public readonly double Firsts;
        public readonly int First;
        public readonly int Second;
        public int FirstAt;
        public int SecondAt;
        public uint Prefix;

        public readonly int Length => End - Begin;

        /// <summary>First place whose word is not below another, sought from a place on, forward or back: among the next few words at once, then in growing steps.</summary>
        public readonly int LowerBound(int from, ulong word)
        {
            var words = Words;
            int low, high;
            if (from > Begin && words[from - 1] >= word)
            {
                var reach = 2;
                for (high = from - 1; reach <= from - Begin && words[from - reach] >= word; reach <<= 1)
                    high = from - reach;
                low = reach <= from - Begin ? from - reach + 1 : Begin;
            }
            else
            {
                if (End - from >= Vector512<ulong>.Count)
                {
                    var isBelow = Vector512.LessThan(Vector512.LoadUnsafe(ref words[from]), Vector512.Create(word)).ExtractMostSignificantBits();
                    if (isBelow != byte.MaxValue)
                        return from + BitOperations.PopCount(isBelow);
                    from += Vector512<ulong>.Count - 1; // the last of them is below
                }

                var reach = 1;
                for (low = from; reach < End - from && words[from + reach] < word; reach <<= 1)
                    low = from + reach;
                high = Math.Min(End, from + reach);
            }

            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (words[middle] < word)
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }
}
