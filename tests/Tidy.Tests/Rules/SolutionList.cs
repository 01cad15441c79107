namespace Tidy.Tests.Rules;

/// <summary>The solution lists every project, so that the gate builds and tests it.</summary>
/// <param name="projects">Paths of all project files, with '/'.</param>
internal sealed class SolutionList(IReadOnlyList<string> projects) : IRule
{
    public bool AppliesTo(string path) => path == "Hub.sln";

    public IEnumerable<Finding> Check(SourceFile file) => projects
        .Where(p => !file.Text.Contains($"\"{p.Replace('/', '\\')}\"", StringComparison.Ordinal))
        .Select(p => file.At(0, $"{p} is not in the solution: dotnet sln Hub.sln add {p}"));
}
