using System.Numerics;

namespace Knowledge.Store;

/// <summary>Arrays that the lists of one load hand on to each other while they grow; all of it is free when the load is done.</summary>
internal sealed class WordArrays
{
    private const int LeastLog = 4;

    private readonly Stack<ulong[]>[] _free = [.. Enumerable.Range(0, 32).Select(_ => new Stack<ulong[]>())];

    /// <summary>An array of a power of two, with anything in it.</summary>
    /// <param name="length">At least this long.</param>
    /// <exception cref="StoreLimitException">More than a column holds.</exception>
    public ulong[] Take(long length)
    {
        if (length > PairColumn.MaxPairs)
            throw new StoreLimitException($"One predicate of one graph has more than {PairColumn.MaxPairs / 2} pairs in one load, the limit of a load. Load the file in parts.");
        var log = Math.Max(LeastLog, BitOperations.Log2((uint)length - 1) + 1);
        return _free[log].TryPop(out var array) ? array : GC.AllocateUninitializedArray<ulong>(1 << log);
    }

    /// <summary>Gives an array back.</summary>
    public void Give(ulong[] array) => _free[BitOperations.Log2((uint)array.Length)].Push(array);
}
