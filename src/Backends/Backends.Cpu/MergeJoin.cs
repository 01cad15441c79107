using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Joins two sorted columns: side by side where they are of one size, by galloping where one is much shorter.</summary>
/// <remarks>Source of galloping: J. Bentley, A. Yao, "An almost optimal algorithm for unbounded searching", 1976. Cost: both columns and the rows; with galloping the shorter column times the logarithm of the gaps.</remarks>
internal static class MergeJoin
{
    private const int GallopFrom = 16;

    public static ulong[] Join(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, long maxRows)
    {
        var rows = Count(left, right);
        if (rows > Math.Min(maxRows, Array.MaxLength))
            throw new GraphLimitException($"The join has {rows:N0} rows; maxRows is {maxRows:N0}. Join a part, or allow more.");
        var output = GC.AllocateUninitializedArray<ulong>((int)rows);
        var written = 0;
        for (var (l, r) = (0, 0); Next(left, right, ref l, ref r) is var (endLeft, endRight) && endLeft > 0; (l, r) = (endLeft, endRight))
        {
            for (var i = l; i < endLeft; i++)
            {
                var upper = left[i] << 32;
                for (var j = r; j < endRight; j++)
                    output[written++] = upper | (uint)right[j];
            }
        }

        return output;
    }

    private static long Count(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        long rows = 0;
        for (var (l, r) = (0, 0); Next(left, right, ref l, ref r) is var (endLeft, endRight) && endLeft > 0; (l, r) = (endLeft, endRight))
            rows += (long)(endLeft - l) * (endRight - r);
        return rows;
    }

    /// <summary>Goes on to the next key that is in both columns, and says where its words end; 0 where there is none.</summary>
    private static (int EndLeft, int EndRight) Next(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, ref int l, ref int r)
    {
        while (l < left.Length && r < right.Length)
        {
            var (keyLeft, keyRight) = (left[l] >> 32, right[r] >> 32);
            if (keyLeft == keyRight)
                return (End(left, l), End(right, r));
            if (keyLeft < keyRight)
                l = Seek(left, l, keyRight, left.Length / GallopFrom > right.Length);
            else
                r = Seek(right, r, keyLeft, right.Length / GallopFrom > left.Length);
        }

        return default;
    }

    private static int End(ReadOnlySpan<ulong> column, int at)
    {
        var key = column[at] >> 32;
        while (at < column.Length && column[at] >> 32 == key)
            at++;
        return at;
    }

    private static int Seek(ReadOnlySpan<ulong> column, int at, ulong key, bool isLong)
    {
        var word = key << 32;
        if (!isLong)
        {
            while (at < column.Length && column[at] < word)
                at++;
            return at;
        }

        var step = 1;
        while (at + step < column.Length && column[at + step] < word)
        {
            at += step;
            step *= 2;
        }

        var (low, high) = (at, Math.Min(at + step, column.Length));
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (column[middle] < word)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
