namespace Knowledge.Sparql;

/// <summary>All rows of an operator in memory, column by column.</summary>
internal sealed class RowTable
{
    private readonly ulong[]?[] _columns;
    private readonly int[] _slots;

    private RowTable(int slots, int[] kept)
    {
        _columns = new ulong[]?[slots];
        _slots = kept;
    }

    public int Count { get; private set; }

    public int Width => _columns.Length;

    public ulong this[int slot, int row] => _columns[slot] is { } column ? column[row] : 0;

    /// <summary>Reads all rows; their memory is counted.</summary>
    public static RowTable Of(IEnumerable<Batch> batches, Execution execution, int slots, SlotSet kept)
    {
        var table = new RowTable(slots, kept.ToArray());
        foreach (var batch in batches)
            table.Append(batch, execution);
        return table;
    }

    /// <summary>The rows of some numbers as a batch.</summary>
    public Batch Gather(ReadOnlySpan<int> rows)
    {
        var batch = new Batch(_columns.Length) { Count = rows.Length };
        foreach (var slot in _slots)
        {
            if (_columns[slot] is not { } from)
                continue;
            var to = GC.AllocateUninitializedArray<ulong>(rows.Length);
            for (var i = 0; i < rows.Length; i++)
                to[i] = from[rows[i]];
            batch.Columns[slot] = to;
        }

        return batch;
    }

    private void Append(Batch batch, Execution execution)
    {
        execution.Session.Allocate((long)batch.Count * _slots.Length * sizeof(ulong));
        foreach (var slot in _slots)
        {
            var from = batch.Columns[slot];
            if (from is null && _columns[slot] is null)
                continue;
            var to = _columns[slot] ?? new ulong[Math.Max(16, Count + batch.Count)];
            if (to.Length < Count + batch.Count)
                Array.Resize(ref to, Math.Max(to.Length * 2, Count + batch.Count));
            _columns[slot] = to;
            from?.AsSpan(0, batch.Count).CopyTo(to.AsSpan(Count));
        }

        Count += batch.Count;
    }
}

/// <summary>Rows of a table by the ids that they have in some slots.</summary>
/// <remarks>Chained hashing in two arrays; with no key slots all rows are one chain.</remarks>
internal sealed class RowIndex
{
    private readonly RowTable _table;
    private readonly int[] _keys;
    private readonly int[] _heads;
    private readonly int[] _nexts;
    private readonly int _mask;

    public RowIndex(RowTable table, int[] keys, Execution execution)
    {
        _table = table;
        _keys = keys;
        var buckets = keys.Length == 0 ? 1 : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, table.Count * 2));
        execution.Session.Allocate(((long)buckets + table.Count) * sizeof(int));
        _heads = new int[buckets];
        _nexts = new int[table.Count];
        _mask = buckets - 1;

        // Backwards, so that chains run in the order of the rows.
        for (var row = table.Count - 1; row >= 0; row--)
        {
            ref var head = ref _heads[Hash(table, row) & _mask];
            _nexts[row] = head;
            head = row + 1;
        }
    }

    /// <summary>The first row with the same ids as a row of a batch; negative where there is none.</summary>
    public int First(Batch batch, int row) => Skip(_heads[Hash(batch, row) & _mask] - 1, batch, row);

    /// <summary>The next one.</summary>
    public int Next(int found, Batch batch, int row) => Skip(_nexts[found] - 1, batch, row);

    private int Skip(int candidate, Batch batch, int row)
    {
        while (candidate >= 0 && !IsEqual(candidate, batch, row))
            candidate = _nexts[candidate] - 1;
        return candidate;
    }

    private bool IsEqual(int candidate, Batch batch, int row)
    {
        foreach (var slot in _keys)
            if (_table[slot, candidate] != batch[slot, row])
                return false;
        return true;
    }

    private int Hash(RowTable table, int row)
    {
        var hash = 0UL;
        foreach (var slot in _keys)
            hash = Mix(hash, table[slot, row]);
        return (int)(hash >> 32);
    }

    private int Hash(Batch batch, int row)
    {
        var hash = 0UL;
        foreach (var slot in _keys)
            hash = Mix(hash, batch[slot, row]);
        return (int)(hash >> 32);
    }

    /// <summary>Mixes an id into a hash.</summary>
    public static ulong Mix(ulong hash, ulong id) => (hash ^ id) * 0x9E3779B97F4A7C15 ^ (hash >> 29);
}
