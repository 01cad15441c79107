using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Backends.Serving.Tokenization;

/// <summary>Cuts text into the matches of a pattern and what lies between them, so that no character is lost.</summary>
internal sealed class IsolatedSplit(Regex pattern) : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        var pieces = new List<(int Offset, int Length)>();
        var at = 0;
        foreach (var match in pattern.EnumerateMatches(text))
        {
            if (match.Length == 0) continue;
            if (match.Index > at) pieces.Add((at, match.Index - at));
            pieces.Add((match.Index, match.Length));
            at = match.Index + match.Length;
        }
        if (at < text.Length) pieces.Add((at, text.Length - at));
        return pieces;
    }
}
