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

        Store.Erase([message]);

        Assert.DoesNotContain(Files(), text => text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erase_AmongManyPayloads_LeavesNoByteInAnyFile()
    {
        // Runs that are written in turns, so that pages are split and their cells moved; short payloads and long ones, which have pages of their own.
        await using var store = new SqliteRunStore(new() { Path = _folder.File("many.sqlite") });
        var writers = Enumerable.Range(0, 24).Select(i => store.Create(Sample.Header($"{i:x2}00"))).ToList();
        var random = new Random(1);
        var secrets = new Dictionary<string, string>();
        var kept = new Dictionary<string, string>();
        for (var i = 0; i < 1500; i++)
        {
            var secret = $"secret {i:D5} {random.NextInt64():x16}";
            var writer = writers[random.Next(writers.Count)];
            var hash = writer.Put(Sample.Text(secret + new string('x', random.Next(8) == 0 ? random.Next(9000) : random.Next(300))));
            writer.Append(Sample.Event(RunEventKind.ToolEnd) with { Output = hash });
            writer.Commit();
            (i % 2 == 0 ? secrets : kept)[hash] = secret;
        }

        // Each cell is overwritten where it is, and still copies are left behind: what the whole of it is needed for.
        store.Database.Write(w => secrets.Keys.Count(h => w.Erase(Convert.FromHexString(h))));
        SqliteStatement.Execute(store.Database.Connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        var files = string.Concat(Files());
        Assert.Contains(secrets.Values, s => files.Contains(s, StringComparison.Ordinal));

        store.Erase([.. secrets.Keys]);

        files = string.Concat(Files());
        Assert.DoesNotContain(secrets.Values, s => files.Contains(s, StringComparison.Ordinal));
        Assert.All(kept, k => Assert.Contains(k.Value, Encoding.UTF8.GetString(store.Payload(k.Key)!), StringComparison.Ordinal));
        Assert.All(writers, w => Assert.Null(store.Verify(w.Header.RunId)));
    }

    [Fact]
    public async Task Erase_WhileAnotherReads_SaysThatBytesAreLeftAndCanBeDoneAgain()
    {
        const string Secret = "the launch code is 0000";
        await using var store = new SqliteRunStore(new() { Path = _folder.File("read.sqlite"), BusyTimeout = TimeSpan.FromMilliseconds(50) });
        Sample.Write(store, "aa00", RunStatus.Completed, Secret);
        var message = PayloadNames.In(store.Payload(store.Read("aa00")[0].Input!)).Single();
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File("read.sqlite")};Pooling=False"))
        {
            other.Open();
            SqliteStatement.Execute(other, "BEGIN; SELECT count(*) FROM payload");
            Assert.Contains("again", Assert.Throws<RunLogException>(() => store.Erase([message])).Message, StringComparison.Ordinal);
            Assert.Null(store.Payload(message));
            SqliteStatement.Execute(other, "COMMIT");
        }

        Assert.Equal(0, store.Erase([message]));
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
