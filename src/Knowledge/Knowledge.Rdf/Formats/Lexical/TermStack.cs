using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>Where a term lies on a <see cref="TermStack"/>.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Number of bytes; none for "no term", the default graph.</param>
internal readonly record struct TermSlice(int Start, int Length);

/// <summary>Canonical texts of the terms that a reader has in hand, end to end in one array: pushed as they are read, cut off when their triple is out.</summary>
internal sealed class TermStack : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[2048];

    /// <summary>Number of bytes on the stack.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes of a term; they stay as they are until the stack is cut below them.</summary>
    public ReadOnlySpan<byte> this[TermSlice slice] => _bytes.AsSpan(slice.Start, slice.Length);

    /// <summary>The bytes from a mark to the top; what they hold may be overwritten in place.</summary>
    public Span<byte> From(int mark) => _bytes.AsSpan(mark, Length - mark);

    /// <summary>The term from a mark to the top.</summary>
    public TermSlice Since(int mark) => new(mark, Length - mark);

    /// <summary>Drops everything above a mark.</summary>
    public void Cut(int mark) => Length = mark;

    /// <summary>Moves a term down to a mark and drops everything else above the mark.</summary>
    public TermSlice Keep(TermSlice slice, int mark)
    {
        _bytes.AsSpan(slice.Start, slice.Length).CopyTo(_bytes.AsSpan(mark));
        Length = mark + slice.Length;
        return new TermSlice(mark, slice.Length);
    }

    /// <summary>Pushes bytes.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(GetSpan(text.Length));
        Length += text.Length;
    }

    /// <summary>Pushes bytes that lie on this stack.</summary>
    public void Append(TermSlice slice)
    {
        GetSpan(slice.Length);
        Append(this[slice]);
    }

    /// <summary>Pushes one byte.</summary>
    public void Append(byte value)
    {
        if (Length == _bytes.Length)
            GetSpan(1);
        _bytes[Length++] = value;
    }

    /// <summary>Pushes a character of an IRI or a name, as itself.</summary>
    public void Append(Rune character) => Length += character.EncodeToUtf8(GetSpan(4));

    /// <summary>Pushes a character of a literal, escaped as canonical N-Triples asks for.</summary>
    public void AppendEscaped(Rune character)
    {
        Span<char> utf16 = stackalloc char[2];
        TermText.WriteEscaped(utf16[..character.EncodeToUtf16(utf16)], this);
    }

    /// <summary>Pushes a triple term of three terms on this stack.</summary>
    public TermSlice AppendTriple(TermSlice subject, TermSlice predicate, TermSlice @object)
    {
        var mark = Length;
        Append("<<( "u8);
        Append(subject);
        Append((byte)' ');
        Append(predicate);
        Append((byte)' ');
        Append(@object);
        Append(" )>>"u8);
        return Since(mark);
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(needed, 2 * _bytes.Length));
        return _bytes.AsSpan(Length);
    }
}
