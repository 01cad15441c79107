using Knowledge.CrashPoint;

namespace Knowledge.Store.Tests.Files;

/// <summary>A sample of the campaign that the command runs in full: <c>dotnet run -c Release --project tests/Knowledge.CrashPoint -- prove --kills 200</c>.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("knowledge-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Open_AfterItsProcessWasKilled_HasWhatWasAcknowledgedAndNothingElse()
    {
        var counts = await Campaign.KillAsync(kills: 3, seed: 7, _folder);

        Assert.Empty(counts.Faults);
        Assert.True(counts.Transactions > 0);
    }

    [Fact]
    public void Check_StoreThatMissesOrHasMore_FindsIt()
    {
        using var store = QuadStore.InMemory();
        for (var k = 1; k <= 12; k++)
            Life.Do(store, k);

        Assert.Null(new Proof().Check(store, 12));
        Assert.Null(new Proof().Check(store, 11));
        Assert.NotNull(new Proof().Check(store, 10));
        Assert.NotNull(new Proof().Check(store, 13));
        using var transaction = store.Begin();
        transaction.Retract(Life.Added(10).First());
        transaction.Commit();
        Assert.NotNull(new Proof().Check(store, 12));
    }
}
