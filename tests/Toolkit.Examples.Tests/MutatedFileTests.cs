using System.Text.RegularExpressions;
using Hub.Hosting;
using Hub.Hosting.Tests.Workflows;

namespace Toolkit.Examples.Tests;

/// <summary>Forty of the toolkit's files with one mistake each, made by chance from a seed: the error names the line and the key.</summary>
public sealed partial class MutatedFileTests : IDisposable
{
    private const int Seed = 4;
    private const int Mutants = 40;
    private const int LeastKinds = 7;

    private readonly PluginFolders _plugins = new("Toolkit.Examples", "ToolTape");
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-mutants-").FullName;

    public void Dispose()
    {
        _plugins.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [ToolkitFact]
    public void Validate_FortyMutants_NameTheLineAndTheKey()
    {
        var random = new Random(Seed);
        string[] files = [.. ScriptedRun.All.Where(r => r.Overrides is null).SelectMany(r => r.Files).Where(f => !f.Contains("config_inheritance", StringComparison.Ordinal) && !f.Contains("prompt_from_file", StringComparison.Ordinal))];
        List<string> kinds = [];
        for (var made = 0; made < Mutants;)
        {
            var file = files[random.Next(files.Length)];
            if (Mutate(File.ReadAllLines(Path.Combine(SharedToolkit.Folder!, file)), random) is not { } mutant)
                continue;
            made++;
            kinds.Add(mutant.Kind);
            var path = Path.Combine(_folder, $"{made}.yml");
            File.WriteAllLines(path, mutant.Lines);

            var mistakes = HubHost.Validate(path, new WorkflowHubOptions { Plugins = _plugins.Host }).Mistakes;

            // What referred into a misspelt section has nothing to refer to; every other mistake stands alone.
            var isAlone = mistakes.Count == 1 || mutant.Kind == "misspelt section";
            Assert.True(isAlone && mistakes.Any(m => (m.Line, m.Key) == (mutant.Line, mutant.Key)), $"{file}, {mutant.Kind}, line {mutant.Line} '{mutant.Key}': {string.Join('\n', mistakes)}");
        }

        Assert.True(kinds.Distinct().Count() >= LeastKinds, string.Join(", ", kinds.Distinct()));
    }

    /// <summary>One mistake in a file; null where the drawn kind has no place in it.</summary>
    private static Mutant? Mutate(string[] lines, Random random)
    {
        (string Kind, Regex Place, Func<Match, string> Change, Func<string, string> Key)[] kinds =
        [
            ("misspelt type", Type, m => $"{m.Groups[1].Value}{m.Groups[2].Value}x", k => k),
            ("misspelt model", LlmName, m => $"{m.Groups[1].Value}{m.Groups[2].Value}x", k => k),
            ("misspelt tool", Tools, m => $"{m.Groups[1].Value}x{m.Groups[2].Value}", k => $"{k}[0]"),
            ("misspelt section", Section, m => $"{m.Groups[1].Value}x:", k => $"{k}x"),
            ("text for a number", Number, m => $"{m.Groups[1].Value}warm", k => k),
            ("number out of range", Number, m => $"{m.Groups[1].Value}-7", k => k),
            ("list for a name", LlmName, m => $"{m.Groups[1].Value}[{m.Groups[2].Value}]", k => k),
            ("unknown key in general", General, m => $"{m.Value}\n  use_uvlop: true", k => $"{k}.use_uvlop"),
            ("tab for spaces", Number, m => $"\t{m.Value.TrimStart()}", _ => ""),
        ];
        var (kind, place, change, key) = kinds[random.Next(kinds.Length)];
        int[] found = [.. Enumerable.Range(0, lines.Length).Where(i => place.IsMatch(lines[i]) && IsRead(lines, i))];
        if (found.Length == 0)
            return null;
        var at = found[random.Next(found.Length)];
        var changed = lines.ToList();
        var path = KeyOf(lines, at);
        changed[at] = place.Replace(lines[at], m => change(m), 1);
        return new Mutant(kind, changed, kind == "unknown key in general" ? at + 2 : at + 1, key(path));
    }

    /// <summary>Whether the hub binds what stands there: parts that only evaluations and servers read are checked by them.</summary>
    private static bool IsRead(string[] lines, int at) => KeyOf(lines, at).Split('.')[0] is "functions" or "function_groups" or "llms" or "workflow" or "general" && !KeyOf(lines, at).StartsWith("general.", StringComparison.Ordinal);

    /// <summary>The key of a line in block style, by indentation.</summary>
    private static string KeyOf(string[] lines, int at)
    {
        List<string> path = [];
        var indent = int.MaxValue;
        for (var i = at; i >= 0; i--)
        {
            var match = Key.Match(lines[i]);
            if (!match.Success || match.Groups[1].Length >= indent)
                continue;
            indent = match.Groups[1].Length;
            path.Insert(0, match.Groups[2].Value);
        }

        return string.Join('.', path);
    }

    [GeneratedRegex(@"^( *)([\w-]+):", RegexOptions.CultureInvariant)]
    private static partial Regex Key { get; }

    [GeneratedRegex(@"^( +_type: )([\w/]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Type { get; }

    [GeneratedRegex(@"^( +llm_name: )(\w+)$", RegexOptions.CultureInvariant)]
    private static partial Regex LlmName { get; }

    [GeneratedRegex(@"^( +tool_names: \[ ?\w+)(.*\])$", RegexOptions.CultureInvariant)]
    private static partial Regex Tools { get; }

    [GeneratedRegex("^(functions|llms|function_groups):$", RegexOptions.CultureInvariant)]
    private static partial Regex Section { get; }

    [GeneratedRegex(@"^( +(?:temperature|max_tokens): )[\d.]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }

    [GeneratedRegex("^general:$", RegexOptions.CultureInvariant)]
    private static partial Regex General { get; }

    private sealed record Mutant(string Kind, IReadOnlyList<string> Lines, int Line, string Key);
}
