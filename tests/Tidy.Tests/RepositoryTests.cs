using Tidy.Tests.Rules;

namespace Tidy.Tests;

/// <summary>Every rule over every file of this repository.</summary>
public sealed class RepositoryTests
{
    private static readonly ExceptionList _sizes = List("eng/size-exceptions.txt");
    private static readonly ExceptionList _calls = List("eng/call-exceptions.txt");

    [Fact]
    public void Arrows_PointOnlyWhereAllowed() => Check(new ProjectArrows());

    [Fact]
    public void Sizes_StayWithinLimits()
    {
        Check(new Sizes(_sizes));
        Assert.Empty(_sizes.Unused());
    }

    [Fact]
    public void Summaries_SayMoreThanNames() => Check(new SummaryEchoes());

    [Fact]
    public void BannedCalls_AreAbsent()
    {
        Check(new BannedCalls(_calls));
        Assert.Empty(_calls.Unused());
    }

    [Fact]
    public void TypeNames_SayWhatThingsAre() => Check(new Names());

    [Fact]
    public void Code_HasNoLeftovers() => Check(new Leftovers());

    [Fact]
    public void Markdown_PointsAtWhatExists() => Check(new MarkdownPaths(Repository.Exists));

    [Fact]
    public void Text_NamesNoMachineAndNoRegistry() => Check(new OutsidePaths());

    [Fact]
    public void Projects_HaveLockFileAndReadme() => Check(new ProjectFolders(Repository.Exists));

    [Fact]
    public void Solution_ListsEveryProject() => Check(new SolutionList([.. Repository.Files.Select(f => f.Path).Where(p => p.EndsWith(".csproj", StringComparison.Ordinal))]));

    private static ExceptionList List(string path) => new(path, File.ReadAllText(Path.Combine(Repository.Root, path)));

    private static void Check(IRule rule)
    {
        var files = Repository.Files.Where(f => rule.AppliesTo(f.Path)).ToList();
        Assert.NotEmpty(files);
        var findings = files.SelectMany(rule.Check).ToList();
        Assert.True(findings.Count == 0, $"{findings.Count} findings:\n{string.Join('\n', findings)}");
    }
}
