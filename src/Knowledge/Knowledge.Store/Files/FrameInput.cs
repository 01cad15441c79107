using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Knowledge.Store;

/// <summary>Reads the units that <see cref="FrameWriter"/> wrote.</summary>
/// <param name="file">The file.</param>
/// <param name="name">Its name, for errors.</param>
/// <param name="end">Where reading ends.</param>
internal sealed class FrameInput(IStoreReader file, string name, long end)
{
    private readonly byte[] _buffer = new byte[Frame.HeaderBytes + Frame.MaxPayloadBytes];
    private long _next;
    private int _at;
    private int _length;
    private bool _isLast = true;

    /// <summary>Goes to the next unit.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="StoreDamagedException">The unit before has more than was read.</exception>
    public bool TryBegin()
    {
        if (_at == _length && !_isLast)
            NextFrame(); // a unit that filled its frames has an empty one at its end
        if (_at != _length || !_isLast)
            throw Damaged("a unit has more than is known to be in it");
        if (_next >= end)
            return false;
        NextFrame();
        return true;
    }

    /// <summary>Reads a number.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads a number.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>Reads a number.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Reads a number of things that follow.</summary>
    /// <param name="bytesEach">The least that each of them takes.</param>
    public int Count(int bytesEach)
    {
        var count = Int32();
        return count >= 0 && (long)count * bytesEach <= end ? count : throw Damaged($"there cannot be {count} things of {bytesEach} bytes and more");
    }

    /// <summary>Reads a text.</summary>
    public byte[] Text()
    {
        var text = new byte[Count(1)];
        Bytes(text);
        return text;
    }

    /// <summary>Reads words.</summary>
    public ulong[] Words()
    {
        var words = GC.AllocateUninitializedArray<ulong>(Count(sizeof(ulong)));
        Bytes(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    /// <summary>An error at the frame that was read last.</summary>
    public StoreDamagedException Damaged(string problem, Exception? inner = null) => new(name, Math.Max(0, _next - _length - Frame.HeaderBytes), problem, inner);

    /// <summary>Reads bytes.</summary>
    public void Bytes(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            if (_at == _length)
                NextFrameOfUnit();
            var part = Math.Min(target.Length, _length - _at);
            _buffer.AsSpan(Frame.HeaderBytes + _at, part).CopyTo(target);
            _at += part;
            target = target[part..];
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_at == _length || _length - _at < length && !_isLast)
            NextFrameOfUnit();
        if (_length - _at < length)
            throw Damaged("a unit ends within a number");
        _at += length;
        return _buffer.AsSpan(Frame.HeaderBytes + _at - length, length);
    }

    private void NextFrameOfUnit()
    {
        if (_isLast)
            throw Damaged("a unit has less than is known to be in it");
        NextFrame();
    }

    private void NextFrame()
    {
        if (_next >= end)
            throw new StoreDamagedException(name, _next, "the file ends too early");
        if (Frame.Read(file, _next, _buffer, out var frame) is { } problem)
            throw new StoreDamagedException(name, _next, problem);
        (_length, _isLast, _at) = (frame.Length, frame.IsLast, 0);
        _next += Frame.HeaderBytes + frame.Length;
    }
}
