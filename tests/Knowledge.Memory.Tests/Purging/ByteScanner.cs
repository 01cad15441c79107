using System.Text;

namespace Knowledge.Memory.Tests.Purging;

/// <summary>Looks for a text in all files of a folder, in every form in which bytes of it may have been kept.</summary>
internal static class ByteScanner
{
    // The platform's own normalisation does nothing where culture data is left out; these are the letters of the tests.
    private static readonly (string Composed, string Decomposed)[] s_letters = [("\u00EB", "e\u0308"), ("\u00FC", "u\u0308"), ("\u00C5", "A\u030A"), ("\u00E5", "a\u030A"), ("\uD55C", "\u1112\u1161\u11AB"), ("\uAE00", "\u1100\u1173\u11AF"), ("\u1EC5", "e\u0302\u0303")];

    /// <summary>Files in which the text stands, with the form.</summary>
    public static IReadOnlyList<(string File, string Form)> Find(string folder, string text)
    {
        // Fewer than four bytes of a form are in any larger file by chance.
        var forms = Forms(text).Where(f => f.Bytes.Length >= 4).DistinctBy(f => Convert.ToHexString(f.Bytes)).ToList();
        List<(string, string)> found = [];
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // Held by the store for as long as it is open, and always empty.
            if (Path.GetFileName(file) == "lock" && new FileInfo(file).Length == 0)
                continue;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            found.AddRange(forms.Where(f => content.AsSpan().IndexOf(f.Bytes) >= 0).Select(f => (Path.GetFileName(file), f.Form)));
        }

        return found;
    }

    private static IEnumerable<(byte[] Bytes, string Form)> Forms(string text)
    {
        foreach (var normal in new[] { text, Composed(text), Decomposed(text), Compatible(Composed(text)), Compatible(Decomposed(text)) })
        {
            foreach (var form in new[] { normal, normal.ToLowerInvariant(), normal.ToUpperInvariant(), normal.Replace(' ', '_'), normal.ToLowerInvariant().Replace(' ', '_') })
            {
                var bytes = Encoding.UTF8.GetBytes(form);
                yield return (bytes, "UTF-8");
                yield return (Encoding.Unicode.GetBytes(form), "UTF-16");
                yield return (Encoding.BigEndianUnicode.GetBytes(form), "UTF-16, big-endian");
                yield return (Encoding.ASCII.GetBytes(string.Concat(form.Select(c => $"\\u{(int)c:X4}"))), "escapes");
                yield return (Encoding.ASCII.GetBytes(string.Concat(form.Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:X4}"))), "escapes beyond ASCII");
                yield return (Encoding.ASCII.GetBytes(string.Concat(form.Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:x4}"))), "escapes in lower case");
                yield return (Encoding.ASCII.GetBytes(Uri.EscapeDataString(form)), "percent");
                yield return (Encoding.ASCII.GetBytes(Uri.EscapeDataString(form).ToLowerInvariant()), "percent in lower case");
                yield return (Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)), "hexadecimal");
                yield return (Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)), "hexadecimal in lower case");
                for (var skip = 0; skip < 3; skip++)
                    yield return (Encoding.ASCII.GetBytes(Inner(bytes, skip)), "base 64");
            }
        }
    }

    private static string Composed(string text) => s_letters.Aggregate(text, (t, l) => t.Replace(l.Decomposed, l.Composed, StringComparison.Ordinal));

    private static string Decomposed(string text)
    {
        var decomposed = s_letters.Aggregate(text, (t, l) => t.Replace(l.Composed, l.Decomposed, StringComparison.Ordinal));
        return decomposed.All(c => c < 128 || c is '\u0302' or '\u0303' or '\u0308' or '\u030A' or '\uFB01' or (>= '\u1100' and <= '\u11FF')) ? decomposed : throw new ArgumentException($"'{text}' has letters whose forms the scanner does not know; add them.");
    }

    private static string Compatible(string text) => text.Replace("\uFB01", "fi", StringComparison.Ordinal);

    // The characters of base 64 that depend on the text alone, where it begins at a multiple of three, or one or two bytes after it.
    private static string Inner(byte[] bytes, int skip)
    {
        var text = Convert.ToBase64String([.. new byte[skip], .. bytes]);
        var begin = skip == 0 ? 0 : 4;
        var end = Math.Max(begin, (bytes.Length + skip) / 3 * 4);
        return text[begin..end];
    }
}
