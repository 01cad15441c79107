using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Knowledge.Rdf;

/// <summary>A sorted array of packed pairs that nobody writes to, with a table of where upper halves begin once somebody searches in it.</summary>
/// <remarks>Without the table, a search in a large array waits for memory at each of its first steps; with it, it begins among a handful of words.
/// The table takes a quarter of a byte a pair.</remarks>
/// <param name="words">Sorted, distinct.</param>
internal sealed class Run(ulong[] words)
{
    private const int WordsPerBucket = 16;
    private const int MinIndexed = 1024;

    private Table? _table;

    /// <summary>Sorted, distinct; for reading alone.</summary>
    public ulong[] Words => words;

    /// <summary>Position of the first word that is not below a pair, in part of the array.</summary>
    /// <param name="pair">A packed pair.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">How long it is.</param>
    /// <returns>The position from the part's beginning.</returns>
    public int LowerBound(ulong pair, int offset, int length)
    {
        if (length < MinIndexed)
            return LowerBound(Part(offset, length), pair);
        var table = Volatile.Read(ref _table);
        if (table is null)
            Volatile.Write(ref _table, table = new Table(words));
        var (from, to) = table.Range(pair, words.Length);
        from = Math.Clamp(from, offset, offset + length);
        to = Math.Clamp(to, from, offset + length);
        return from - offset + LowerBound(Part(from, to - from), pair);
    }

    /// <summary>Part of the array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<ulong> Part(int offset, int length) => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(words), offset), length);

    /// <summary>Number of words below a pair, in sorted words.</summary>
    public static int LowerBound(ReadOnlySpan<ulong> words, ulong pair)
    {
        ref var start = ref MemoryMarshal.GetReference(words);
        nint low = 0;
        nint length = words.Length;
        while (length > 1)
        {
            var half = length >> 1;
            low += Unsafe.Add(ref start, low + half - 1) < pair ? half : 0;
            length -= half;
        }

        return (int)low + (length == 1 && Unsafe.Add(ref start, low) < pair ? 1 : 0);
    }

    /// <summary>Where the words begin whose upper half lies in each of many ranges of equal width.</summary>
    private sealed class Table
    {
        private readonly uint _least;
        private readonly int _shift;
        private readonly int[] _starts;

        public Table(ulong[] words)
        {
            _least = (uint)(words[0] >> 32);
            var span = (uint)(words[^1] >> 32) - _least;
            while (span >> _shift >= words.Length / WordsPerBucket)
                _shift++;
            _starts = new int[(span >> _shift) + 2];
            var bucket = 0;
            for (var i = 0; i < words.Length; i++)
                for (var here = (int)(((uint)(words[i] >> 32) - _least) >> _shift); bucket < here;)
                    _starts[++bucket] = i;
            _starts[^1] = words.Length;
        }

        public (int From, int To) Range(ulong pair, int length)
        {
            var first = (uint)(pair >> 32);
            if (first < _least)
                return (0, 0);
            var bucket = (first - _least) >> _shift;
            return bucket >= _starts.Length - 1 ? (length, length) : (_starts[bucket], _starts[bucket + 1]);
        }
    }
}
