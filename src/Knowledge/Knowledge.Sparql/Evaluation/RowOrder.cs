namespace Knowledge.Sparql;

/// <summary>Row numbers in the order of their keys.</summary>
/// <remarks>Keys that are sorted already, as after a scan of the same column, cost one pass. Others are sorted by least-significant-digit radix, digits that all keys share left out. Stable.</remarks>
internal static class RowOrder
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;
    private const int RadixRows = 256;

    /// <summary>Sorts keys together with their row numbers.</summary>
    /// <param name="keys">Keys; sorted afterwards.</param>
    /// <param name="rows">Row numbers; in the order of their keys afterwards.</param>
    /// <param name="count">How many of both there are.</param>
    public static void Sort(ref ulong[] keys, ref int[] rows, int count)
    {
        var varying = 0UL;
        var isSorted = true;
        for (var i = 1; i < count; i++)
        {
            varying |= keys[i] ^ keys[0];
            isSorted &= keys[i - 1] <= keys[i];
        }

        if (isSorted)
            return;
        if (count < RadixRows)
        {
            Insertion(keys, rows, count);
            return;
        }

        var (otherKeys, otherRows) = (GC.AllocateUninitializedArray<ulong>(count), GC.AllocateUninitializedArray<int>(count));
        Span<int> starts = stackalloc int[Digits];
        for (var shift = 0; shift < 64; shift += DigitBits)
        {
            if ((varying >> shift & (Digits - 1)) == 0)
                continue;
            starts.Clear();
            for (var i = 0; i < count; i++)
                starts[(int)(keys[i] >> shift) & (Digits - 1)]++;
            var sum = 0;
            for (var digit = 0; digit < Digits; digit++)
                (starts[digit], sum) = (sum, sum + starts[digit]);
            for (var i = 0; i < count; i++)
            {
                var to = starts[(int)(keys[i] >> shift) & (Digits - 1)]++;
                otherKeys[to] = keys[i];
                otherRows[to] = rows[i];
            }

            (keys, otherKeys) = (otherKeys, keys);
            (rows, otherRows) = (otherRows, rows);
        }
    }

    private static void Insertion(ulong[] keys, int[] rows, int count)
    {
        // Binary insertion: below the radix limit it beats histograms, and it is stable.
        for (var i = 1; i < count; i++)
        {
            var (key, row) = (keys[i], rows[i]);
            if (keys[i - 1] <= key)
                continue;
            int low = 0, high = i;
            while (low < high)
            {
                var middle = (low + high) >> 1;
                if (keys[middle] <= key)
                    low = middle + 1;
                else
                    high = middle;
            }

            Array.Copy(keys, low, keys, low + 1, i - low);
            Array.Copy(rows, low, rows, low + 1, i - low);
            keys[low] = key;
            rows[low] = row;
        }
    }
}
