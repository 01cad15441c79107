using System.Buffers.Binary;
using System.IO.Hashing;

namespace Knowledge.Store;

/// <summary>The unit in which all files of a store are written: a checked block of at most <see cref="MaxPayloadBytes"/>.</summary>
/// <remarks>
/// <para>32 bytes stand before the payload: a checksum (8; XXH3 of the rest, with the frame's place as seed), a mark (4), the payload's length (4), whether the frame is the last of its unit (4),
/// nothing (4), and where the unit begins in the file (8). All numbers are little-endian.</para>
/// <para>A unit is what becomes visible as a whole: a transaction in a log, all of any other file. What stands before a unit's beginning was acknowledged when its frames were written;
/// so a bad frame followed by a good one of a unit that begins later is damage, and a bad frame without such is a write that was cut off.</para>
/// </remarks>
internal static class Frame
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 32;

    /// <summary>The longest payload.</summary>
    public const int MaxPayloadBytes = 1 << 18;

    private const uint Mark = 0x3146534B; // "KSF1"
    private const int MarkAt = 8;

    /// <summary>Fills the header before a payload.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="at">Where in the file it will stand.</param>
    /// <param name="start">Where its unit begins.</param>
    /// <param name="isLast">Whether it ends the unit.</param>
    public static void Seal(Span<byte> frame, long at, long start, bool isLast)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame[MarkAt..], Mark);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], frame.Length - HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(frame[16..], isLast ? 1 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(frame[20..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(frame[24..], start);
        BinaryPrimitives.WriteUInt64LittleEndian(frame, XxHash3.HashToUInt64(frame[MarkAt..], at));
    }

    /// <summary>Reads the frame at a place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="at">The place.</param>
    /// <param name="buffer">At least a header and the longest payload; holds the frame afterwards.</param>
    /// <param name="frame">What the header says.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Read(IStoreReader file, long at, byte[] buffer, out (int Length, bool IsLast, long Start) frame)
    {
        frame = default;
        if (file.Read(at, buffer.AsSpan(0, HeaderBytes)) < HeaderBytes)
            return "the file ends within a frame's header";
        var length = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(12));
        if (BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(MarkAt)) != Mark || length is < 0 or > MaxPayloadBytes)
            return "no frame begins here";
        if (file.Read(at + HeaderBytes, buffer.AsSpan(HeaderBytes, length)) < length)
            return $"the file ends within a frame of {length} bytes";
        var whole = buffer.AsSpan(0, HeaderBytes + length);
        if (XxHash3.HashToUInt64(whole[MarkAt..], at) != BinaryPrimitives.ReadUInt64LittleEndian(whole))
            return "the checksum of a frame does not fit its content";
        frame = (length, BinaryPrimitives.ReadInt32LittleEndian(whole[16..]) == 1, BinaryPrimitives.ReadInt64LittleEndian(whole[24..]));
        return null;
    }

    /// <summary>Where the whole units of a log end.</summary>
    /// <param name="file">The log.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="StoreDamagedException">An acknowledged unit is damaged.</exception>
    public static long EndOfWholeUnits(IStoreReader file, string name)
    {
        var buffer = new byte[HeaderBytes + MaxPayloadBytes];
        long at = 0, end = 0;
        while (at < file.Length)
        {
            if (Read(file, at, buffer, out var frame) is { } problem)
                return HasLaterUnit(file, at, buffer) ? throw new StoreDamagedException(name, at, problem) : end;
            at += HeaderBytes + frame.Length;
            if (frame.IsLast)
                end = at;
        }

        return end;
    }

    /// <summary>Whether a good frame of a unit that begins behind a place follows.</summary>
    private static bool HasLaterUnit(IStoreReader file, long bad, byte[] buffer)
    {
        var window = new byte[1 << 16];
        Span<byte> mark = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, Mark);
        for (var at = bad + 1; at + HeaderBytes <= file.Length;)
        {
            var found = window.AsSpan(0, file.Read(at + MarkAt, window)).IndexOf(mark);
            if (found < 0)
            {
                at += window.Length - mark.Length + 1;
                continue;
            }

            if (Read(file, at + found, buffer, out var frame) is null && frame.Start > bad)
                return true;
            at += found + 1;
        }

        return false;
    }
}
