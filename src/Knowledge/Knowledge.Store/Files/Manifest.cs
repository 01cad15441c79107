using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Knowledge.Store;

/// <summary>Says which files a store consists of. Replacing it is the one step by which a store goes from one set of files to the next.</summary>
/// <param name="Generation">Number of the set of files.</param>
/// <param name="HasState">Whether the set has a state beside its log; a store that was never compacted has none.</param>
internal sealed record Manifest(int Generation, bool HasState)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest";

    private const string Title = "knowledge store";
    private const int MaxBytes = 4096;

    /// <summary>Name of the log.</summary>
    public string Log => Name("log");

    /// <summary>Name of the file of terms.</summary>
    public string Terms => Name("terms");

    /// <summary>Name of the file of columns.</summary>
    public string Columns => Name("columns");

    /// <summary>Names of all files of the set.</summary>
    public IReadOnlyList<string> Files => HasState ? [FileName, Log, Terms, Columns] : [FileName, Log];

    /// <summary>Whether a file may be one of a store's.</summary>
    public static bool IsStoreFile(string name)
    {
        var stem = name.EndsWith(Temporary, StringComparison.Ordinal) ? name[..^Temporary.Length] : name;
        var dash = stem.IndexOf('-', StringComparison.Ordinal);
        return stem == FileName || (dash > 0 && stem[..dash] is "log" or "terms" or "columns" && int.TryParse(stem[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    /// <summary>What the names of files end in that are not whole yet.</summary>
    public const string Temporary = ".tmp";

    /// <summary>Writes this beside the manifest that is there.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="waits">Whether to wait for the disk.</param>
    public void WriteTemporary(IStoreFolder folder, bool waits)
    {
        var text = FormattableString.Invariant($"{Title}\nversion {FileFormat.Version}\ngeneration {Generation}\nstate {(HasState ? "yes" : "no")}\n");
        using var file = folder.Create(FileName + Temporary);
        file.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{text}check {Check(text):x16}\n")));
        if (!waits)
            return;
        file.Sync();
        folder.Sync();
    }

    /// <summary>Puts what <see cref="WriteTemporary"/> wrote in place of the manifest that is there.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="waits">Whether to wait for the disk.</param>
    public static void Publish(IStoreFolder folder, bool waits)
    {
        folder.Rename(FileName + Temporary, FileName);
        if (waits)
            folder.Sync();
    }

    /// <summary>Reads the manifest of a folder.</summary>
    /// <exception cref="StoreDamagedException">It is not what was written.</exception>
    /// <exception cref="StoreFormatException">A newer library wrote it.</exception>
    public static Manifest Read(IStoreFolder folder)
    {
        using var file = folder.Read(FileName);
        var bytes = new byte[Math.Min(MaxBytes, file.Length)];
        var text = Encoding.ASCII.GetString(bytes, 0, file.Read(0, bytes));
        var lines = text.Split('\n');
        if (lines[0] != Title)
            throw new StoreDamagedException(FileName, 0, $"its first line is not '{Title}'");
        var version = Number(lines, 1, "version ");
        if (version > FileFormat.Version)
            throw new StoreFormatException(version, FileFormat.Version);
        var check = text.LastIndexOf("check ", StringComparison.Ordinal);
        if (lines.Length != 6 || check < 0 || text[check..] != FormattableString.Invariant($"check {Check(text[..check]):x16}\n"))
            throw new StoreDamagedException(FileName, Math.Max(check, 0), "its checksum does not fit its content");
        return new Manifest(Number(lines, 2, "generation "), lines[3] == "state yes");
    }

    private static int Number(string[] lines, int line, string key) =>
        lines.Length > line && lines[line].StartsWith(key, StringComparison.Ordinal) && int.TryParse(lines[line][key.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new StoreDamagedException(FileName, 0, $"line {line + 1} is not '{key}' and a number");

    private static ulong Check(string text) => XxHash3.HashToUInt64(Encoding.ASCII.GetBytes(text));

    private string Name(string kind) => FormattableString.Invariant($"{kind}-{Generation}");
}
