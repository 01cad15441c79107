namespace Hub.Nano;

/// <summary>Chance that is the same in every version and on every machine.</summary>
/// <remarks>Source: splitmix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").</remarks>
public sealed class NanoRandom
{
    /// <summary>Seeds the generator.</summary>
    /// <param name="seed">Any number.</param>
    public NanoRandom(ulong seed)
    {
        State = (seed * 0x9E3779B97F4A7C15) + 0x1234567;
    }

    /// <summary>All there is to it: set it to go on from where another one stood.</summary>
    public ulong State { get; set; }

    /// <summary>A hash of text that never changes: FNV-1a, mixed.</summary>
    /// <param name="text">Any text.</param>
    public static uint Hash(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = 2166136261;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619;
        hash = (hash ^ (hash >> 15)) * 0x85EBCA6B;
        return hash ^ (hash >> 13);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        State += 0x9E3779B97F4A7C15;
        var z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, <paramref name="count"/>).</summary>
    /// <param name="count">At least 1.</param>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    /// <param name="low">The least.</param>
    /// <param name="high">The greatest.</param>
    public int Range(int low, int high) => low + Below(high - low + 1);

    /// <summary>A number in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with a probability.</summary>
    /// <param name="probability">In [0, 1].</param>
    public bool Chance(double probability) => Unit() < probability;

    /// <summary>One of several.</summary>
    /// <param name="items">At least one.</param>
    public T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items[Below(items.Count)];
    }

    /// <summary>Orders items anew (Fisher and Yates).</summary>
    /// <param name="items">Changed in place.</param>
    public void Shuffle<T>(IList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
