using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.Files;

public class FailedWriteTests
{
    [Theory]
    [InlineData("Once", StoreDurability.Process)]
    [InlineData("Once", StoreDurability.Power)]
    [InlineData("Torn", StoreDurability.Process)]
    [InlineData("Torn", StoreDurability.Power)]
    [InlineData("Down", StoreDurability.Process)]
    [InlineData("Down", StoreDurability.Power)]
    [InlineData("TornDown", StoreDurability.Process)]
    [InlineData("TornDown", StoreDurability.Power)]
    public void Open_AfterEachOperationFailedInTurn_HasWhatWasAcknowledgedAndNothingElse(string fault, StoreDurability durability)
    {
        var kind = Enum.Parse<FailingFolder.Fault>(fault);
        var goesOn = kind is FailingFolder.Fault.Once or FailingFolder.Fault.Torn;
        for (var k = 1; ; k++)
        {
            var folder = new FailingFolder { FailAt = k, Kind = kind };
            var (twin, failed) = SmallLife.Live(folder, Options(durability), goesOn);
            var expected = StoreText.Of(twin);
            if (folder.Operations < k)
            {
                Assert.True(k > 40, $"Only {k} operations were there to fail.");
                Assert.Null(failed);
                return;
            }

            var found = Reopened(folder.Restarted(powerLost: false), durability);
            if (found != expected && durability == StoreDurability.Power && failed is not null)
            {
                failed(twin); // written whole, but the wait for the disk failed: nothing is lost, and it may be there
                expected = StoreText.Of(twin);
            }

            Assert.True(expected == found, $"Operation {k}: expected\n{expected}\nfound\n{found}");
        }
    }

    [Theory]
    [InlineData("Down")]
    [InlineData("TornDown")]
    public void Open_AfterALossOfPowerAtEachOperation_HasWhatWasAcknowledgedAndNothingElse(string fault)
    {
        for (var k = 1; ; k++)
        {
            var folder = new FailingFolder { FailAt = k, Kind = Enum.Parse<FailingFolder.Fault>(fault) };
            var (twin, failed) = SmallLife.Live(folder, Options(StoreDurability.Power), goesOn: false);
            if (folder.Operations < k)
                return;
            var expected = StoreText.Of(twin);
            var found = Reopened(folder.Restarted(powerLost: true), StoreDurability.Power);
            Assert.True(expected == found, $"Operation {k}: expected\n{expected}\nfound\n{found}");
        }
    }

    [Fact]
    public void Open_StoreThatDoesNotWait_IsCaughtByALossOfPower()
    {
        var folder = new FailingFolder();
        var (twin, _) = SmallLife.Live(folder, Options(StoreDurability.Process), goesOn: false);

        Assert.NotEqual(StoreText.Of(twin), Reopened(folder.Restarted(powerLost: true), StoreDurability.Process));
    }

    [Fact]
    public void Open_AnyByteChanged_IsAnErrorOrLosesAtMostTheLastTransaction()
    {
        var folder = new FailingFolder();
        var (twin, _) = SmallLife.Live(folder, Options(StoreDurability.Process), goesOn: false);
        var whole = StoreText.Of(twin);
        var before = QuadStore.InMemory(Histories.Clock());
        foreach (var step in SmallLife.Steps.SkipLast(1))
            step(before);
        var withoutLast = StoreText.Of(before);
        var random = new Random(1);
        var errors = 0;
        foreach (var name in folder.List())
            for (var i = 0; i < 60; i++)
            {
                var damaged = folder.Restarted(powerLost: false);
                var bytes = damaged[name];
                bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                try
                {
                    var found = Reopened(damaged, StoreDurability.Process);
                    Assert.True(found == whole || (name.StartsWith("log", StringComparison.Ordinal) && found == withoutLast), $"{name}: {found}");
                }
                catch (StoreException error)
                {
                    errors++;
                    Assert.True(error is StoreDamagedException or StoreFormatException, error.ToString());
                }
            }

        Assert.True(errors > 150, $"{errors} errors");
    }

    [Fact]
    public void Open_DamageBeforeALaterTransaction_NamesFileAndOffset()
    {
        var folder = new FailingFolder();
        var store = QuadStore.Open(folder, Options(StoreDurability.Process));
        SmallLife.Steps[0](store);
        var offset = folder["log-1"].Count;
        SmallLife.Steps[1](store);
        SmallLife.Steps[2](store);
        var damaged = folder.Restarted(powerLost: false);
        damaged["log-1"][offset + 40] ^= 1;

        var error = Assert.Throws<StoreDamagedException>(() => Reopened(damaged, StoreDurability.Process));
        Assert.Equal(("log-1", offset), (error.File, error.Offset));
    }

    private static StoreOptions Options(StoreDurability durability) => new() { Durability = durability, Time = Histories.Clock() };

    private static string Reopened(FailingFolder folder, StoreDurability durability)
    {
        using var store = QuadStore.Open(folder, Options(durability));
        var text = StoreText.Of(store);
        using var transaction = store.Begin();
        transaction.Add(SmallLife.Said(9999));
        transaction.Commit();
        using var again = QuadStore.Open(folder.Restarted(powerLost: false), Options(durability));
        Assert.Equal(StoreText.Of(store), StoreText.Of(again));
        return text;
    }
}
