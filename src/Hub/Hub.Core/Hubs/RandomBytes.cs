using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hub.Core;

/// <summary>Random bytes that nobody can guess, fetched from the system many at a time: asking it costs a microsecond, however few are wanted.</summary>
/// <remarks>Thread safety: all members; each thread has bytes of its own, and each byte is handed out once.</remarks>
public static class RandomBytes
{
    private const int Fetched = 1024;
    private const int Most = 64;

    [ThreadStatic]
    private static byte[]? t_bytes;

    [ThreadStatic]
    private static int t_left;

    /// <summary>Lower-case hexadecimal digits, two a byte.</summary>
    /// <param name="count">Bytes, 1 to 64.</param>
    public static string Hexadecimal(int count) => Convert.ToHexStringLower(Take(count));

    /// <summary>A number of 64 random bits.</summary>
    public static long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    private static ReadOnlySpan<byte> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        var bytes = t_bytes ??= new byte[Fetched];
        if (t_left < count)
        {
            RandomNumberGenerator.Fill(bytes);
            t_left = Fetched;
        }

        t_left -= count;
        return bytes.AsSpan(t_left, count);
    }
}
