namespace Tidy.Tests;

/// <summary>Places where a rule is broken on purpose: lines of "path | what | reason", '#' begins a comment.</summary>
internal sealed class ExceptionList
{
    private readonly Dictionary<(string Path, string What), string> _reasons = [];
    private readonly HashSet<(string Path, string What)> _used = [];
    private readonly string _name;

    /// <exception cref="FormatException">A line has not three parts, or an empty one: an exception needs a reason.</exception>
    public ExceptionList(string name, string text)
    {
        _name = name;
        foreach (var (number, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
                continue;
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            if (parts.Length != 3 || parts.Any(p => p.Length == 0))
                throw new FormatException($"{name}:{number + 1}: found '{line}', needed 'path | what | reason'.");
            _reasons[(parts[0], parts[1])] = parts[2];
        }
    }

    public static ExceptionList None { get; } = new("none", "");

    public bool Allows(string path, string what)
    {
        if (!_reasons.ContainsKey((path, what)))
            return false;
        _used.Add((path, what));
        return true;
    }

    /// <summary>Exceptions that nothing needed since this list was read: they are to be deleted.</summary>
    public IEnumerable<Finding> Unused() =>
        _reasons.Keys.Where(k => !_used.Contains(k)).OrderBy(k => k.Path, StringComparer.Ordinal)
            .Select(k => new Finding(_name, 0, $"the exception '{k.Path} | {k.What}' is not needed: delete it."));
}
