namespace Backends.Training.Characters;

/// <summary>A random generator whose whole state is one number, so that a checkpoint can hold it. Steele et al. 2014, SplitMix64.</summary>
internal struct SplitMix(ulong state)
{
    public ulong State { get; private set; } = state;

    /// <summary>A number in [0, bound); the bias of the multiplication is below bound / 2^64.</summary>
    public int Below(int bound)
    {
        State += 0x9E3779B97F4A7C15;
        var z = State;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (int)Math.BigMul(z, (ulong)bound, out _);
    }
}
