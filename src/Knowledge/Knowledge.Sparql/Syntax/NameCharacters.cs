using System.Text;

namespace Knowledge.Sparql;

/// <summary>Classes of characters in names. Source: SPARQL 1.2, productions [164] PN_CHARS_BASE to [174] PN_LOCAL_ESC.</summary>
internal static class NameCharacters
{
    private static readonly (int From, int To)[] s_base =
    [
        (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF),
        (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
    ];

    /// <summary>PN_CHARS_BASE first, PN_CHARS after.</summary>
    public static bool IsName(string text, int at, bool first, out int width)
    {
        width = 1;
        var c = text[at];
        if (c < 0x80)
            return char.IsAsciiLetter(c) || (!first && (char.IsAsciiDigit(c) || c is '_' or '-'));
        if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out width) != System.Buffers.OperationStatus.Done)
            return false;
        return IsBase(rune.Value) || (!first && IsExtra(rune.Value));
    }

    /// <summary>VARNAME: letters, digits and underscores, digits first allowed.</summary>
    public static bool IsVariable(string text, int at, bool first, out int width)
    {
        width = 1;
        var c = text[at];
        if (c < 0x80)
            return char.IsAsciiLetterOrDigit(c) || c == '_';
        if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out width) != System.Buffers.OperationStatus.Done)
            return false;
        return IsBase(rune.Value) || (!first && IsExtra(rune.Value));
    }

    /// <summary>PN_LOCAL without dots, colons and escapes, which also is a blank node label.</summary>
    public static bool IsLocal(string text, int at, bool first) => text[at] == '_' || char.IsAsciiDigit(text[at]) || IsName(text, at, first, out _);

    /// <summary>PN_LOCAL_ESC, after its backslash.</summary>
    public static bool IsEscapable(char c) => "_~.-!$&'()*+,;=/?#@%".Contains(c, StringComparison.Ordinal);

    private static bool IsExtra(int c) => c == 0xB7 || c is >= 0x300 and <= 0x36F || c is >= 0x203F and <= 0x2040;

    private static bool IsBase(int c)
    {
        foreach (var (from, to) in s_base)
            if (c >= from && c <= to)
                return true;
        return false;
    }
}
