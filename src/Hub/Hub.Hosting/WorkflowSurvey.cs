using System.Globalization;
using System.Text;
using Hub.Abstractions;
using Hub.Workflows.Building;

namespace Hub.Hosting;

/// <summary>Which files of a folder are workflows, which of them can be built here, and what the others miss.</summary>
/// <param name="Files">The files, by path.</param>
public sealed record WorkflowSurvey(IReadOnlyList<SurveyedFile> Files)
{
    private const int MaxFiles = 10_000;

    /// <summary>Looks at every <c>.yml</c> and <c>.yaml</c> file below a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Plugins whose types count as present; null for none.</param>
    /// <param name="progress">Told after each file how many are done, and of how many; null for nobody.</param>
    /// <exception cref="HubException">The folder is not there, or holds too many files.</exception>
    public static WorkflowSurvey Of(string folder, WorkflowHubOptions? options = null, Action<int, int>? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new HubException($"There is no folder '{folder}'.");
        string[] paths = [.. Directory.EnumerateFiles(folder, "*.y*ml", SearchOption.AllDirectories).Where(f => f.EndsWith(".yml", StringComparison.Ordinal) || f.EndsWith(".yaml", StringComparison.Ordinal)).Take(MaxFiles + 1)];
        if (paths.Length > MaxFiles)
            throw new HubException($"'{folder}' holds more than {MaxFiles:N0} YAML files. Survey a part of it.");
        Array.Sort(paths, StringComparer.Ordinal);
        List<SurveyedFile> files = [];
        foreach (var path in paths)
        {
            files.Add(new SurveyedFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), HubHost.Validate(path, options)));
            progress?.Invoke(files.Count, paths.Length);
        }

        return new WorkflowSurvey(files);
    }

    /// <summary>Types that files need and this hub does not have, those that most files wait for first.</summary>
    public IReadOnlyList<(ComponentKind Kind, string Type, int Files)> Wanted() =>
    [
        .. Files.SelectMany(f => f.Needed.DistinctBy(m => (m.Kind, m.Type)))
            .GroupBy(m => (m.Kind, m.Type))
            .Select(g => (g.Key.Kind, g.Key.Type, g.Count()))
            .OrderByDescending(t => t.Item3).ThenBy(t => t.Kind).ThenBy(t => t.Type, StringComparer.Ordinal),
    ];

    /// <summary>The survey as a Markdown page.</summary>
    /// <param name="heading">What comes before the tables.</param>
    public string ToMarkdown(string heading)
    {
        var text = new StringBuilder(heading).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{Files.Count} files: {Files.Count(f => f.Loads)} load, {Files.Count(f => f.Builds)} of them build, {Files.Count(f => !f.Loads)} are rejected.\n");
        text.Append("\n| File | Loads | Builds | Types that it needs and this hub does not have | Evaluators left out |\n|---|---|---|---|---|\n");
        foreach (var file in Files)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {file.File} | {(file.Loads ? "yes" : "no")} | {(file.Builds ? "yes" : "no")} | ");
            text.Append(file.Loads ? Names(file.Needed) : file.Report.Mistakes[0].Message).Append(" | ");
            text.Append(Names(file.Report.Missing.Where(m => m.Kind == ComponentKind.Evaluator))).Append(" |\n");
        }

        text.Append("\n| Type | Kind | Files that wait for it |\n|---|---|--:|\n");
        foreach (var (kind, type, count) in Wanted())
            text.Append(CultureInfo.InvariantCulture, $"| `{type}` | {SectionKinds.NounOf(kind)} | {count} |\n");
        return text.ToString();
    }

    private static string Names(IEnumerable<MissingType> types) => string.Join(", ", types.Select(t => $"`{t.Type}`").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
