using Tidy.Tests.Rules;

namespace Tidy.Tests;

/// <summary>Each rule catches a planted breach and is silent beside it.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("src/Reasoners/Reasoners/Reasoners.csproj", """<Project><ProjectReference Include="a/Hub.Core.csproj" /></Project>""", 1)]
    [InlineData("src/Reasoners/Reasoners/Reasoners.csproj", """<Project><ProjectReference Include="a\Hub.Abstractions.csproj" /></Project>""", 0)]
    [InlineData("src/Reasoners/Reasoners/Reasoners.csproj", """<Project><ProjectReference Include="a/Hub.Analyzers.csproj" OutputItemType="Analyzer" /></Project>""", 0)]
    [InlineData("src/Reasoners/Reasoners/Reasoners.csproj", """<Project><ProjectReference Include="a/Hub.Analyzers.csproj" /></Project>""", 1)]
    [InlineData("src/Hub/Hub.Nano/Hub.Nano.csproj", """<Project><PackageReference Include="TorchSharp" /></Project>""", 1)]
    [InlineData("src/Hub/Hub.New/Hub.New.csproj", "<Project />", 1)]
    public void Arrows_Snippet_Counts(string path, string text, int expected) => Assert.Equal(expected, Count(new ProjectArrows(), path, text));

    [Fact]
    public void Sizes_LongFile_IsFound() => Assert.Equal(1, Count(new Sizes(ExceptionList.None), "src/A.cs", new string('\n', 500)));

    [Theory]
    [InlineData(70, 0)]
    [InlineData(71, 1)]
    public void Sizes_Body_CountsItsLines(int lines, int expected)
    {
        var body = string.Concat(Enumerable.Repeat("        ;\n", lines));
        Assert.Equal(expected, Count(new Sizes(ExceptionList.None), "src/A.cs", $"class A\n{{\n    void M()\n    {{\n{body}    }}\n}}\n"));
    }

    [Fact]
    public void Sizes_LongLine_IsFoundUnlessItHoldsAString()
    {
        Assert.Equal(1, Count(new Sizes(ExceptionList.None), "src/A.cs", "// " + new string('x', 200)));
        Assert.Equal(0, Count(new Sizes(ExceptionList.None), "src/A.cs", $"// \"{new string('x', 200)}\""));
    }

    [Fact]
    public void Sizes_ListedFile_IsAllowedAndCountedAsUsed()
    {
        var list = new ExceptionList("list", "src/A.cs | columns | a table\nsrc/B.cs | file | never met");
        Assert.Equal(0, Count(new Sizes(list), "src/A.cs", "// " + new string('x', 200)));
        Assert.Contains("src/B.cs", Assert.Single(list.Unused()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exceptions_WithoutReason_AreRefused() => Assert.Throws<FormatException>(() => new ExceptionList("list", "src/A.cs | file |"));

    [Theory]
    [InlineData("/// <summary>Gets the run id.</summary>\npublic string RunId { get; }", 1)]
    [InlineData("/// <summary>Identifies the run in every store.</summary>\npublic string RunId { get; }", 0)]
    public void Summaries_Snippet_Counts(string member, int expected) => Assert.Equal(expected, Count(new SummaryEchoes(), "src/A.cs", $"class A {{ {member} }}"));

    [Theory]
    [InlineData("DateTime.UtcNow", 1)]
    [InlineData("DateTimeOffset.Now.Year", 1)]
    [InlineData("new Random()", 1)]
    [InlineData("new Random(7)", 0)]
    [InlineData("Random.Shared.Next()", 1)]
    [InlineData("Guid.NewGuid()", 1)]
    [InlineData("Thread.Sleep(1)", 1)]
    [InlineData("Task.Delay(1)", 1)]
    [InlineData("Task.Delay(time, provider, token)", 0)]
    [InlineData("Console.Error.WriteLine()", 1)]
    [InlineData("AnsiConsole.Write(x)", 0)]
    [InlineData("task.GetAwaiter().GetResult()", 1)]
    [InlineData("task.Wait()", 1)]
    [InlineData("\"DateTime.Now\"", 0)]
    public void BannedCalls_Snippet_Counts(string expression, int expected) =>
        Assert.Equal(expected, Count(new BannedCalls(ExceptionList.None), "src/Hub/Hub.Core/A.cs", $"class A {{ object M() => {expression}; }}"));

    [Fact]
    public void BannedCalls_ConsoleInCommandLine_IsAllowed() =>
        Assert.Equal(0, Count(new BannedCalls(ExceptionList.None), "src/Hub/Hub.Cli/A.cs", "class A { void M() => Console.WriteLine(); }"));

    [Theory]
    [InlineData("class RunManager;", 1)]
    [InlineData("record RunInfo;", 1)]
    [InlineData("class RunLedger;", 0)]
    public void Names_Snippet_Counts(string text, int expected) => Assert.Equal(expected, Count(new Names(), "src/A.cs", text));

    [Theory]
    [InlineData("class A { void M() { try { } catch { } } }", 1)]
    [InlineData("class A { void M() { try { } catch { /* the file is gone already */ } } }", 0)]
    [InlineData("// TO" + "DO later", 1)]
    [InlineData("// TO" + "DO #12: later", 0)]
    [InlineData("#region A\n#endregion", 1)]
    public void Leftovers_Snippet_Counts(string text, int expected) => Assert.Equal(expected, Count(new Leftovers(), "src/A.cs", text));

    [Theory]
    [InlineData("see `src/Gone`", 1)]
    [InlineData("see `src/Here`", 0)]
    [InlineData("see `src/*/PROJECT`", 0)]
    [InlineData("[a](gone.md)", 1)]
    [InlineData("[a](../src/Here#part)", 0)]
    [InlineData("[a](https://example.org/)", 0)]
    [InlineData("dotnet run --project src/Gone -- x", 1)]
    [InlineData("dotnet test src/Here", 0)]
    [InlineData("dotnet test ../src/Here", 0)]
    [InlineData("dotnet test ../src/Gone", 1)]
    public void Markdown_Snippet_Counts(string text, int expected) =>
        Assert.Equal(expected, Count(new MarkdownPaths(p => p == "src/Here"), "docs/a.md", text));

    [Theory]
    [InlineData("/wo" + "rk/main", 1)]
    [InlineData("https://api.nu" + "get.org/v3", 1)]
    [InlineData("/usr/lib", 0)]
    public void OutsidePaths_Snippet_Counts(string text, int expected) => Assert.Equal(expected, Count(new OutsidePaths(), "docs/a.md", text));

    [Fact]
    public void ProjectFolders_NeitherFileBeside_IsFoundTwice() => Assert.Equal(2, Count(new ProjectFolders(_ => false), "src/Hub/Hub.Core/Hub.Core.csproj", "<Project />"));

    [Fact]
    public void ProjectFolders_LongReadme_IsFound() => Assert.Equal(1, Count(new ProjectFolders(_ => true), "src/Hub/Hub.Core/README.md", new string('\n', 41)));

    [Fact]
    public void Solution_ProjectLeftOut_IsFound() =>
        Assert.Equal(1, Count(new SolutionList(["src/A/A.csproj", "src/B/B.csproj"]), "Hub.sln", "Project(\"{1}\") = \"A\", \"src\\A\\A.csproj\", \"{2}\""));

    private static int Count(IRule rule, string path, string text)
    {
        Assert.True(rule.AppliesTo(path));
        return rule.Check(new SourceFile(path, text)).Count();
    }
}
