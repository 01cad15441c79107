using System.Text;

namespace Backends.Serving.Tokenization;

/// <summary>The 256 printable characters that stand for bytes in a byte-level vocabulary.</summary>
/// <remarks>
/// Source: GPT-2 (Radford et al. 2019), <c>bytes_to_unicode</c> of its encoder: printable Latin-1 bytes stand for themselves, the others for
/// U+0100 onwards in order.
/// </remarks>
internal static class ByteAlphabet
{
    private static readonly char[] s_toChar = BuildToChar();
    private static readonly Dictionary<char, byte> s_toByte = s_toChar.Select((c, b) => (c, b)).ToDictionary(x => x.c, x => (byte)x.b);

    public static char ToChar(byte value) => s_toChar[value];

    public static string ToAlphabet(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes) text.Append(s_toChar[b]);
        return text.ToString();
    }

    /// <summary>Bytes of a token's text, or null where a character is not of the alphabet.</summary>
    public static byte[]? ToBytes(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
            if (!s_toByte.TryGetValue(token[i], out bytes[i])) return null;
        return bytes;
    }

    private static char[] BuildToChar()
    {
        var toChar = new char[256];
        var next = 256;
        for (var b = 0; b < 256; b++)
        {
            var stands = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            toChar[b] = stands ? (char)b : (char)next++;
        }
        return toChar;
    }
}
