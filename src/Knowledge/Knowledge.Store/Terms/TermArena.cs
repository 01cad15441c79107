using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Knowledge.Store;

/// <summary>Texts one behind the other in segments that never move. One thread appends; any thread reads what was published to it.</summary>
/// <remarks>An address is the segment in the upper 16 of 40 bits and the offset in it in the lower 24. Before a text stand its id and its length,
/// so that a table probe needs one place in memory.</remarks>
internal sealed class TermArena
{
    /// <summary>The longest text of a term.</summary>
    public const int MaxTermBytes = SegmentBytes - HeaderBytes - FirstOffset;

    private const int OffsetBits = 24;
    private const int SegmentBytes = 1 << OffsetBits;
    private const int FirstSegmentBytes = 1 << 14;
    private const int MaxSegments = 1 << 16;
    private const int HeaderBytes = 8;
    private const int FirstOffset = 8; // address 0 is no text

    private byte[][] _segments = [];
    private int _segment = -1;
    private int _used = SegmentBytes;

    /// <summary>Bytes of all segments.</summary>
    public long CapacityBytes => _segments.Sum(s => (long)(s?.Length ?? 0));

    /// <summary>Appends a text.</summary>
    /// <param name="text">At most <see cref="MaxTermBytes"/> long.</param>
    /// <param name="id">Its id.</param>
    /// <returns>Its address.</returns>
    public long Append(ReadOnlySpan<byte> text, uint id)
    {
        var size = HeaderBytes + text.Length;
        if (_segment < 0 || _used + size > _segments[_segment].Length)
            AddSegment(size);
        var segment = _segments[_segment];
        var at = _used;
        Unsafe.WriteUnaligned(ref segment[at], id);
        Unsafe.WriteUnaligned(ref segment[at + 4], text.Length);
        text.CopyTo(segment.AsSpan(at + HeaderBytes));
        _used = at + size;
        return ((long)_segment << OffsetBits) | (uint)at;
    }

    /// <summary>The text at an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(long address, out uint id)
    {
        ref var start = ref At(address);
        id = Unsafe.ReadUnaligned<uint>(ref start);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, HeaderBytes), Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref start, 4)));
    }

    /// <summary>The first byte of an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte At(long address) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_segments[(int)(address >> OffsetBits)]), (nint)(address & (SegmentBytes - 1)));

    private void AddSegment(int size)
    {
        var next = _segment + 1;
        if (next >= MaxSegments)
            throw new StoreLimitException($"The texts of all terms need more than {MaxSegments} segments of {SegmentBytes} bytes, the limit of one store.");
        var bytes = (int)Math.Min(SegmentBytes, Math.Max((long)FirstSegmentBytes << Math.Min(next * 2, 20), size + FirstOffset));
        var segments = new byte[next + 1][];
        _segments.AsSpan(0, next).CopyTo(segments);
        segments[next] = GC.AllocateUninitializedArray<byte>(bytes);
        _segments = segments;
        _segment = next;
        _used = FirstOffset;
    }
}
