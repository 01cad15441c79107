using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Knowledge.Rdf;

/// <summary>Sorts packed pairs.</summary>
/// <remarks>Source: least-significant-digit radix sort with counting (Knuth, The Art of Computer Programming 3, 5.2.5); digits of 11 bits, and only those in which words differ.</remarks>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    internal const int SmallLength = 256;

    /// <summary>Sorts words.</summary>
    /// <param name="words">Sorted in place, or moved to <paramref name="other"/>.</param>
    /// <param name="other">At least as long; what is in it is lost.</param>
    /// <param name="count">How many words there are.</param>
    /// <returns>Whichever of the two holds the sorted words.</returns>
    public static ulong[] Sort(ulong[] words, ulong[] other, int count) => Sort(words, other, count, 0);

    /// <summary>Sorts words by their upper halves alone, and leaves those with equal ones in their order.</summary>
    /// <param name="words">Sorted in place, or moved to <paramref name="other"/>.</param>
    /// <param name="other">At least as long; what is in it is lost.</param>
    /// <param name="count">How many words there are.</param>
    /// <returns>Whichever of the two holds the sorted words.</returns>
    public static ulong[] SortByFirst(ulong[] words, ulong[] other, int count) => Sort(words, other, count, 32);

    /// <summary>Exchanges the halves of sorted words, and sorts them again.</summary>
    /// <param name="pairs">Sorted.</param>
    /// <param name="scratch">At least as long; what is in it is lost. Null to allocate one where it is needed.</param>
    /// <returns>A new array of the same length.</returns>
    public static ulong[] Turned(ReadOnlySpan<ulong> pairs, ulong[]? scratch)
    {
        var turned = GC.AllocateUninitializedArray<ulong>(pairs.Length);
        if (pairs.Length <= SmallLength)
        {
            Swap(pairs, turned);
            InsertionByFirst(turned);
            return turned;
        }

        scratch ??= GC.AllocateUninitializedArray<ulong>(pairs.Length);
        Swap(pairs, scratch);
        if (Sort(scratch, turned, pairs.Length, 32) == scratch)
            scratch.AsSpan(0, pairs.Length).CopyTo(turned);
        return turned;
    }

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

    /// <summary>All words of two sets.</summary>
    /// <param name="a">Sorted, distinct.</param>
    /// <param name="b">Sorted, distinct.</param>
    /// <returns>Sorted, distinct.</returns>
    public static ulong[] Union(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var words = GC.AllocateUninitializedArray<ulong>(a.Length + b.Length);
        var (i, j, to) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i], b[j]);
            words[to++] = Math.Min(x, y);
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        a[i..].CopyTo(words.AsSpan(to));
        b[j..].CopyTo(words.AsSpan(to + a.Length - i));
        to += a.Length - i + b.Length - j;
        return to == words.Length ? words : words[..to];
    }

    /// <summary>Exchanges the halves of each word.</summary>
    public static void Swap(ReadOnlySpan<ulong> words, Span<ulong> swapped)
    {
        for (var i = 0; i < words.Length; i++)
            swapped[i] = (words[i] << 32) | (words[i] >> 32);
    }

    private static ulong[] Sort(ulong[] words, ulong[] other, int count, int fromBit)
    {
        var span = words.AsSpan(0, count);
        if (count <= SmallLength)
        {
            if (fromBit == 0)
                span.Sort();
            else
                InsertionByFirst(span);
            return words;
        }

        ulong all = 0, same = ulong.MaxValue, previous = 0;
        var isSorted = true;
        foreach (var word in span)
        {
            all |= word;
            same &= word;
            isSorted &= previous >> fromBit <= word >> fromBit;
            previous = word;
        }

        if (isSorted)
            return words;
        var differing = all & ~same;
        for (var bit = fromBit; bit < 64 && differing >> bit != 0; bit += DigitBits)
        {
            bit += System.Numerics.BitOperations.TrailingZeroCount(differing >> bit);
            Pass(words.AsSpan(0, count), other.AsSpan(0, count), bit);
            (words, other) = (other, words);
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
