using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Knowledge.Rdf;

/// <summary>The grammar of absolute IRIs, with one method for each production that has a choice.</summary>
/// <remarks>Source: RFC 3987, section 2.2, with RFC 3986, appendix A, for what it takes from there. Deviation: U+FFF0 to U+FFFD may stand where <c>ucschar</c> may,
/// as names in Turtle can hold them and make IRIs.</remarks>
internal static class IriSyntax
{
    /// <summary>ASCII that may stand anywhere behind the authority: unreserved, sub-delims and <c>: @ / ?</c>.</summary>
    private static readonly SearchValues<byte> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?"u8);
    private static readonly SearchValues<byte> s_scheme = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-."u8);
    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<byte> s_ipv6 = SearchValues.Create("0123456789abcdefABCDEF:."u8);
    private static readonly SearchValues<byte> s_hostStops = SearchValues.Create("/?#:@"u8);

    /// <summary>Takes an IRI in its plainest form, which most have: <c>http</c> or <c>https</c>, a host without port or user, ASCII without escapes and percent signs.</summary>
    /// <param name="text">What follows the opening angle bracket.</param>
    /// <returns>Where the closing angle bracket stands; -1 where the IRI must be looked at with <see cref="Problem"/>, or has no end here.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TakePlain(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(s_plain);
        if (end < 0)
            return -1;
        if (text[end] == (byte)'#')
        {
            var fragment = text[(end + 1)..].IndexOfAnyExcept(s_plain);
            end = fragment < 0 ? text.Length : end + 1 + fragment;
        }

        return end < text.Length && text[end] == (byte)'>' && BeginsPlainly(text[..end]) ? end : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool BeginsPlainly(ReadOnlySpan<byte> iri)
    {
        var from = iri.StartsWith("http://"u8) ? 7 : iri.StartsWith("https://"u8) ? 8 : -1;
        if (from < 0)
            return false;
        var host = iri[from..];
        var stop = host.IndexOfAny(s_hostStops);
        return stop < 0 || host[stop] is (byte)'/' or (byte)'?' or (byte)'#';
    }

    /// <summary>Whether a reference begins with a scheme, so that no base is needed.</summary>
    public static bool HasScheme(ReadOnlySpan<byte> reference) => SchemeLength(reference) > 0;

    /// <summary>What is wrong with an IRI, or null.</summary>
    /// <param name="iri">The IRI in UTF-8, without brackets and escapes.</param>
    public static string? Problem(ReadOnlySpan<byte> iri)
    {
        if (!Utf8.IsValid(iri))
            return "the IRI is not valid UTF-8";
        var scheme = SchemeLength(iri);
        if (scheme <= 0)
            return $"the IRI <{Shown(iri)}> has no scheme, and no base IRI is known that would make it absolute";
        var rest = iri[(scheme + 1)..];
        if (rest.StartsWith("//"u8))
        {
            rest = rest[2..];
            var length = rest.IndexOfAny("/?#"u8);
            var authority = length < 0 ? rest : rest[..length];
            if (Authority(authority) is { } wrong)
                return $"{wrong} in the authority of the IRI <{Shown(iri)}>";
            rest = rest[authority.Length..];
        }

        return PathQueryFragment(rest) is { } found ? $"{found} in the IRI <{Shown(iri)}>" : null;
    }

    /// <summary><c>scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )</c>, up to its colon.</summary>
    /// <returns>Its length; 0 or less where there is none.</returns>
    public static int SchemeLength(ReadOnlySpan<byte> iri)
    {
        var length = iri.IndexOfAnyExcept(s_scheme);
        return length > 0 && iri[length] == (byte)':' && char.IsAsciiLetter((char)iri[0]) ? length : -1;
    }

    /// <summary><c>iauthority = [ iuserinfo "@" ] ihost [ ":" port ]</c>.</summary>
    private static string? Authority(ReadOnlySpan<byte> authority)
    {
        var user = authority.IndexOf((byte)'@');
        if (user >= 0 && Characters(authority[..user], ":"u8, iprivate: false) is { } inUser)
            return inUser;
        var host = authority[(user + 1)..];
        if (!host.IsEmpty && host[0] == (byte)'[')
        {
            var close = host.IndexOf((byte)']');
            if (close < 0 || !IsIPLiteral(host[1..close]))
                return "no IP literal stands between brackets";
            return close + 1 == host.Length ? null : host[close + 1] == (byte)':' ? Port(host[(close + 2)..]) : "something follows the IP literal";
        }

        var colon = host.IndexOf((byte)':');
        if (colon < 0)
            return Characters(host, default, iprivate: false);
        return Characters(host[..colon], default, iprivate: false) ?? Port(host[(colon + 1)..]);
    }

