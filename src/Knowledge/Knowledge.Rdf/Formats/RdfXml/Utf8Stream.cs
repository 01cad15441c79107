using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>An XML document up to its first byte that is no UTF-8, and nothing of one whose XML declaration is not ASCII. A document that begins as one of another encoding passes as it is.</summary>
/// <remarks>
/// The platform's reader reports such a byte as soon as it reads ahead to it, so that what it gave before hangs on how the bytes come in. Behind this stream it meets an early end instead, after all
/// that comes before, wherever the pieces begin.
/// </remarks>
internal sealed class Utf8Stream(Stream source) : Stream
{
    private const int BufferBytes = 4096;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _at;
    private int _whole; // the end of the characters that are there as a whole
    private int _filled;
    private bool _isOpen = true;
    private bool? _isOther;
    private long _line = 1;
    private long _column = 1;

    /// <summary>What ended the document before its end, with line and column from 1; null where nothing did.</summary>
    public (string Problem, long Line, long Column)? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_at == _whole && _isOpen)
            Fill();
        var bytes = _buffer.AsSpan(_at, Math.Min(buffer.Length, _whole - _at));
        bytes.CopyTo(buffer);
        _at += bytes.Length;
        return bytes.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fill()
    {
        _buffer.AsSpan(_whole, _filled - _whole).CopyTo(_buffer);
        (_filled, _at, _whole) = (_filled - _whole, 0, 0);
        do
        {
            var read = source.Read(_buffer.AsSpan(_filled));
            _filled += read;
            _isOpen = read > 0;
        }
        while (_isOther is null && _isOpen && _filled < BufferBytes && !XmlEncoding.IsKnown(_buffer.AsSpan(0, _filled)));
        if (_isOther is null && XmlEncoding.IsBroken(_buffer.AsSpan(0, _filled)))
        {
            (Failure, _isOpen) = ((XmlEncoding.BrokenDeclaration, 1, 1), false);
            return;
        }

        _isOther ??= XmlEncoding.IsOtherThanUtf8(_buffer.AsSpan(0, _filled));
        if (_isOther.Value)
        {
            _whole = _filled;
            return;
        }

        var status = OperationStatus.Done;
        while (_whole < _filled && status == OperationStatus.Done)
        {
            status = Rune.DecodeFromUtf8(_buffer.AsSpan(_whole, _filled - _whole), out var rune, out var bytes);
            if (status != OperationStatus.Done)
                break;
            _whole += bytes;
            (_line, _column) = rune.Value == '\n' ? (_line + 1, 1) : (_line, _column + rune.Utf16SequenceLength);
        }

        if (status == OperationStatus.InvalidData || (status == OperationStatus.NeedMoreData && !_isOpen))
            (Failure, _isOpen) = (("A byte is no UTF-8. Save the document as UTF-8, or declare its encoding.", _line, _column), false);
    }
}

/// <summary>Which encoding a document of XML says that it has.</summary>
/// <remarks>Source: Extensible Markup Language (XML) 1.0, fifth edition, 4.3.3 and appendix F.</remarks>
internal static class XmlEncoding
{
    /// <summary>What is wrong with a declaration that <see cref="IsBroken"/>.</summary>
    public const string BrokenDeclaration = "The XML declaration cannot be read; one like <?xml version=\"1.0\" encoding=\"utf-8\"?> is needed.";

    private const int MarkBytes = 4;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Declaration => "<?xml"u8;

    /// <summary>Whether a beginning is long enough to tell.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> start)
    {
        if (start.Length < MarkBytes)
            return false;
        var text = start.StartsWith(Utf8Mark) ? start[Utf8Mark.Length..] : start;
        return text.Length < Declaration.Length ? !Declaration.StartsWith(text) : !text.StartsWith(Declaration) || text.IndexOf("?>"u8) >= 0;
    }

    /// <summary>Whether an XML declaration has other characters than those of ASCII, which none may: of these the platform's reader makes what hangs on how the bytes come in.</summary>
    public static bool IsBroken(ReadOnlySpan<byte> start)
    {
        var text = start.StartsWith(Utf8Mark) ? start[Utf8Mark.Length..] : start;
        return text.StartsWith(Declaration) && text.IndexOf("?>"u8) is > 0 and var end && !Ascii.IsValid(text[..end]);
    }

    /// <summary>Whether a document has a byte order mark of another encoding, or declares one.</summary>
    public static bool IsOtherThanUtf8(ReadOnlySpan<byte> start)
    {
        if (start is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..] or [0, ..] or [_, 0, ..])
            return true;
        if (start.StartsWith(Utf8Mark))
            return false;
        if (!start.StartsWith(Declaration) || start.IndexOf("?>"u8) is not (> 0 and var end))
            return false;
        var declaration = Encoding.Latin1.GetString(start[..end]);
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        return at >= 0 && declaration[at..].Split('"', '\'') is [_, var name, ..] && !name.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
