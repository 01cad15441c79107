using Tidy.Tests.Rules;

namespace Tidy.Tests;

/// <summary>Commands that Markdown shows are commands that the program has.</summary>
public sealed class HubCommandsTests
{
    private static readonly HubCommands _rule = new(HubCommands.In([new SourceFile("src/Hub/Hub.Cli/A.cs",
        "class A { object M() => new Command(\"run\", \"\") { new Option(\"--input\", \"-i\"), new Command(\"runs\", \"\") { new Command(\"list\", \"\") } }; }")]));

    [Theory]
    [InlineData("`hub run --input \"a --fast question\"`", 0)]
    [InlineData("`hub walk`", 1)]
    [InlineData("`hub run --imput x`", 1)]
    [InlineData("`hub runs list`", 0)]
    [InlineData("`hub runs lost`", 1)]
    [InlineData("`hub runs list|lost`", 1)]
    [InlineData("`hub run -i FILE --help`", 0)]
    [InlineData("$ hub gone --input x", 1)]
    [InlineData("dotnet run --project src/Hub/Hub.Cli -- run --output x", 1)]
    [InlineData("the hub walks", 0)]
    public void Check_Snippet_Counts(string text, int expected) => Assert.Equal(expected, _rule.Check(new SourceFile("README.md", text)).Count());

    [Fact]
    public void Check_MarkdownOfTheRepository_NamesOnlyWhatTheCommandLineHas()
        => ShapeTests.Holds(new HubCommands(HubCommands.In(Repository.Files.Where(f => f.Path.StartsWith("src/Hub/Hub.Cli/", StringComparison.Ordinal)))));
}
