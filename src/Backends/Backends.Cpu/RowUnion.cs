using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Rows of what components reach, made one after another; an edge leads to a lower number, whose row is there.</summary>
/// <param name="count">Number of components.</param>
internal sealed class RowUnion(int count)
{
    private readonly int[] _offsets = new int[count + 1];
    private readonly int[] _stamps = new int[count];
    private int[] _targets = new int[Math.Max(16, count)];
    private int _row;
    private int _at;

    /// <summary>Adds the row of the next component.</summary>
    /// <param name="successors">Components that its edges lead to, lower than it and ascending.</param>
    /// <param name="isCyclic">Whether it reaches itself.</param>
    /// <returns>Numbers in all rows so far, or that would be with this one where these are too many for an array.</returns>
    public long Add(ReadOnlySpan<int> successors, bool isCyclic)
    {
        long sum = 0;
        foreach (var to in successors)
            sum += Row(to).Length + 1;
        var most = _at + Math.Min(sum, _row) + 1;
        if (most > Array.MaxLength)
            return most;
        if (most > _targets.Length)
            Array.Resize(ref _targets, (int)Math.Min(Array.MaxLength, Math.Max(most, 2L * _targets.Length)));
        if (AreApart(successors))
            Concatenate(successors);
        else
            Unite(successors);
        if (isCyclic)
            _targets[_at++] = _row;
        _offsets[++_row] = _at;
        return _at;
    }

    /// <summary>All rows.</summary>
    public GraphColumns ToColumns() => new(_offsets, _targets.AsSpan(0, _at).ToArray());

    /// <summary>Whether each successor and what it reaches is higher than the successor before it: their rows one after another are sorted then.</summary>
    private bool AreApart(ReadOnlySpan<int> successors)
    {
        for (var i = 1; i < successors.Length; i++)
        {
            var row = Row(successors[i]);
            if ((row.IsEmpty ? successors[i] : row[0]) <= successors[i - 1])
                return false;
        }

        return true;
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

    private void Unite(ReadOnlySpan<int> successors)
    {
        var (targets, stamps, stamp, from) = (_targets, _stamps, _row + 1, _at);
        // The highest first: what it reaches need not be looked at again.
        for (var i = successors.Length - 1; i >= 0; i--)
        {
            var to = successors[i];
            if (stamps[to] == stamp)
                continue;
            foreach (var reached in Row(to))
            {
                if (stamps[reached] == stamp)
                    continue;
                stamps[reached] = stamp;
                targets[_at++] = reached;
            }

            if (stamps[to] == stamp)
                continue;
            stamps[to] = stamp;
            targets[_at++] = to;
        }

        targets.AsSpan(from, _at - from).Sort();
    }

    private ReadOnlySpan<int> Row(int component) => _targets.AsSpan(_offsets[component].._offsets[component + 1]);
}
