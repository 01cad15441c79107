namespace Knowledge.Store;

/// <summary>When a quad holds, as it is believed: disjoint half-open intervals of UTC ticks, ascending. Unchanging.</summary>
internal sealed class ValidTimes : IEquatable<ValidTimes>
{
    /// <summary>Before every time.</summary>
    public const long Ever = long.MinValue;

    /// <summary>After every time.</summary>
    public const long Forever = long.MaxValue;

    /// <summary>It never was so.</summary>
    public static readonly ValidTimes Never = new([]);

    /// <summary>No time is known for it, or it is always so.</summary>
    public static readonly ValidTimes Always = new([Ever, Forever]);

    private readonly long[] _bounds;

    private ValidTimes(long[] bounds) => _bounds = bounds;

    /// <summary>Begin and end of each interval in turn.</summary>
    public ReadOnlySpan<long> Bounds => _bounds;

    /// <summary>Whether it never was so.</summary>
    public bool IsNever => _bounds.Length == 0;

    /// <summary>Whether no time limits it.</summary>
    public bool IsAlways => _bounds is [Ever, Forever];

    /// <summary>Intervals.</summary>
    /// <param name="bounds">Begin and end of each interval in turn, strictly ascending.</param>
    /// <exception cref="ArgumentException">The bounds do not ascend, or there is an odd number of them.</exception>
    public static ValidTimes Of(ReadOnlySpan<long> bounds)
    {
        if (bounds.IsEmpty)
            return Never;
        for (var i = 1; i < bounds.Length; i++)
            if (bounds[i] <= bounds[i - 1])
                throw new ArgumentException($"Bound {i} of valid times does not come after the one before it.", nameof(bounds));
        if (bounds.Length % 2 != 0)
            throw new ArgumentException($"Valid times have {bounds.Length} bounds; each interval has two.", nameof(bounds));
        return bounds is [Ever, Forever] ? Always : new ValidTimes(bounds.ToArray());
    }

    /// <summary>Whether it is so at a time.</summary>
    /// <param name="ticks">UTC ticks.</param>
    public bool Contains(long ticks)
    {
        for (var i = 0; i < _bounds.Length; i += 2)
            if (ticks >= _bounds[i] && (ticks < _bounds[i + 1] || _bounds[i + 1] == Forever))
                return true;
        return false;
    }

    /// <summary>The first bound after a time, or <see cref="Forever"/>.</summary>
    public long NextBound(long ticks)
    {
        foreach (var bound in _bounds)
            if (bound > ticks)
                return bound;
        return Forever;
    }

    /// <summary>These times and those of one more interval.</summary>
    public ValidTimes With(long from, long to)
    {
        var bounds = new List<long>(_bounds.Length + 2);
        var i = 0;
        for (; i < _bounds.Length && _bounds[i + 1] < from; i += 2)
            bounds.AddRange([_bounds[i], _bounds[i + 1]]);
        for (; i < _bounds.Length && _bounds[i] <= to; i += 2)
        {
            from = Math.Min(from, _bounds[i]);
            to = Math.Max(to, _bounds[i + 1]);
        }

        bounds.AddRange([from, to]);
        bounds.AddRange(_bounds.AsSpan(i));
        return Of([.. bounds]);
    }

    /// <summary>Those of these times that are before another.</summary>
    public ValidTimes Until(long ticks)
    {
        if (_bounds.Length == 0 || _bounds[^1] <= ticks)
            return this;
        var bounds = new List<long>(_bounds.Length);
        for (var i = 0; i < _bounds.Length && _bounds[i] < ticks; i += 2)
            bounds.AddRange([_bounds[i], Math.Min(ticks, _bounds[i + 1])]);
        return Of([.. bounds]);
    }

    /// <inheritdoc/>
    public bool Equals(ValidTimes? other) => other is not null && _bounds.AsSpan().SequenceEqual(other._bounds);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValidTimes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var bound in _bounds)
            hash.Add(bound);
        return hash.ToHashCode();
    }
}
