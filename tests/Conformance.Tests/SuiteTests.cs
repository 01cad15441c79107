using Conformance.Tests.Harness;

namespace Conformance.Tests;

public sealed class SuiteTests
{
    /// <summary>Suites whose files are on this machine.</summary>
    public static TheoryData<string> Present => new(Suites.All.Where(s => Suites.FolderOf(s) is not null).Select(s => s.Name));

    private static readonly TestsInMemory s_three = new(new("a", () => { }), new("b", () => throw new TestFailedException("broken")), new("c", () => { }));

    [SuiteTheory, MemberData(nameof(Present))]
    public async Task Suite_EveryTest_PassesOrIsSkippedWithReason(string name)
    {
        var suite = Suites.All.Single(s => s.Name == name);
        var result = await Suites.RunAsync(suite, Suites.FolderOf(suite)!, Skips.Default);
        Assert.True(result.IsGood, $"{result}\n{string.Join('\n', result.Failures.Select(f => $"{f.Id}: {f.Reason}"))}\n{string.Join('\n', result.UnusedSkips.Select(u => $"no test is called {u}"))}");
    }

    [Fact]
    public async Task RunAsync_TestThatFails_IsCountedWithItsReason()
    {
        var result = await Suites.RunAsync(s_three, "", new Skips(["three | c | not now"]));
        Assert.Equal("three 1/3 (1 skipped)", result.ToString());
        Assert.Equal(("b", "broken"), Assert.Single(result.Failures));
        Assert.False(result.IsGood);
    }

    [Fact]
    public async Task RunAsync_SkipWithoutTest_IsNoGoodResult()
    {
        var result = await Suites.RunAsync(s_three, "", new Skips(["three | b* | x", "three | d | gone"]));
        Assert.Equal(["d"], result.UnusedSkips);
        Assert.False(result.IsGood);
    }

    [Fact]
    public void All_Names_AreDifferent() => Assert.Equal(Suites.All.Count, Suites.All.Select(s => s.Name).Distinct().Count());

    /// <summary>A suite that is no part of the list: its constructor wants something.</summary>
    private sealed class TestsInMemory(params ConformanceTest[] tests) : ISuite
    {
        public string Name => "three";

        public string Folder => "";

        public IEnumerable<ConformanceTest> Tests(string folder) => tests;
    }
}

/// <summary>A theory about the suites' files; skipped, with the reason, where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SuiteTheoryAttribute : TheoryAttribute
{
    public SuiteTheoryAttribute()
    {
        if (Suites.All.All(s => Suites.FolderOf(s) is null))
            Skip = "The suites' files are not here. Set HUB_SHARED_DATA to a folder with rdf-tests and the other suites.";
    }
}
