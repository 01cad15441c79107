using System.Text;
using Hub.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hub.Core.Tests.Stores;

/// <summary>What is wrong with a file is said, and what was committed stays.</summary>
public sealed class SqliteDamageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteRunStore _store = null!;

    private string RunsFile => _folder.File("runs.sqlite");

    public Task InitializeAsync()
    {
        _store = new SqliteRunStore(new() { Path = RunsFile });
        Sample.Write(_store, "aa00", RunStatus.Suspended);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("UPDATE event SET content = CAST(replace(content, 'thing', 'thong') AS BLOB) WHERE id = (SELECT min(id) + 1 FROM event)", 1)]
    [InlineData("UPDATE event SET content = CAST('{broken' AS BLOB) WHERE id = (SELECT min(id) + 1 FROM event)", 1)]
    [InlineData("UPDATE event SET chain = zeroblob(32) WHERE id = (SELECT max(id) FROM event)", 2)]
    [InlineData("DELETE FROM event WHERE id = (SELECT min(id) + 1 FROM event)", 1)]
    [InlineData("UPDATE run SET header = CAST(replace(header, 'toy', 'boy') AS BLOB)", 0)]
    [InlineData("UPDATE event SET id = id + 5 WHERE id = (SELECT max(id) FROM event)", 2)]
    public void Verify_DamagedChain_ReportsTheSequenceAndOpenRefuses(string fault, long sequence)
    {
        Assert.Null(_store.Verify("aa00"));
        Plant(fault);

        Assert.Equal(sequence, _store.Verify("aa00"));
        var error = Assert.Throws<RunLogException>(() => _store.Open("aa00"));
        Assert.Contains($"Event {sequence} of run aa00", error.Message, StringComparison.Ordinal);
        Assert.Contains(RunsFile, error.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Suspended, _store.Find("aa00").Status);
    }

    [Fact]
    public void Verify_LastEventsRemoved_ReportsTheFirstMissing()
    {
        Plant("DELETE FROM event WHERE id = (SELECT max(id) FROM event)");

        Assert.Equal(2, _store.Verify("aa00"));
        Assert.Throws<RunLogException>(() => _store.Open("aa00"));
    }

    [Fact]
    public void Verify_PayloadChanged_ReportsTheEventThatUsesIt()
    {
        Plant("UPDATE payload SET content = CAST('\"forged\"' AS BLOB) WHERE content = CAST('\"result of aa00\"' AS BLOB)");

        Assert.Equal(2, _store.Verify("aa00"));
    }

    [Fact]
    public void Verify_MessageChanged_ReportsTheEventThatNamesIt()
    {
        Plant("UPDATE payload SET content = CAST(replace(content, 'Why?', 'How?') AS BLOB)");

        Assert.Equal(0, _store.Verify("aa00"));
    }

    [Fact]
    public void Read_EventIsNoJson_SaysWhichAndWhere()
    {
        Plant("UPDATE event SET content = CAST('{broken' AS BLOB) WHERE id = (SELECT min(id) + 1 FROM event)");

        var error = Assert.Throws<RunLogException>(() => _store.Read("aa00"));

        Assert.Contains("Event 1 of run aa00", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commit_DiskFull_SaysSoAndKeepsWhatWasCommitted()
    {
        using var writer = _store.Open("aa00");
        Limit("max_page_count = 30");
        writer.Put(Encoding.UTF8.GetBytes(new string('x', 200_000)));
        writer.Append(Sample.Event(RunEventKind.ToolStart, "1"));

        var error = Assert.Throws<RunLogException>(writer.Commit);

        Assert.Contains("is full", error.Message, StringComparison.Ordinal);
        Assert.Contains(RunsFile, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _store.Read("aa00").Count);
        Assert.Null(_store.Verify("aa00"));

        Limit("max_page_count = 1000000");
        writer.Close(RunStatus.Suspended);
        Assert.Equal(4, _store.Read("aa00").Count);
        Assert.Null(_store.Verify("aa00"));
    }

    [Fact]
    public void Create_ReadOnlyFile_SaysSo()
    {
        Limit("query_only = ON");

        var error = Assert.Throws<RunLogException>(() => _store.Create(Sample.Header("bb00")));

        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
        Assert.Equal("aa00", Assert.Single(_store.List()).Header.RunId);
    }

    [Fact]
    public void Dispose_WriterOfAFileThatBecameReadOnly_LeavesNoLivingLease()
    {
        var writer = _store.Open("aa00");
        Limit("query_only = ON");
        writer.Dispose();
        Limit("query_only = OFF");

        Assert.Equal(RunStatus.Interrupted, _store.Find("aa00").Status);
        _store.Open("aa00").Dispose();
    }

    [Fact]
    public void Constructor_PathIsAFolder_SaysSo() => Assert.Contains("cannot be opened", Refusal(Path.GetDirectoryName(RunsFile)!), StringComparison.Ordinal);

    [Fact]
    public void Constructor_FolderCannotBeMade_SaysSo() => Assert.Contains("cannot be created", Refusal(Path.Combine(RunsFile, "sub", "x.sqlite")), StringComparison.Ordinal);

    [Fact]
    public void Constructor_NoDatabase_SaysSo()
    {
        File.WriteAllText(_folder.File("text.sqlite"), string.Concat(Enumerable.Repeat("This is a text. ", 128)));

        Assert.Contains("is not a run log", Refusal(_folder.File("text.sqlite")), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_DatabaseOfAnotherProgram_IsRefusedAndUntouched()
    {
        using (var other = Connect(_folder.File("other.sqlite")))
            SqliteStatement.Execute(other, "CREATE TABLE songs (name TEXT)");

        Assert.Contains("another program", Refusal(_folder.File("other.sqlite")), StringComparison.Ordinal);

        using var again = Connect(_folder.File("other.sqlite"));
        Assert.Equal("songs", SqliteStatement.Execute(again, "SELECT group_concat(name) FROM sqlite_master"));
    }

    [Fact]
    public void Constructor_NewerVersion_IsRefused()
    {
        Limit($"user_version = {RunLogFormat.Current + 1}");

        var refusal = Refusal(RunsFile);

        Assert.Contains($"format version {RunLogFormat.Current + 1}", refusal, StringComparison.Ordinal);
        Assert.Contains("Update the hub", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RunOfANewerVersion_IsRefused()
    {
        _store.Create(Sample.Header("bb00") with { FormatVersion = RunLogFormat.Current + 1 }).Dispose();

        Assert.Contains("format version", Assert.Throws<RunLogException>(() => _store.Open("bb00")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task Constructor_TruncatedFile_IsReportedAsDamaged(double part)
    {
        await _store.DisposeAsync();
        using (var file = File.OpenWrite(RunsFile))
            file.SetLength((long)(file.Length * part));

        var error = Assert.Throws<RunLogException>(ReadEverything);

        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_EveryPageInTurnOverwritten_NeverAnotherErrorAndNeverSilent()
    {
        Sample.Write(_store, "bb00", RunStatus.Completed);
        await _store.DisposeAsync();
        var whole = await File.ReadAllBytesAsync(RunsFile);
        var silent = 0;
        const int Page = 4096;
        for (var page = 0; page < whole.Length / Page; page++)
        {
            var damaged = (byte[])whole.Clone();
            damaged.AsSpan(page * Page, Page).Fill(0x5A);
            await File.WriteAllBytesAsync(RunsFile, damaged);
            if (Record.Exception(ReadEverything) is not { } error)
                silent++;
            else
                Assert.IsType<RunLogException>(error);
        }

        // Pages that reading a run never touches: the indexes of times and ids, the counter of payload ids.
        Assert.InRange(silent, 0, 4);
    }

    [Fact]
    public void ListWithPathParam_HeadersOfOthersAreDamaged_DoesNotReadThem()
    {
        _store.Create(Sample.Header("bb00") with { Request = Sample.Asked("job") }).Dispose();
        Plant("UPDATE run SET header = x'7b' WHERE run_id = 'aa00'");

        Assert.Throws<RunLogException>(() => _store.List());
        Assert.Equal("bb00", Assert.Single(_store.ListWithPathParam("job")).Header.RunId);
    }

    private void ReadEverything()
    {
        var store = new SqliteRunStore(new() { Path = RunsFile });
        try
        {
            store.ListWithPathParam("job");
            foreach (var run in store.List())
            {
                store.Read(run.Header.RunId);
                if (store.Verify(run.Header.RunId) is { } broken)
                    throw new RunLogException($"is damaged at {broken}");
                store.Open(run.Header.RunId).Dispose();
            }
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static string Refusal(string path) => Assert.Throws<RunLogException>(() => new SqliteRunStore(new() { Path = path })).Message;

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Plant(string sql) => SqliteStatement.Execute(_store.Database.Connection, sql);

    private void Limit(string pragma) => SqliteStatement.Execute(_store.Database.Connection, "PRAGMA " + pragma);
}
