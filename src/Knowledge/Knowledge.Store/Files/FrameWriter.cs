using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Knowledge.Store;

/// <summary>Writes units as frames: what is put in is one stream of bytes, cut where a frame is full.</summary>
/// <param name="file">The file; it stays the caller's.</param>
internal sealed class FrameWriter(IStoreFile file)
{
    private byte[] _frame = new byte[1 << 12];
    private int _used = Frame.HeaderBytes;
    private long _start = file.Length;

    /// <summary>Begins a unit; one that was not ended is forgotten, but for what the file has of it.</summary>
    public void Begin()
    {
        _used = Frame.HeaderBytes;
        _start = file.Length;
    }

    /// <summary>Ends a unit.</summary>
    public void End() => Emit(isLast: true);

    /// <summary>Appends a number.</summary>
    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    /// <summary>Appends a number.</summary>
    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    /// <summary>Appends a number.</summary>
    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    /// <summary>Appends a length and as many bytes.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        Int32(text.Length);
        Bytes(text);
    }

    /// <summary>Appends a length and as many words.</summary>
    public void Words(ReadOnlySpan<ulong> words)
    {
        Int32(words.Length);
        Bytes(MemoryMarshal.AsBytes(words));
    }

    /// <summary>Appends bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = Frame.HeaderBytes + Frame.MaxPayloadBytes - _used;
            var part = bytes[..Math.Min(room, bytes.Length)];
            part.CopyTo(Room(part.Length));
            _used += part.Length;
            bytes = bytes[part.Length..];
            if (_used == Frame.HeaderBytes + Frame.MaxPayloadBytes)
                Emit(isLast: false);
        }
    }

    /// <summary>Room for a number, which is never cut in two by the end of a frame: the reader does the same.</summary>
    private Span<byte> Take(int length)
    {
        if (_used + length > Frame.HeaderBytes + Frame.MaxPayloadBytes)
            Emit(isLast: false);
        var room = Room(length);
        _used += length;
        return room[..length];
    }

    private Span<byte> Room(int length)
    {
        if (_used + length > _frame.Length)
            Array.Resize(ref _frame, Math.Min(Frame.HeaderBytes + Frame.MaxPayloadBytes, Math.Max(_frame.Length * 4, _used + length)));
        return _frame.AsSpan(_used);
    }

    private void Emit(bool isLast)
    {
        var frame = _frame.AsSpan(0, _used);
        Frame.Seal(frame, file.Length, _start, isLast);
        _used = Frame.HeaderBytes;
        file.Write(frame);
    }
}
