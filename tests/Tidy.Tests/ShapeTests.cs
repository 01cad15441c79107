using Tidy.Tests.Rules;

namespace Tidy.Tests;

/// <summary>Rules on the shape of code that need more than one file, or a list of their own: each on a planted breach, then on the repository.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("class A { void M(int a, int b, int c, int d, int e, int f, int g) { } }", 1)]
    [InlineData("class A(int a, int b, int c, int d, int e, int f, int g);", 1)]
    [InlineData("class A { void M(int a, int b, int c, int d, int e, int f) { } }", 0)]
    [InlineData("record A(int B, int C, int D, int E, int F, int G, int H);", 0)]
    public void Parameters_Snippet_Counts(string text, int expected) => Assert.Equal(expected, new Parameters(ExceptionList.None).Check(Product(text)).Count());

    [Fact]
    public void Parameters_OfTheRepository_AreFew()
    {
        var exceptions = List("eng/parameter-exceptions.txt");
        Holds(new Parameters(exceptions));
        Assert.Empty(exceptions.Unused());
    }

    [Theory]
    [InlineData("#pragma warning disable CA1000\nclass A;", 1)]
    [InlineData("#pragma warning disable\nclass A;", 1)]
    [InlineData("#pragma warning restore CA1000\nclass A;", 0)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000:Title\")] class A;", 1)]
    [InlineData("#pragma warning disable CA2000\nclass A;", 0)]
    public void Suppressions_Snippet_Counts(string text, int expected)
        => Assert.Equal(expected, new Suppressions(new ExceptionList("list", "src/A/A.cs | CA2000 | ownership passes on")).Check(Product(text)).Count());

    [Fact]
    public void Suppressions_OfTheRepository_HaveReasons()
    {
        var listed = List("eng/suppressions.txt");
        Holds(new Suppressions(listed));
        Assert.Empty(listed.Unused());
    }

    [Theory]
    [InlineData("using TorchSharp;", 1)]
    [InlineData("using static TorchSharp.torch;", 1)]
    [InlineData("/* TorchSharp */ class A;", 0)]
    public void TorchUsings_Snippet_Counts(string text, int expected) => Assert.Equal(expected, new TorchUsings().Check(Product(text)).Count());

    [Fact]
    public void TorchUsings_InItsHome_IsAllowed() => Assert.Empty(new TorchUsings().Check(new SourceFile("src/Backends/Backends.Torch/A.cs", "using TorchSharp;")));

    [Fact]
    public void TorchUsings_OfTheRepository_StayAtHome() => Holds(new TorchUsings());

    [Theory]
    [InlineData("int M(Task<int> t) => t.Result;", 1)]
    [InlineData("int M(ValueTask<int> t) => t.Result;", 1)]
    [InlineData("int M(Task<int> t) => t.Result; // the task is complete: WhenAll returned", 0)]
    [InlineData("int M(Step s) => s.Result;", 0)]
    [InlineData("async Task<int> M(Task<int> t) => await t;", 0)]
    [InlineData("Task<Step> Get() => null!; int M() => Get().Result.Result;", 1)]
    public void TaskResults_Snippet_Counts(string member, int expected)
        => Assert.Equal(expected, new TaskResults([Product($"class A {{ {member}\n}}"), Product("class Step { public int Result; }")]).Check().Count());

    [Fact]
    public void TaskResults_OfTheProduct_AreAwaited()
    {
        var findings = new TaskResults([.. Repository.Files.Where(f => f.IsProduct && f.Path.EndsWith(".cs", StringComparison.Ordinal))]).Check().ToList();
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    internal static void Holds(IRule rule)
    {
        var files = Repository.Files.Where(f => rule.AppliesTo(f.Path)).ToList();
        Assert.NotEmpty(files);
        var findings = files.SelectMany(rule.Check).ToList();
        Assert.True(findings.Count == 0, $"{findings.Count} findings:\n{string.Join('\n', findings)}");
    }

    private static ExceptionList List(string path) => new(path, File.ReadAllText(Path.Combine(Repository.Root, path)));

    private static SourceFile Product(string text) => new("src/A/A.cs", text);
}
