namespace Knowledge.Rdf;

/// <summary>A line and a column, counted over text that comes in pieces. LF, CR and CR LF end lines.</summary>
internal struct TextPosition()
{
    private bool _isAfterReturn;

    /// <summary>Line, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Column in characters, from 1.</summary>
    public long Column { get; private set; } = 1;

    /// <summary>Goes over a piece of text.</summary>
    public void Advance(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return;
        if (_isAfterReturn && text[0] == (byte)'\n')
            text = text[1..];
        _isAfterReturn = !text.IsEmpty && text[^1] == (byte)'\r';
        while (text.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var at)
        {
            Line++;
            Column = 1;
            text = text[(at + (text[at] == (byte)'\r' && at + 1 < text.Length && text[at + 1] == (byte)'\n' ? 2 : 1))..];
        }

        Column += Characters(text);
    }

    /// <summary>Number of characters in UTF-8: bytes that begin one.</summary>
    public static int Characters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var value in text)
            count += (value & 0xC0) != 0x80 ? 1 : 0;
        return count;
    }
}
