using System.Buffers;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>Characters of prefixes, local names and blank node labels.</summary>
/// <remarks>Source: RDF 1.2 Turtle, section 6.5, terminals PN_CHARS_BASE, PN_CHARS_U and PN_CHARS; they are SPARQL's too.</remarks>
internal static class NameSyntax
{
    private static readonly SearchValues<byte> s_ascii = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>Length of the longest beginning that consists of ASCII of PN_CHARS.</summary>
    public static int AsciiRun(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(s_ascii) is >= 0 and var stop ? stop : text.Length;

    /// <summary>PN_CHARS_BASE.</summary>
    public static bool IsBase(int c) => c < 0x80 ? char.IsAsciiLetter((char)c) : c is (>= 0xC0 and <= 0x2FF and not 0xD7 and not 0xF7) or (>= 0x370 and <= 0x1FFF and not 0x37E)
        or 0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF) or (>= 0x3001 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD)
        or (>= 0x10000 and <= 0xEFFFF);

    /// <summary>PN_CHARS.</summary>
    public static bool IsName(int c) => IsBase(c) || c is '_' or '-' or (>= '0' and <= '9') or 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040;

    /// <summary>Whether a text can be a prefix: PN_PREFIX, or nothing.</summary>
    public static bool IsPrefix(string text)
    {
        var isFirst = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (isFirst ? !IsBase(rune.Value) : !IsName(rune.Value) && rune.Value != '.')
                return false;
            isFirst = false;
        }

        return !text.EndsWith('.');
    }

    /// <summary>The character at the beginning of a text and its length in bytes; false at the end and where no UTF-8 stands.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, out int character, out int length)
    {
        var isDecoded = Rune.DecodeFromUtf8(text, out var rune, out length) == OperationStatus.Done;
        character = isDecoded ? rune.Value : -1;
        return isDecoded;
    }
}
