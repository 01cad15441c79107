using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Knowledge.Rdf;

/// <summary>Backslash escapes of strings and IRIs.</summary>
/// <remarks>Source: RDF 1.2 Turtle, section 6.4: ECHAR and UCHAR.</remarks>
internal static class Escapes
{
    /// <summary>First two of the three bytes of U+FFFE and U+FFFF, and of 62 others.</summary>
    private static ReadOnlySpan<byte> NonCharacterStart => [0xEF, 0xBF];

    /// <summary>Number of hexadecimal digits behind the letter of a UCHAR; 0 for other letters.</summary>
    public static int Digits(byte letter) => letter switch
    {
        (byte)'u' => 4,
        (byte)'U' => 8,
        _ => 0,
    };

    /// <summary>The character that an ECHAR stands for; 0 where the letter makes none.</summary>
    public static byte Simple(byte letter) => letter switch
    {
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'f' => (byte)'\f',
        (byte)'"' or (byte)'\'' or (byte)'\\' => letter,
        _ => 0,
    };

    /// <summary>The character that the digits of a UCHAR stand for; false where they are no number of a character (surrogates are none).</summary>
    public static bool TryUnicode(ReadOnlySpan<byte> digits, out Rune character)
    {
        character = default;
        foreach (var digit in digits)
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && Rune.TryCreate(number, out character);
    }

    /// <summary>Checks the characters of a literal that lie on the stack as they were written, and escapes those beyond ASCII that canonical N-Triples escapes.</summary>
    /// <param name="terms">The stack.</param>
    /// <param name="mark">Where the characters begin; they go to the top.</param>
    /// <returns>False where they are not UTF-8.</returns>
    public static bool Finish(TermStack terms, int mark)
    {
        var text = terms.From(mark);
        if (!Utf8.IsValid(text))
            return false;
        if (IndexOfNonCharacter(text) is >= 0 and var first)
        {
            var rest = Encoding.UTF8.GetString(text[first..]);
            terms.Cut(mark + first);
            terms.Append(Encoding.UTF8.GetBytes(rest.Replace("\uFFFE", "\\uFFFE", StringComparison.Ordinal).Replace("\uFFFF", "\\uFFFF", StringComparison.Ordinal)));
        }

        return true;
    }

    /// <summary>Where U+FFFE or U+FFFF, the two characters beyond ASCII that canonical N-Triples escapes, first stands; -1 where neither does.</summary>
    public static int IndexOfNonCharacter(ReadOnlySpan<byte> text)
    {
        for (var from = 0; text[from..].IndexOf(NonCharacterStart) is >= 0 and var at; from += at + 2)
            if (from + at + 2 < text.Length && text[from + at + 2] >= 0xBE)
                return from + at;
        return -1;
    }
}
