using System.Text;

namespace Backends.Serving.Tokenization;

/// <summary>Turns tokens into text one at a time and holds back bytes that do not yet make a whole character.</summary>
/// <remarks>
/// Thread safety: none; one decoder belongs to one reply. The pieces, concatenated with <see cref="Flush"/>, equal <see
/// cref="EngineTokenizer.Decode"/>.
/// </remarks>
public sealed class TextDecoder
{
    private readonly EngineTokenizer _tokenizer;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    internal TextDecoder(EngineTokenizer tokenizer) => _tokenizer = tokenizer;

    /// <summary>Adds one token.</summary>
    /// <param name="id">A token id in [0, vocabulary size).</param>
    /// <returns>The characters that are complete now; often none or several.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not of the vocabulary.</exception>
    public string Push(int id) => Convert(_tokenizer.BytesOf(id).Span, isLast: false);

    /// <summary>Ends the text.</summary>
    /// <returns>U+FFFD where bytes of an unfinished character were held back, otherwise nothing.</returns>
    public string Flush() => Convert([], isLast: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var count = _utf8.GetCharCount(bytes, isLast);
        if (count == 0)
        {
            _utf8.GetChars(bytes, [], isLast);
            return "";
        }
        var chars = new char[count];
        _utf8.GetChars(bytes, chars, isLast);
        return new string(chars);
    }
}
