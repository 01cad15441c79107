namespace Knowledge.Rdf;

/// <summary>A piece of a text that moves over it as it is read: all of it at once where it lies in memory, a buffer's content where it comes from a stream.</summary>
internal ref struct Utf8Window
{
    private const int FirstBuffer = 1 << 16;

    private readonly Stream? _stream;
    private readonly int _maxTokenBytes;
    private byte[] _buffer = [];
    private TextPosition _start = new();

    /// <summary>A window on a whole text.</summary>
    public Utf8Window(ReadOnlySpan<byte> text, int maxTokenBytes)
    {
        Text = text;
        _maxTokenBytes = maxTokenBytes;
        At = text.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    /// <summary>A window on a stream, which is read to its end and left open.</summary>
    public Utf8Window(Stream stream, int maxTokenBytes)
    {
        _stream = stream;
        _maxTokenBytes = maxTokenBytes;
        if (Has(3) && Text.StartsWith("\uFEFF"u8))
            At = 3;
    }

    /// <summary>What can be seen now.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Where the reader is in <see cref="Text"/>.</summary>
    public int At;

    /// <summary>What can be seen from here on.</summary>
    public readonly ReadOnlySpan<byte> Rest => Text[At..];

    /// <summary>The byte at a distance from here; 0 behind the end.</summary>
    public byte Peek(int distance = 0) => At + distance < Text.Length || Has(distance + 1) ? Text[At + distance] : (byte)0;

    /// <summary>Whether nothing follows.</summary>
    public bool IsAtEnd => At >= Text.Length && !Has(1);

    /// <summary>Sees to it that a number of bytes can be seen from here; false where the text ends before.</summary>
    public bool Has(int count)
    {
        while (Text.Length - At < count)
            if (!More())
                return false;
        return true;
    }

    /// <summary>Reads on, so that at least one more byte can be seen; what lies before <see cref="At"/> may vanish, and <see cref="At"/> with it becomes smaller.</summary>
    /// <returns>False at the end.</returns>
    public bool More()
    {
        if (_stream is null)
            return false;
        var kept = Text.Length - At;
        CheckToken(kept);
        _start.Advance(Text[..At]);
        if (_buffer.Length - kept < _buffer.Length / 2 || _buffer.Length == 0)
        {
            var larger = new byte[Math.Max(FirstBuffer, 2 * _buffer.Length)];
            Rest.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            Rest.CopyTo(_buffer);
        }

        var read = _stream.Read(_buffer, kept, _buffer.Length - kept);
        Text = _buffer.AsSpan(0, kept + read);
        At = 0;
        return read > 0;
    }

    /// <summary>Checks a token's length.</summary>
    /// <param name="length">Bytes of the token, so far.</param>
    /// <exception cref="RdfSyntaxException">It is longer than the limit.</exception>
    public readonly void CheckToken(int length)
    {
        if (length > _maxTokenBytes)
            throw Failed($"a token has more than {_maxTokenBytes} bytes; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxTokenBytes)} sets that limit");
    }

    /// <summary>An error at a place.</summary>
    /// <param name="problem">What was found and what was needed, without a full stop.</param>
    /// <param name="distance">How far the place lies behind <see cref="At"/>.</param>
    public readonly RdfSyntaxException Failed(string problem, int distance = 0)
    {
        var place = _start;
        place.Advance(Text[..Math.Min(At + distance, Text.Length)]);
        return new RdfSyntaxException($"{char.ToUpperInvariant(problem[0])}{problem[1..]}.", place.Line, place.Column);
    }
}