    /// <summary><c>port = *DIGIT</c>.</summary>
    private static string? Port(ReadOnlySpan<byte> port) =>
        port.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? null : $"the port '{Shown(port)}' is no number";

    /// <summary><c>IP-literal = "[" ( IPv6address / IPvFuture ) "]"</c>.</summary>
    private static bool IsIPLiteral(ReadOnlySpan<byte> address)
    {
        if (address.IsEmpty || address[0] is not ((byte)'v' or (byte)'V'))
            return address.IndexOfAnyExcept(s_ipv6) < 0 && System.Net.IPAddress.TryParse(Encoding.ASCII.GetString(address), out _);
        var dot = address.IndexOf((byte)'.');
        return dot > 1 && dot + 1 < address.Length && address[1..dot].IndexOfAnyExcept(s_hex) < 0
            && address[(dot + 1)..].IndexOfAnyExcept(s_plain) < 0 && address[(dot + 1)..].IndexOfAny("@/?"u8) < 0;
    }

    /// <summary><c>ipath [ "?" iquery ] [ "#" ifragment ]</c>.</summary>
    private static string? PathQueryFragment(ReadOnlySpan<byte> text)
    {
        var hash = text.IndexOf((byte)'#');
        if (hash >= 0 && Characters(text[(hash + 1)..], ":@/?"u8, iprivate: false) is { } inFragment)
            return inFragment;
        var before = hash < 0 ? text : text[..hash];
        var mark = before.IndexOf((byte)'?');
        if (mark >= 0 && Characters(before[(mark + 1)..], ":@/?"u8, iprivate: true) is { } inQuery)
            return inQuery;
        return Characters(mark < 0 ? before : before[..mark], ":@/"u8, iprivate: false);
    }

    /// <summary><c>*( iunreserved / pct-encoded / sub-delims / also )</c>, with <c>iprivate</c> where asked for.</summary>
    private static string? Characters(ReadOnlySpan<byte> text, ReadOnlySpan<byte> also, bool iprivate)
    {
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (c == (byte)'%')
            {
                if (at + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[at + 1]) || !char.IsAsciiHexDigit((char)text[at + 2]))
                    return "a '%' without two hexadecimal digits stands";
                at += 3;
            }
            else if (c < 0x80)
            {
                if (!s_plain.Contains(c) || (c is (byte)':' or (byte)'@' or (byte)'/' or (byte)'?' && !also.Contains(c)))
                    return $"the character {Shown(new Rune(c))} stands where none such may";
                at++;
            }
            else
            {
                Rune.DecodeFromUtf8(text[at..], out var rune, out var length);
                if (!IsUcsChar(rune.Value) && !(iprivate && IsPrivate(rune.Value)))
                    return $"the character {Shown(rune)} stands where none such may";
                at += length;
            }
        }

        return null;
    }

    private static bool IsUcsChar(int c) => c is (>= 0xA0 and <= 0xD7FF) or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD)
        or (>= 0x10000 and <= 0xEFFFD) && (c & 0xFFFF) <= 0xFFFD && c is not (>= 0xE0000 and < 0xE1000);

    private static bool IsPrivate(int c) => c is (>= 0xE000 and <= 0xF8FF) or (>= 0xF0000 and <= 0xFFFFD) or (>= 0x100000 and <= 0x10FFFD);

    /// <summary>A character for a message: itself where it can be seen, and its number.</summary>
    public static string Shown(Rune rune)
    {
        var number = rune.Value.ToString("X4", CultureInfo.InvariantCulture);
        return rune.Value > 0x20 && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned ? $"'{rune}' (U+{number})" : $"U+{number}";
    }

    private static string Shown(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, 120)]) + (text.Length > 120 ? "..." : "");
}
