using System.Text.RegularExpressions;

namespace Tidy.Tests.Rules;

/// <summary>Paths, links and project names in Markdown point at something that exists.</summary>
/// <param name="exists">Whether a path from the repository's root exists.</param>
internal sealed partial class MarkdownPaths(Func<string, bool> exists) : IRule
{
    public bool AppliesTo(string path) => path.EndsWith(".md", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        var folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/');
        for (var line = 0; line < file.Lines.Length; line++)
        {
            var text = file.Lines[line];
            foreach (Match match in QuotedPath().Matches(text))
                if (Named(match.Groups["path"].Value) is { } path && !exists(path))
                    yield return file.At(line + 1, $"`{path}` does not exist.");
            foreach (Match match in Link().Matches(text))
                if (Relative(folder, match.Groups["path"].Value) is { } path && !exists(path))
                    yield return file.At(line + 1, $"the link to '{path}' leads nowhere.");
            foreach (Match match in Command().Matches(text))
                if (Named(match.Groups["path"].Value) is { } path && !exists(path.StartsWith("../", StringComparison.Ordinal) ? Relative(folder, path)! : path))
                    yield return file.At(line + 1, $"the command '{match.Value}' names no project of this repository.");
        }
    }

    /// <summary>The part of a path that must exist, or null: patterns and placeholders (an asterisk, capitals alone) name no file.</summary>
    private static string? Named(string path)
    {
        var trimmed = path.TrimEnd('/', '.', ',');
        return trimmed.Contains('*') || trimmed.Contains('<') || trimmed.Contains('{') || trimmed.Split('/').Any(p => Placeholder().IsMatch(p)) ? null : trimmed;
    }

    private static string? Relative(string folder, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith('#') || target.StartsWith("mailto:", StringComparison.Ordinal))
            return null;
        var whole = Path.GetFullPath("/" + folder + "/" + target.Split('#')[0]);
        return whole.TrimStart('/');
    }

    [GeneratedRegex(@"`(?<path>(src|tests|docs|samples|eval|bench|models|\.ci|eng)/[^\s`]*)`")]
    private static partial Regex QuotedPath();

    [GeneratedRegex(@"\]\((?<path>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"dotnet (run( -c \w+)? --project|test) (?<path>[\w./-]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"^[A-Z]{2,}(\.[A-Z]+)?$")]
    private static partial Regex Placeholder();
}
