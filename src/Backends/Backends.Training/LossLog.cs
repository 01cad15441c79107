using System.Text.Json;

namespace Backends.Training;

/// <summary>The loss log of a training: one JSON object a line, in the order of the steps.</summary>
public static class LossLog
{
    /// <summary>Reads a log; a last line that was cut off by a crash is left out.</summary>
    /// <param name="path">The log; a missing file is an empty log.</param>
    /// <returns>Its entries in order.</returns>
    /// <exception cref="FormatException">A line before the last is not an entry.</exception>
    public static IReadOnlyList<LossLogEntry> Read(string path)
    {
        var entries = new List<LossLogEntry>();
        if (!File.Exists(path))
            return entries;
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize<LossLogEntry>(lines[i]) ?? throw new JsonException("null"));
            }
            catch (JsonException fault)
            {
                if (i < lines.Length - 1)
                    throw new FormatException($"{path}({i + 1}): not an entry of a loss log ({fault.Message}).", fault);
            }
        }

        return entries;
    }

    /// <summary>Drops the entries past <paramref name="step"/>: what a process wrote after its last checkpoint happens again.</summary>
    internal static void Rewind(string path, long step)
    {
        var kept = Read(path).Where(entry => entry.Step <= step).Select(entry => JsonSerializer.Serialize(entry));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllLines(path, [.. kept]);
    }

    internal static void Append(string path, LossLogEntry entry) => File.AppendAllText(path, JsonSerializer.Serialize(entry) + "\n");
}
