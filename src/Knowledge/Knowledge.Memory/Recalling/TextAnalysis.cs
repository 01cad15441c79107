using System.Collections.Frozen;
using System.Globalization;

namespace Knowledge.Memory;

/// <summary>Text to the words that an index keeps.</summary>
internal static class TextAnalysis
{
    // Words that say nothing about what a text is about: English, as in the lists of Lucene and of Fox 1989, with what apostrophes leave behind.
    private static readonly FrozenSet<string> s_stopWords = ("a an and are as at be been but by did do does for from had has have he her his how i if in into is it its me my of on or our she so than that the " +
        "their them then there they this to was we were what when where which who whom whose why will with would you your about s t m re ve ll d").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words in lower case, with marks composed, without punctuation.</summary>
    public static List<string> Words(string text)
    {
        List<string> words = [];
        var normal = CanonicalComposition.Compose(text);
        var start = -1;
        for (var i = 0; i <= normal.Length; i++)
        {
            var isWord = i < normal.Length && (char.IsLetterOrDigit(normal[i]) || (start >= 0 && IsMark(normal[i])));
            if (isWord && start < 0)
                start = i;
            if (isWord || start < 0)
                continue;
            words.Add(normal[start..i].ToLowerInvariant());
            start = -1;
        }

        return words;
    }

    /// <summary>Stems of the words that are not stop words.</summary>
    public static List<string> Stems(string text) => [.. Words(text).Where(w => !s_stopWords.Contains(w)).Select(PorterStemmer.Stem)];

    private static bool IsMark(char c) => c > 127 && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether a word says nothing about what a text is about.</summary>
    public static bool IsStopWord(string word) => s_stopWords.Contains(word);
}
