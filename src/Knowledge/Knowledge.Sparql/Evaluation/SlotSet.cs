using System.Numerics;

namespace Knowledge.Sparql;

/// <summary>A set of slots: numbers of variables within one plan.</summary>
internal readonly struct SlotSet : IEquatable<SlotSet>
{
    private readonly ulong[]? _words;

    private SlotSet(ulong[] words) => _words = words;

    /// <summary>How many slots are in the set.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words ?? [])
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>The set of some slots.</summary>
    public static SlotSet Of(params ReadOnlySpan<int> slots)
    {
        var set = default(SlotSet);
        foreach (var slot in slots)
            set = set.With(slot);
        return set;
    }

    public bool Contains(int slot) => _words is { } words && slot >> 6 < words.Length && (words[slot >> 6] >> (slot & 63) & 1) != 0;

    public SlotSet With(int slot)
    {
        if (Contains(slot))
            return this;
        var words = new ulong[Math.Max(_words?.Length ?? 0, (slot >> 6) + 1)];
        _words?.CopyTo(words, 0);
        words[slot >> 6] |= 1UL << (slot & 63);
        return new SlotSet(words);
    }

    public SlotSet Union(SlotSet other)
    {
        var (longer, shorter) = (_words ?? [], other._words ?? []);
        if (longer.Length < shorter.Length)
            (longer, shorter) = (shorter, longer);
        var words = (ulong[])longer.Clone();
        for (var i = 0; i < shorter.Length; i++)
            words[i] |= shorter[i];
        return new SlotSet(words);
    }

    public SlotSet Intersect(SlotSet other)
    {
        var words = new ulong[Math.Min(_words?.Length ?? 0, other._words?.Length ?? 0)];
        for (var i = 0; i < words.Length; i++)
            words[i] = _words![i] & other._words![i];
        return new SlotSet(words);
    }

    public SlotSet Except(SlotSet other)
    {
        var words = (ulong[])(_words ?? []).Clone();
        for (var i = 0; i < Math.Min(words.Length, other._words?.Length ?? 0); i++)
            words[i] &= ~other._words![i];
        return new SlotSet(words);
    }

    public bool IsEmpty => Count == 0;

    public bool IsSubsetOf(SlotSet other) => Except(other).IsEmpty;

    /// <summary>The slots, ascending.</summary>
    public int[] ToArray()
    {
        var slots = new List<int>();
        for (var i = 0; i < (_words?.Length ?? 0); i++)
            for (var word = _words![i]; word != 0; word &= word - 1)
                slots.Add((i << 6) + BitOperations.TrailingZeroCount(word));
        return [.. slots];
    }

    public bool Equals(SlotSet other) => Except(other).IsEmpty && other.Except(this).IsEmpty;

    public override bool Equals(object? obj) => obj is SlotSet other && Equals(other);

    public override int GetHashCode() => Count;
}
