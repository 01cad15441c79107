using System.Buffers;

namespace Backends.Serving.Tokenization;

/// <summary>Cuts text at added tokens: leftmost first, and the longest where several start at one place.</summary>
/// <remarks>Cost: one vectorised scan for possible first characters, then one comparison per added token with that character.</remarks>
internal sealed class AddedTokenSplitter
{
    private readonly SearchValues<char> _firstChars;
    private readonly Dictionary<char, (string Content, int Id)[]> _byFirstChar;

    public AddedTokenSplitter(IEnumerable<KeyValuePair<int, AddedToken>> tokens)
    {
        _byFirstChar = tokens
            .GroupBy(t => t.Value.Content[0])
            .ToDictionary(
                g => g.Key,
                g => g.Select(t => (t.Value.Content, t.Key)).OrderByDescending(t => t.Content.Length).ThenBy(t => t.Key).ToArray());
        _firstChars = SearchValues.Create([.. _byFirstChar.Keys]);
    }

    /// <summary>Finds the next added token at or after <paramref name="from"/>.</summary>
    /// <returns>Its place, length and id; length 0 and the end of the text where there is none.</returns>
    public (int Start, int Length, int Id) Next(string text, int from)
    {
        while (from < text.Length)
        {
            var offset = text.AsSpan(from).IndexOfAny(_firstChars);
            if (offset < 0) break;
            from += offset;
            foreach (var (content, id) in _byFirstChar[text[from]])
                if (string.CompareOrdinal(text, from, content, 0, content.Length) == 0) return (from, content.Length, id);
            from++;
        }
        return (text.Length, 0, -1);
    }
}
