using Knowledge.CrashPoint;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.States;

/// <summary>A short form of <c>dotnet run -c Release --project tests/Knowledge.CrashPoint -- read --readers 32 --seconds 600</c>.</summary>
public class ConcurrencyTests
{
    private const int Commits = 150;

    [Fact]
    public async Task Snapshot_WhileOthersCommitLoadBranchAndCompact_IsExactlyOneVersion()
    {
        using var store = QuadStore.Open(new FailingFolder(), new StoreOptions());
        var seen = await Readers.RunAsync(store, readers: 3, commits => commits < Commits);

        Assert.Empty(seen.Faults);
        Assert.True(seen.Snapshots >= 3);
    }

    [Fact]
    public async Task Snapshot_WriterThatSaysOneNumberInTwoTransactions_IsCaught()
    {
        using var store = QuadStore.Open(new FailingFolder(), new StoreOptions());

        Assert.NotEmpty((await Readers.RunAsync(store, readers: 3, commits => commits < Commits * 6, inTwoSteps: true)).Faults);
    }
}
