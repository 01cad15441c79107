using System.Buffers;
using System.Numerics;
using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Sorted rows of what components reach, made one after another; an edge leads to a lower number, whose row is there.</summary>
/// <remarks>
/// <para>Rows that lie apart, one above the other, are copied. Others are put into a set of bits and read out of it in order. The set has a bit for each component, and one for each of its words,
/// so that reading looks only at words that hold something; it is empty between rows. Few numbers far apart are sorted.</para>
/// <para>Source: the hierarchical bitmap is P. van Emde Boas, "Preserving order in a forest in less than logarithmic time", FOCS 1975, with 64 for each fan-out and two levels.</para>
/// </remarks>
/// <param name="count">Number of components.</param>
internal sealed class RowUnion(int count)
{
    private const int Word = 64;
    private const int Group = Word * Word;

    private readonly int[] _offsets = new int[count + 1];
    private readonly ulong[] _words = new ulong[(count / Word) + 1];
    private readonly ulong[] _groups = new ulong[(count / Group) + 1];
    private int[] _targets = ArrayPool<int>.Shared.Rent(Math.Max(16, count));
    private int _row;
    private int _at;

    /// <summary>Adds the row of the next component.</summary>
    /// <param name="successors">Components that its edges lead to, lower than it.</param>
    /// <param name="isCyclic">Whether it reaches itself.</param>
    /// <returns>Numbers in all rows so far, or that would be with this one where these are too many for an array.</returns>
    public long Add(ReadOnlySpan<int> successors, bool isCyclic)
    {
        var (offsets, targets) = (_offsets, _targets);
        var (low, high, sum, areApart) = (int.MaxValue, -1, 0L, true);
        foreach (var to in successors)
        {
            var (from, end) = (offsets[to], offsets[to + 1]);
            var first = from < end ? targets[from] : to;
            areApart &= first > high;
            low = Math.Min(low, first);
            high = Math.Max(high, to);
            sum += end - from + 1;
        }

        var most = _at + Math.Min(sum, _row) + 1;
        if (most > Array.MaxLength)
            return most;
        if (most > targets.Length)
            Grow(most);
        if (areApart)
            Concatenate(successors);
        else if ((high - low) / Group > sum)
            Sort(successors);
        else
            Unite(successors, low, high);
        if (isCyclic)
            _targets[_at++] = _row;
        _offsets[++_row] = _at;
        return _at;
    }

    /// <summary>All rows; none can be added any more.</summary>
    public GraphColumns ToColumns()
    {
        var targets = _targets.AsSpan(0, _at).ToArray();
        ArrayPool<int>.Shared.Return(_targets);
        _targets = targets;
        return new GraphColumns(_offsets, targets);
    }

    private void Grow(long length)
    {
        var longer = ArrayPool<int>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(length, 2L * _targets.Length)));
        _targets.AsSpan(0, _at).CopyTo(longer);
        ArrayPool<int>.Shared.Return(_targets);
        _targets = longer;
    }

    private void Concatenate(ReadOnlySpan<int> successors)
    {
        foreach (var to in successors)
        {
            var row = Row(to);
            row.CopyTo(_targets.AsSpan(_at));
            _at += row.Length;
            if (row.IsEmpty || row[^1] != to)
                _targets[_at++] = to;
        }
    }

    private void Sort(ReadOnlySpan<int> successors)
    {
        var (targets, kept) = (_targets, _at);
        Concatenate(successors);
        targets.AsSpan(kept.._at).Sort();
        for (var i = kept++ + 1; i < _at; i++)
            if (targets[i] != targets[kept - 1])
                targets[kept++] = targets[i];
        _at = kept;
    }

    private void Unite(ReadOnlySpan<int> successors, int low, int high)
    {
        var (words, groups) = (_words, _groups);
        // The last first: its number is often the highest, and what it reaches need not be looked at again.
        for (var i = successors.Length - 1; i >= 0; i--)
        {
            var to = successors[i];
            if ((words[to / Word] >> to & 1) != 0)
                continue;
            words[to / Word] |= 1UL << to;
            groups[to / Group] |= 1UL << (to / Word);
            foreach (var reached in Row(to))
            {
                words[reached / Word] |= 1UL << reached;
                groups[reached / Group] |= 1UL << (reached / Word);
            }
        }

        var (targets, at) = (_targets, _at);
        for (var group = low / Group; group <= high / Group; group++)
        {
            for (var left = groups[group]; left != 0; left &= left - 1)
            {
                var word = (group * Word) + BitOperations.TrailingZeroCount(left);
                var bits = words[word];
                words[word] = 0;
                // At least one bit, as the group says, and seldom a second.
                do
                {
                    targets[at++] = (word * Word) + BitOperations.TrailingZeroCount(bits);
                    bits &= bits - 1;
                }
                while (bits != 0);
            }

            groups[group] = 0;
        }

        _at = at;
    }

    private ReadOnlySpan<int> Row(int component) => _targets.AsSpan(_offsets[component], _offsets[component + 1] - _offsets[component]);
}
