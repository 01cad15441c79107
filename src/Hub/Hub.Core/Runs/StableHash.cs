using System.Text;

namespace Hub.Core;

/// <summary>Hashes that are the same in every process and version, unlike <see cref="object.GetHashCode"/>.</summary>
/// <remarks>Source: FNV-1a, 64 bits (Fowler, Noll, Vo), finished with the mixer of splitmix64 (Steele, Lea, Flood 2014).</remarks>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>A seed for a place in a run.</summary>
    public static long Seed(long seed, string path)
    {
        var hash = Offset ^ (ulong)seed;
        foreach (var b in Encoding.UTF8.GetBytes(path))
            hash = (hash ^ b) * Prime;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return (long)(hash ^ (hash >> 31));
    }
}
