using System.Globalization;
using Hub.Abstractions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Core.Tests.Stores;

/// <summary>A file that an older format version wrote opens, lists, verifies and resumes; version 1 had no leases and no cancel flag.</summary>
public sealed class OlderFormatTests
{
    private const string RunId = "0123456789abcdef";

    [Fact]
    public async Task Version1_RecordedFile_IsUpgradedAndItsRunGoesOn()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("runs.sqlite");
        File.Copy(Golden.Recorded("runs-v1.sqlite", Record), path);
        using (var connection = Connect(path))
            Assert.Equal("1", SqliteStatement.Execute(connection, "PRAGMA user_version"));

        await using var store = new SqliteRunStore(new() { Path = path });
        var record = Assert.Single(store.List());
        Assert.Equal((RunId, RunStatus.Suspended, 1, "Question?"), (record.Header.RunId, record.Status, record.Header.FormatVersion, record.Question));
        Assert.Null(store.Verify(RunId));
        Assert.Equal("Thought 00000001", store.Read(RunId)[2].Summary);

        var bench = Reasoner(new KeptStore(store));
        var result = await bench.AnswerAsync(RunId, "2", "yes");

        Assert.Equal((RunStatus.Completed, "done yes"), (result.Status, result.Text));
        Assert.Null(store.Verify(RunId));
        Assert.Equal(RunStatus.Completed, store.Find(RunId).Status);
        using (var connection = Connect(path))
            Assert.Equal(RunLogFormat.Current.ToString(CultureInfo.InvariantCulture), SqliteStatement.Execute(connection, "PRAGMA user_version"));
    }

    /// <summary>Version 2 had no index of the path parameters of requests.</summary>
    [Fact]
    public async Task Version2_RunsWithPathParams_AreFoundByThemAfterTheUpgrade()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("runs.sqlite");
        using (var connection = Connect(path))
        {
            SqliteSchema.Upgrade(connection, path, to: 2);
            foreach (var header in (RunHeader[])[Sample.Header("aa00") with { Request = Sample.Asked("job", "of \"two\"") }, Sample.Header("bb00"), Sample.Header("cc00") with { Request = Sample.Asked("other") }])
                Insert(connection, header.RunId, EventCodec.EncodeHeader(header with { FormatVersion = 2 }));
            Insert(connection, "dd00", "{broken"u8.ToArray());
        }

        await using var store = new SqliteRunStore(new() { Path = path });

        Assert.Equal("aa00", Assert.Single(store.ListWithPathParam("job")).Header.RunId);
        Assert.Equal("aa00", Assert.Single(store.ListWithPathParam("of \"two\"")).Header.RunId);
        Assert.Equal("cc00", Assert.Single(store.ListWithPathParam("other")).Header.RunId);

        static void Insert(SqliteConnection connection, string runId, byte[] header)
        {
            using var run = new SqliteStatement(connection, "INSERT INTO run (run_id, started, header) VALUES (?1, 1, ?2)");
            run.Bind(1, runId).Bind(2, header).Run();
            SqliteStatement.Execute(connection, "INSERT INTO run_state (run, status, events) SELECT max(id), 'interrupted', 0 FROM run");
        }
    }

    /// <summary>A step, a question to a person, and the end; model and tool are never called again on resume.</summary>
    private static Bench Reasoner(IRunStore store)
    {
        var steps = Runs.LogShapeTests.Steps(store, 1, new FakeTimeProvider(Sample.Began));
        var step = steps.Reasoner("main");
        return steps.Add("main", new LambdaReasoner(async (run, request) =>
        {
            var first = await step.RunAsync(run, request);
            return run.Answer($"{first.Text} {await run.PromptAsync("Sure?")}");
        }));
    }

    private static void Record(string path)
    {
        var memory = new MemoryRunStore();
        var first = Reasoner(memory).RunAsync(new RunOptions { Seed = 1 }).GetAwaiter().GetResult();
        using var writer = memory.Create(memory.Find(first.RunId).Header with { RunId = RunId, FormatVersion = 1, HubVersion = "0.0.9" });
        foreach (var entry in memory.Read(first.RunId))
            writer.Append(entry);
        writer.Commit();

        using var connection = Connect(path);
        SqliteSchema.Upgrade(connection, path, to: 1);
        using var run = new SqliteStatement(connection, "INSERT INTO run (run_id, started, header) VALUES (?1, ?2, ?3)");
        run.Bind(1, RunId).Bind(2, Sample.Began.UtcTicks).Bind(3, EventCodec.EncodeHeader(writer.Header)).Run();
        using var state = new SqliteStatement(connection, "INSERT INTO run_state (run, status, events) VALUES (1, 'suspended', ?1)");
        state.Bind(1, memory.Read(RunId).Count).Run();
        using var events = new SqliteStatement(connection, "INSERT INTO event (id, content, chain) VALUES (?1, ?2, ?3)");
        using var payload = new SqliteStatement(connection, "INSERT OR IGNORE INTO payload (id, hash, content) VALUES (?1, ?2, ?3)");
        var id = 1L << SqliteSchema.RunShift;
        foreach (var entry in memory.Read(RunId))
        {
            events.Bind(1, (1L << SqliteSchema.RunShift) + entry.Sequence).Bind(2, EventCodec.Encode(entry with { Summary = "" })).Bind(3, Convert.FromHexString(entry.ChainHash)).Run();
            Copy(entry.Input);
            Copy(entry.Output);
        }

        void Copy(string? hash)
        {
            if (hash is null || memory.Payload(hash) is not { } content)
                return;
            payload.Bind(1, id++).Bind(2, Convert.FromHexString(hash)).Bind(3, content).Run();
            PayloadNames.In(content).ForEach(Copy);
        }
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
