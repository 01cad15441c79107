namespace Tidy.Tests.Rules;

/// <summary>Every project has a lock file; every product project has a README.md of at most 40 lines.</summary>
/// <param name="exists">Whether a path from the repository's root exists.</param>
internal sealed class ProjectFolders(Func<string, bool> exists) : IRule
{
    private const int MaxReadmeLines = 40;

    public bool AppliesTo(string path) => path.EndsWith(".csproj", StringComparison.Ordinal) || IsProjectReadme(path);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        if (IsProjectReadme(file.Path))
        {
            if (file.Lines.Length - 1 > MaxReadmeLines)
                yield return file.At(1, $"{file.Lines.Length - 1} lines; a project's README has at most {MaxReadmeLines}.");
            yield break;
        }

        var folder = Path.GetDirectoryName(file.Path)!.Replace('\\', '/');
        if (!exists($"{folder}/packages.lock.json"))
            yield return file.At(0, "no packages.lock.json beside it: run dotnet restore and keep the file.");
        if (file.IsProduct && !exists($"{folder}/README.md"))
            yield return file.At(0, "no README.md beside it: say what the project is for and where to begin.");
    }

    private static bool IsProjectReadme(string path) => path.StartsWith("src/", StringComparison.Ordinal) && path.Split('/').Length == 4 && path.EndsWith("/README.md", StringComparison.Ordinal);
}
