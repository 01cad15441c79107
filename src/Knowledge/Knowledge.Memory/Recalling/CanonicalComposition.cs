using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Knowledge.Memory;

/// <summary>Puts letters and the marks after them into one character, so that a name that was typed in another way is the same name.</summary>
/// <remarks>
/// The product runs without the platform's culture data, where <see cref="string.Normalize()"/> leaves text as it is. Source: The Unicode Standard, section 3.11, and 3.12 for Hangul.
/// Deviations: what lies beyond the Basic Multilingual Plane, and characters that are another one (the Ångström sign, compatibility ideographs) or that composition excludes, stay as they are.
/// </remarks>
internal static class CanonicalComposition
{
    private const char FirstMark = '\u0300';
    private const char Syllables = '\uAC00', Leads = '\u1100', Vowels = '\u1161', BeforeTails = '\u11A7';
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;

    private static readonly FrozenDictionary<(char Letter, char Mark), char> s_compositions =
        CompositionData.Pairs.SelectMany(t => t.Letters.Select((letter, i) => KeyValuePair.Create((letter, t.Mark), t.Composed[i]))).ToFrozenDictionary();

    private static readonly FrozenDictionary<char, (char Letter, char Mark)> s_decompositions = s_compositions.ToFrozenDictionary(c => c.Value, c => c.Key);

    private static readonly FrozenDictionary<char, byte> s_classes = CompositionData.Classes.Split(' ').SelectMany(Class).ToFrozenDictionary();

    /// <summary>A text with letters and their marks composed.</summary>
    /// <param name="text">Any text.</param>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstMark, char.MaxValue))
            return text;
        var letters = new List<char>(text.Length + 8);
        foreach (var c in text)
            Decompose(c, letters);
        Order(letters);
        return Composed(letters);
    }

    private static void Decompose(char c, List<char> letters)
    {
        if (s_decompositions.TryGetValue(c, out var parts))
        {
            Decompose(parts.Letter, letters); // a few deep: a letter has at most three marks
            letters.Add(parts.Mark);
        }
        else
        {
            letters.Add(c);
        }
    }

    /// <summary>Puts marks that follow each other into the order of their classes; those of one class keep theirs.</summary>
    private static void Order(List<char> letters)
    {
        for (var i = 1; i < letters.Count; i++)
        {
            var (mark, own) = (letters[i], ClassOf(letters[i]));
            var to = i;
            for (; own > 0 && to > 0 && ClassOf(letters[to - 1]) > own; to--)
                letters[to] = letters[to - 1];
            letters[to] = mark;
        }
    }

    private static string Composed(List<char> letters)
    {
        var composed = new StringBuilder(letters.Count);
        var (starter, last) = (-1, 0);
        foreach (var c in letters)
        {
            var own = ClassOf(c);
            // A mark is blocked from the letter by one of its class or a letter between them.
            var isNext = starter == composed.Length - 1;
            if (starter >= 0 && (isNext || (last > 0 && last < own)) && Together(composed[starter], c) is var one and not '\0')
            {
                composed[starter] = one;
                continue;
            }

            if (own == 0)
                starter = composed.Length;
            last = own;
            composed.Append(c);
        }

        return composed.ToString();
    }

    private static char Together(char first, char second)
    {
        if (first is >= Leads and < (char)(Leads + LeadCount) && second is >= Vowels and < (char)(Vowels + VowelCount))
            return (char)(Syllables + ((((first - Leads) * VowelCount) + second - Vowels) * TailCount));
        var isWithoutTail = first is >= Syllables and < (char)(Syllables + (LeadCount * VowelCount * TailCount)) && (first - Syllables) % TailCount == 0;
        if (isWithoutTail && second is > BeforeTails and < (char)(BeforeTails + TailCount))
            return (char)(first + second - BeforeTails);
        return s_compositions.GetValueOrDefault((first, second));
    }

    private static byte ClassOf(char c) => c < FirstMark ? (byte)0 : s_classes.GetValueOrDefault(c);

    private static IEnumerable<KeyValuePair<char, byte>> Class(string item)
    {
        var (range, number) = item.Split(':') is [var r, var n] ? (r.Split('-'), byte.Parse(n, CultureInfo.InvariantCulture)) : throw new FormatException(item);
        var (first, last) = (int.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), int.Parse(range[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return Enumerable.Range(first, last - first + 1).Select(c => KeyValuePair.Create((char)c, number));
    }
}
