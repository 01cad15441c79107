using System.Buffers;

namespace Hub.Abstractions;

/// <summary>Payloads that a payload names: quoted strings of 64 lower-case hexadecimal digits in its JSON.</summary>
/// <remarks>Text that happens to look so names a payload that does not exist; callers pass over those.</remarks>
internal static class PayloadNames
{
    private const int Digits = 64;

    private static readonly SearchValues<byte> s_hexadecimal = SearchValues.Create("0123456789abcdef"u8);

    public static List<string> In(ReadOnlySpan<byte> content)
    {
        List<string> names = [];
        for (var rest = content; rest.IndexOf((byte)'"') is >= 0 and var quote;)
        {
            rest = rest[(quote + 1)..];
            if (rest.Length > Digits && rest[Digits] == (byte)'"' && rest[..Digits].IndexOfAnyExcept(s_hexadecimal) < 0)
                names.Add(System.Text.Encoding.ASCII.GetString(rest[..Digits]));
        }

        return names;
    }
}
