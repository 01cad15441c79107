using System.Globalization;
using System.Text;

namespace Knowledge.Sparql;

/// <summary>Words of a text: runs of letters, marks and digits, in lower case and composed (NFC). No word is left out and none is shortened to its stem.</summary>
internal static class TextTokens
{
    /// <summary>The words, in order.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in (text.IsNormalized() ? text : text.Normalize()).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                word.Append(Rune.ToLowerInvariant(rune));
                continue;
            }

            if (word.Length > 0)
                yield return word.ToString();
            word.Clear();
        }

        if (word.Length > 0)
            yield return word.ToString();
    }
}
