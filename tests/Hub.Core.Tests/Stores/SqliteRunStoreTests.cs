using System.Text;
using Hub.Abstractions;

namespace Hub.Core.Tests.Stores;

public sealed class SqliteRunStoreTests : RunStoreContract
{
    private readonly TemporaryFolder _folder = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Open_ClosedFile_HasWhatWasCommitted()
    {
        Sample.Write(Store, "aa00", RunStatus.Completed, "Kept?");
        await Store.DisposeAsync();

        await using var again = NewStore();

        Assert.Equal("Kept?", Assert.Single(again.List()).Question);
        Assert.Null(again.Verify("aa00"));
    }

    [Fact]
    public async Task Dispose_OpenWriter_GivesTheLeaseBack()
    {
        Store.Create(Sample.Header("aa00"));
        await Store.DisposeAsync();

        await using var again = NewStore();

        Assert.Equal(RunStatus.Interrupted, again.Find("aa00").Status);
        again.Open("aa00").Dispose();
    }

    [Fact]
    public async Task Cancel_FromAnotherStore_IsSeenAtTheNextCommit()
    {
        await using var other = NewStore();
        using var writer = Store.Create(Sample.Header("aa00"));

        other.Cancel("aa00");
        writer.Append(Sample.Event(RunEventKind.ToolStart));
        writer.Commit();

        Assert.True(writer.CancelRequested);
    }

    [Fact]
    public async Task Constructor_ManyAtOnceOnANewFile_OneSchema()
    {
        // Many rounds: what they may trip over is a race, seen once in some hundred openings.
        for (var round = 0; round < 40; round++)
        {
            var path = _folder.File($"many{round}.sqlite");

            var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new SqliteRunStore(new() { Path = path }))));

            Sample.Write(stores[0], "aa00", RunStatus.Completed);
            Assert.All(stores, s => Assert.Single(s.List()));
            foreach (var store in stores)
                await store.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(RunDurability.Process, "1")]
    [InlineData(RunDurability.Power, "2")]
    public async Task Durability_Option_SetsWhatACommitWaitsFor(RunDurability durability, string synchronous)
    {
        await using var store = new SqliteRunStore(new() { Path = _folder.File("durable.sqlite"), Durability = durability });

        Assert.Equal(synchronous, SqliteStatement.Execute(store.Database.Connection, "PRAGMA synchronous"));
        Assert.Equal("wal", SqliteStatement.Execute(store.Database.Connection, "PRAGMA journal_mode"));
    }

    [Fact]
    public void Erase_SecretText_IsInNoFileAnyMore()
    {
        const string Secret = "the launch code is 0000";
        Sample.Write(Store, "aa00", RunStatus.Completed, Secret);
        var message = PayloadNames.In(Store.Payload(Store.Read("aa00")[0].Input!)).Single();
        Assert.Contains(Files(), text => text.Contains(Secret, StringComparison.Ordinal));

        Store.Erase(message);

        Assert.DoesNotContain(Files(), text => text.Contains(Secret, StringComparison.Ordinal));
    }

    protected override IRunStore NewStore() => new SqliteRunStore(new() { Path = _folder.File("runs.sqlite") });

    private IEnumerable<string> Files() => Directory.GetFiles(Path.GetDirectoryName(_folder.File("x"))!).Select(f =>
    {
        using var stream = new FileStream(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    });
}
