using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Which pairs of a predicate are read, and from where on: enough to open the cursor again at any word.</summary>
/// <param name="Graphs">The active graph.</param>
/// <param name="Predicate">The predicate.</param>
/// <param name="Order">Which position leads.</param>
/// <param name="First">Where not 0, only pairs whose leading position is this.</param>
internal readonly record struct PairColumn(uint[] Graphs, uint Predicate, PairOrder Order, uint First)
{
    /// <summary>A cursor whose first block begins at a word or after it.</summary>
    public IPairCursor Open(GraphView view, ulong from)
    {
        var cursor = view.Pairs(Graphs, Predicate, Order, First);
        if (from > 0)
            cursor.Seek(from);
        return cursor;
    }

    /// <summary>First place in a sorted block whose word is not below another; galloping from a place on.</summary>
    public static int LowerBound(ReadOnlySpan<ulong> block, int from, ulong word)
    {
        if (from >= block.Length || block[from] >= word)
            return from;
        var reach = 1;
        while (from + reach < block.Length && block[from + reach] < word)
            reach <<= 1;
        var (low, high) = (from + (reach >> 1), Math.Min(from + reach, block.Length));
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (block[middle] < word)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <summary>Rows that a probe found: numbers of input rows, and the ids that the pairs add.</summary>
internal sealed class Matches
{
    private const int Smallest = 64;

    public int[] Rows { get; private set; } = new int[Smallest];

    public ulong[] Seconds { get; private set; } = new ulong[Smallest];

    public ulong[] Firsts { get; private set; } = [];

    public int Count { get; private set; }

    public bool IsFull => Count == Batch.MaxRows;

    public void Clear() => Count = 0;

    public void Add(int row, ulong second)
    {
        if (Count == Rows.Length)
            Grow();
        Rows[Count] = row;
        Seconds[Count++] = second;
    }

    /// <summary>Adds many pairs of one input row, as many as there is room for.</summary>
    /// <returns>How many were added.</returns>
    public int AddPairs(int row, ReadOnlySpan<ulong> words, bool wantsFirst)
    {
        var added = Math.Min(words.Length, Batch.MaxRows - Count);
        while (Count + added > Rows.Length)
            Grow();
        Rows.AsSpan(Count, added).Fill(row);
        if (wantsFirst && Firsts.Length < Rows.Length)
        {
            var firsts = new ulong[Rows.Length];
            Firsts.CopyTo(firsts, 0);
            Firsts = firsts;
        }

        for (var i = 0; i < added; i++)
        {
            Seconds[Count + i] = (uint)words[i];
            if (wantsFirst)
                Firsts[Count + i] = words[i] >> 32;
        }

        Count += added;
        return added;
    }

    private void Grow()
    {
        var (rows, seconds) = (Rows, Seconds);
        Array.Resize(ref rows, rows.Length * 2);
        Array.Resize(ref seconds, seconds.Length * 2);
        (Rows, Seconds) = (rows, seconds);
    }
}

/// <summary>A reading of pairs for the rows of one batch, which can stop when its output is full and go on later.</summary>
internal abstract class PairProbe(GraphView view, PairColumn column)
{
    protected GraphView View { get; } = view;

    protected PairColumn Column { get; } = column;

    /// <summary>Adds matches until they are full or all rows are done.</summary>
    /// <returns>Whether there may be more.</returns>
    public abstract bool Fill(Matches matches);
}

/// <summary>Every row with every pair.</summary>
internal sealed class CrossProbe(GraphView view, PairColumn column, int rows, bool wantsFirst) : PairProbe(view, column)
{
    private int _row;
    private ulong _from;

    public override bool Fill(Matches matches)
    {
        while (_row < rows)
        {
            using var cursor = Column.Open(View, _from);
            while (true)
            {
                var block = cursor.Next();
                if (block.IsEmpty)
                    break;
                var added = matches.AddPairs(_row, block, wantsFirst);
                if (added == block.Length)
                    continue;
                _from = block[added];
                return true;
            }

            _row++;
            _from = 0;
        }

        return false;
    }
}

/// <summary>Each row with the pairs that its key leads: a merge join where keys come sorted, and a galloping index join where they are few.</summary>
internal sealed class SeekProbe : PairProbe
{
    private readonly ulong[] _keys;
    private readonly int[] _rows;
    private readonly int _count;
    private int _at;
    private ulong _from;

    /// <param name="view">The quads.</param>
    /// <param name="column">The pairs.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="slot">The slot whose id leads the pairs.</param>
    public SeekProbe(GraphView view, PairColumn column, Batch batch, int slot)
        : base(view, column)
    {
        _keys = GC.AllocateUninitializedArray<ulong>(batch.Count);
        _rows = GC.AllocateUninitializedArray<int>(batch.Count);
        var from = batch.Columns[slot]!;
        for (var row = 0; row < batch.Count; row++)
        {
            if (!TermPool.IsOfSource(from[row]))
                continue;
            _keys[_count] = from[row];
            _rows[_count++] = row;
        }

        RowOrder.Sort(ref _keys, ref _rows, _count);
    }

    public override bool Fill(Matches matches)
    {
        if (_at >= _count)
            return false;
        var cursor = Column.Open(View, Math.Max(_from, _keys[_at] << 32));
        try
        {
            var block = cursor.Next();
            var at = 0;
            while (_at < _count)
            {
                var low = _keys[_at] << 32;
                var from = Math.Max(_from, low);
                for (at = PairColumn.LowerBound(block, at, from); at == block.Length && !block.IsEmpty; at = PairColumn.LowerBound(block, 0, from))
                {
                    cursor.Seek(from);
                    block = cursor.Next();
                }

                if (block.IsEmpty)
                    break;
                var (start, isWhole) = (at, from == low);
                if (FillKey(matches, cursor, ref block, ref at, ref isWhole))
                    return true;
                _at++;
                _from = 0;
                if (_at == _count || _keys[_at] << 32 != low)
                    continue;

                // The same key again: back to its first pair.
                at = isWhole ? start : 0;
                if (isWhole)
                    continue;
                cursor.Dispose();
                cursor = Column.Open(View, low);
                block = cursor.Next();
            }
        }
        finally
        {
            cursor.Dispose();
        }

        _at = _count;
        return false;
    }

    // The pairs of the current key, over as many blocks as they take; true where the matches are full before the end.
    private bool FillKey(Matches matches, IPairCursor cursor, ref ReadOnlySpan<ulong> block, ref int at, ref bool isWhole)
    {
        var key = _keys[_at];
        while (!block.IsEmpty)
        {
            var end = at;
            while (end < block.Length && block[end] >> 32 == key)
                end++;
            var added = matches.AddPairs(_rows[_at], block[at..end], wantsFirst: false);
            if (added < end - at)
            {
                _from = block[at + added];
                return true;
            }

            at = end;
            if (end < block.Length)
                break;
            block = cursor.Next();
            at = 0;
            isWhole = false;
            if (!block.IsEmpty && block[0] >> 32 != key)
                break;
        }

        return false;
    }
}

/// <summary>Rows whose two ids are a pair.</summary>
internal sealed class CheckProbe : PairProbe
{
    private const int FewRows = 16;

    private readonly ulong[] _words;
    private readonly int[] _rows;
    private readonly int _count;
    private bool _isDone;

    /// <param name="view">The quads.</param>
    /// <param name="column">The pairs; may have one leading id alone.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="firstSlot">Slot of the leading id; negative where the column has one.</param>
    /// <param name="secondSlot">Slot of the other id.</param>
    public CheckProbe(GraphView view, PairColumn column, Batch batch, int firstSlot, int secondSlot)
        : base(view, column)
    {
        _words = GC.AllocateUninitializedArray<ulong>(batch.Count);
        _rows = GC.AllocateUninitializedArray<int>(batch.Count);
        var firsts = firstSlot < 0 ? null : batch.Columns[firstSlot]!;
        var seconds = batch.Columns[secondSlot]!;
        for (var row = 0; row < batch.Count; row++)
        {
            var first = firsts is null ? column.First : firsts[row];
            if (!TermPool.IsOfSource(first) || !TermPool.IsOfSource(seconds[row]))
                continue;
            _words[_count] = (first << 32) | seconds[row];
            _rows[_count++] = row;
        }

        if (_count > FewRows)
            RowOrder.Sort(ref _words, ref _rows, _count);
    }

    public override bool Fill(Matches matches)
    {
        if (_isDone)
            return false;
        _isDone = true;
        if (_count <= FewRows)
        {
            FillFew(matches);
            return false;
        }

        using var cursor = Column.Open(View, _words[0]);
        var block = cursor.Next();
        var at = 0;
        for (var i = 0; i < _count && !block.IsEmpty;)
        {
            at = PairColumn.LowerBound(block, at, _words[i]);
            if (at == block.Length)
            {
                cursor.Seek(_words[i]);
                block = cursor.Next();
                at = 0;
                continue;
            }

            if (block[at] == _words[i])
                matches.Add(_rows[i], 0);
            i++;
        }

        return false;
    }

    private void FillFew(Matches matches)
    {
        for (var i = 0; i < _count; i++)
        {
            var (first, second) = ((uint)(_words[i] >> 32), (uint)_words[i]);
            var isThere = Column.Order == PairOrder.SubjectObject
                ? View.Contains(Column.Graphs, first, Column.Predicate, second)
                : View.Contains(Column.Graphs, second, Column.Predicate, first);
            if (isThere)
                matches.Add(_rows[i], 0);
        }
    }
}
