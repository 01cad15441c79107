namespace Knowledge.Sparql;

/// <summary>Some solutions, column by column. Ids are 64 bits wide: 0 is unbound, ids of the source fit 32 bits, ids of the query alone are above.</summary>
/// <remarks>A batch belongs to who received it last; columns are shared between batches and never written after they were handed on.</remarks>
internal sealed class Batch(int slots)
{
    /// <summary>Most rows of a batch.</summary>
    public const int MaxRows = 8192;

    /// <summary>One column for each slot; null where the slot is unbound in all rows.</summary>
    public ulong[]?[] Columns { get; } = new ulong[]?[slots];

    /// <summary>The batch whose rows these are, with fewer columns: the same rows in the same order.</summary>
    public Batch Origin { get => field ?? this; private init; }

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

    /// <summary>The id in one place; 0 where it is unbound.</summary>
    public ulong this[int slot, int row] => Columns[slot] is { } column ? column[row] : 0;

    /// <summary>The batch with one row and nothing bound.</summary>
    public static Batch Unit(int slots) => new(slots) { Count = 1 };

    /// <summary>Rows of this batch, in the order of their numbers; only live columns.</summary>
    /// <param name="rows">Row numbers.</param>
    /// <param name="live">Slots that somebody needs later.</param>
    public Batch Gather(ReadOnlySpan<int> rows, SlotSet live)
    {
        var batch = new Batch(Columns.Length) { Count = rows.Length };
        for (var slot = 0; slot < Columns.Length; slot++)
        {
            if (Columns[slot] is not { } from || !live.Contains(slot))
                continue;
            var to = GC.AllocateUninitializedArray<ulong>(rows.Length);
            for (var i = 0; i < rows.Length; i++)
                to[i] = from[rows[i]];
            batch.Columns[slot] = to;
        }

        return batch;
    }

    /// <summary>The same rows with another column.</summary>
    public Batch With(int slot, ulong[] column)
    {
        var batch = new Batch(Columns.Length) { Count = Count, Origin = Origin };
        Columns.CopyTo(batch.Columns, 0);
        batch.Columns[slot] = column;
        return batch;
    }
}
