using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Knowledge.Store;

/// <summary>Sorts packed pairs.</summary>
/// <remarks>Source: least-significant-digit radix sort with counting (Knuth, The Art of Computer Programming 3, 5.2.5); digits of 11 bits, and only those in which words differ.</remarks>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int SmallLength = 256;

    /// <summary>Sorts words.</summary>
    /// <param name="words">Sorted in place, or moved to <paramref name="other"/>.</param>
    /// <param name="other">As long as <paramref name="words"/>; what is in it is lost.</param>
    /// <returns>Whichever of the two holds the sorted words.</returns>
    public static Span<ulong> Sort(Span<ulong> words, Span<ulong> other) => Sort(words, other, 0, 64);

    /// <summary>Sorts words by their upper halves alone, and leaves those with equal ones in their order.</summary>
    /// <param name="words">Sorted in place, or moved to <paramref name="other"/>.</param>
    /// <param name="other">As long as <paramref name="words"/>; what is in it is lost.</param>
    /// <returns>Whichever of the two holds the sorted words.</returns>
    public static Span<ulong> SortByFirst(Span<ulong> words, Span<ulong> other) => Sort(words, other, 32, 64);

    /// <summary>Takes repeated words out of sorted ones.</summary>
    /// <param name="words">Sorted.</param>
    /// <returns>How many are left at the beginning.</returns>
    public static int Distinct(Span<ulong> words)
    {
        if (words.IsEmpty)
            return 0;
        var to = 1;
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            words[to] = word;
            to += word == words[to - 1] ? 0 : 1;
        }

        return to;
    }

    /// <summary>Exchanges the halves of each word.</summary>
    public static void Swap(ReadOnlySpan<ulong> words, Span<ulong> swapped)
    {
        for (var i = 0; i < words.Length; i++)
            swapped[i] = (words[i] << 32) | (words[i] >> 32);
    }

    private static Span<ulong> Sort(Span<ulong> words, Span<ulong> other, int fromBit, int toBit)
    {
        if (words.Length <= SmallLength)
        {
            if (fromBit == 0)
                words.Sort();
            else
                InsertionByFirst(words);
            return words;
        }

        ulong all = 0, same = ulong.MaxValue;
        var isSorted = true;
        ulong previous = 0;
        foreach (var word in words)
        {
            all |= word;
            same &= word;
            isSorted &= previous >> fromBit <= word >> fromBit;
            previous = word;
        }

        if (isSorted)
            return words;
        var differing = all & ~same;
        for (var bit = fromBit; bit < toBit;)
        {
            var rest = differing >> bit;
            if (rest == 0)
                break;
            bit += System.Numerics.BitOperations.TrailingZeroCount(rest);
            Pass(words, other, bit);
            var swap = words;
            words = other;
            other = swap;
            bit += DigitBits;
        }

        return words;
    }

    private static void Pass(ReadOnlySpan<ulong> from, Span<ulong> to, int shift)
    {
        Span<int> places = stackalloc int[Buckets];
        places.Clear();
        ref var place = ref MemoryMarshal.GetReference(places);
        foreach (var word in from)
            Unsafe.Add(ref place, (nint)((word >> shift) & (Buckets - 1)))++;
        var sum = 0;
        foreach (ref var count in places)
        {
            var here = count;
            count = sum;
            sum += here;
        }

        ref var target = ref MemoryMarshal.GetReference(to);
        foreach (var word in from)
            Unsafe.Add(ref target, Unsafe.Add(ref place, (nint)((word >> shift) & (Buckets - 1)))++) = word;
    }

    /// <summary>Stable, for short ones.</summary>
    private static void InsertionByFirst(Span<ulong> words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            var at = i;
            for (; at > 0 && words[at - 1] >> 32 > word >> 32; at--)
                words[at] = words[at - 1];
            words[at] = word;
        }
    }
}
