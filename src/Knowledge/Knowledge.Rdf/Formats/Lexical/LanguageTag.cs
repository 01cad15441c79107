using System.Buffers;

namespace Knowledge.Rdf;

/// <summary>Language tags with their base direction, as they stand behind the <c>@</c> of a literal.</summary>
/// <remarks>Source: RDF 1.2 N-Triples, terminal LANG_DIR; BCP 47 (RFC 5646), section 2.1, for the length of subtags.</remarks>
internal static class LanguageTag
{
    private const int MaxSubtag = 8;
    private static readonly SearchValues<byte> s_characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    /// <summary>Length of the longest beginning that consists of a tag's characters.</summary>
    public static int Run(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(s_characters) is >= 0 and var stop ? stop : text.Length;

    /// <summary>What is wrong with a tag of any characters that has no direction, or null.</summary>
    public static string? PlainProblem(ReadOnlySpan<byte> tag) =>
        Run(tag) < tag.Length ? "it consists of ASCII letters, digits and '-'" : tag.IndexOf("--"u8) >= 0 ? "two dashes stand together" : Problem(tag);

    /// <summary>What is wrong with a tag and its direction, or null.</summary>
    /// <param name="tag">What stands behind the <c>@</c>: characters of <see cref="Run"/> alone.</param>
    public static string? Problem(ReadOnlySpan<byte> tag)
    {
        var dashes = tag.IndexOf("--"u8);
        if (dashes >= 0)
        {
            var direction = tag[(dashes + 2)..];
            if (!direction.SequenceEqual("ltr"u8) && !direction.SequenceEqual("rtl"u8))
                return "a base direction is either 'ltr' or 'rtl', in lower case";
            tag = tag[..dashes];
        }

        var isFirst = true;
        while (true)
        {
            var end = tag.IndexOf((byte)'-');
            var subtag = end < 0 ? tag : tag[..end];
            if (subtag.IsEmpty || subtag.Length > MaxSubtag)
                return $"the subtags of a language tag have 1 to {MaxSubtag} characters";
            if (isFirst && subtag.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
                return "a language tag begins with letters";
            if (end < 0)
                return null;
            isFirst = false;
            tag = tag[(end + 1)..];
        }
    }

    /// <summary>Whether the tag has capitals and so is not in canonical form.</summary>
    public static bool HasCapitals(ReadOnlySpan<byte> tag) => tag.IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0;

    /// <summary>Pushes a tag in lower case.</summary>
    public static void Append(ReadOnlySpan<byte> tag, TermStack terms)
    {
        foreach (var c in tag)
            terms.Append(c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20) : c);
    }
}
