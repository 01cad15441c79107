namespace Conformance.Tests.Harness;

/// <summary>The one list of tests that are not run, each with its reason: <c>suite | test | reason</c>, an asterisk at a test's end for any rest.</summary>
internal sealed class Skips
{
    private readonly IReadOnlyList<(string Suite, string Id, string Reason)> _entries;

    /// <summary>Reads the list.</summary>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="FormatException">A line has not three parts.</exception>
    public Skips(IEnumerable<string> lines) => _entries = [.. lines.Where(l => l.Trim().Length > 0 && l[0] != '#').Select(Entry)];

    /// <summary>The list beside the tests.</summary>
    public static Skips Default { get; } = new(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "skips.txt")));

    /// <summary>Why a test is not run; null where it is.</summary>
    public string? ReasonFor(string suite, string id) => _entries.Where(e => e.Suite == suite && Matches(e.Id, id)).Select(e => e.Reason).FirstOrDefault();

    /// <summary>Entries that name no test of a suite.</summary>
    public IReadOnlyList<string> Unused(string suite, IReadOnlySet<string> ids) => [.. _entries.Where(e => e.Suite == suite && !ids.Any(id => Matches(e.Id, id))).Select(e => e.Id)];

    private static bool Matches(string pattern, string id) => pattern.EndsWith('*') ? id.StartsWith(pattern[..^1], StringComparison.Ordinal) : id == pattern;

    private static (string, string, string) Entry(string line) => line.Split('|', 3, StringSplitOptions.TrimEntries) is [var suite, var id, { Length: > 0 } reason]
        ? (suite, id, reason) : throw new FormatException($"'{line}' is not of the form 'suite | test | reason'.");
}
