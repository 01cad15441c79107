using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Core.Tests.Stores;

/// <summary>What every store does. A store's own tests inherit this.</summary>
public abstract class RunStoreContract : IAsyncLifetime
{
    protected IRunStore Store { get; private set; } = null!;

    public virtual Task InitializeAsync()
    {
        Store = NewStore();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public void Append_Committed_ReadsBackInOrderWithChain()
    {
        using (var writer = Store.Create(Sample.Header("aa00")))
        {
            var first = writer.Append(Sample.Event(RunEventKind.WorkflowStart, "root"));
            var second = writer.Append(Sample.Event(RunEventKind.ToolStart) with { Redo = Redo.WithSameKey, Tags = new Dictionary<string, string> { ["k"] = "v" } });
            writer.Commit();

            var read = Store.Read("aa00");

            Assert.Equal([0L, 1L], read.Select(e => e.Sequence));
            Assert.Equal([first.ChainHash, second.ChainHash], read.Select(e => e.ChainHash));
            Assert.Equal(JsonSerializer.Serialize(second, HubJson.Options), JsonSerializer.Serialize(read[1] with { Summary = "" }, HubJson.Options));
            Assert.Equal([1L], Store.Read("aa00", from: 1).Select(e => e.Sequence));
        }

        Assert.Null(Store.Verify("aa00"));
    }

    [Fact]
    public void Append_NotCommitted_IsNeitherReadNorKept()
    {
        using (var writer = Store.Create(Sample.Header("aa00")))
        {
            writer.Append(Sample.Event(RunEventKind.WorkflowStart, "root"));
            writer.Commit();
            writer.Append(Sample.Event(RunEventKind.ToolStart));

            Assert.Single(Store.Read("aa00"));
        }

        using var again = Store.Open("aa00");
        Assert.Single(again.Past);
        Assert.Equal(1, again.Append(Sample.Event(RunEventKind.ToolStart)).Sequence);
    }

    [Fact]
    public void Open_AfterDispose_ContinuesTheChain()
    {
        using (var writer = Store.Create(Sample.Header("aa00")))
        {
            Sample.Write(writer);
            writer.Commit();
        }

        using (var writer = Store.Open("aa00"))
        {
            Assert.Equal(3, writer.Past.Count);
            Assert.Equal(7, writer.Header.Seed);
            writer.Append(Sample.Event(RunEventKind.WorkflowEnd, "root") with { Status = RunStatus.Completed });
            writer.Close(RunStatus.Completed);
        }

        Assert.Equal(4, Store.Read("aa00").Count);
        Assert.Null(Store.Verify("aa00"));
    }

    [Fact]
    public void Open_WhileAnotherWrites_ThrowsAndNamesTheOwner()
    {
        using var writer = Store.Create(Sample.Header("aa00"));

        var error = Assert.Throws<RunLeaseException>(() => Store.Open("aa00"));

        Assert.Equal("another writer of this process", error.Owner);
    }

    [Fact]
    public void Open_UnknownRun_Throws() => Assert.Throws<UnknownNameException>(() => Store.Open("ffff"));

    [Fact]
    public void Append_AfterClose_Throws()
    {
        var writer = Store.Create(Sample.Header("aa00"));
        writer.Close(RunStatus.Suspended);

        Assert.Throws<ObjectDisposedException>(() => writer.Append(Sample.Event(RunEventKind.ToolStart)));
    }

    [Fact]
    public void Put_SameContentTwice_HasOneHashAndIsFoundAgain()
    {
        string hash;
        using (var writer = Store.Create(Sample.Header("aa00")))
        {
            hash = writer.Put(Sample.Text("x"));
            Assert.Equal(hash, writer.Put(Sample.Text("x")));
            Assert.Equal(Sample.Text("x"), writer.Get(hash));
            writer.Append(Sample.Event(RunEventKind.ToolStart) with { Input = hash });
            writer.Commit();
            Assert.Equal(Sample.Text("x"), writer.Get(hash));
        }

        using var again = Store.Open("aa00");
        Assert.True(again.Contains(hash));
        Assert.False(again.Contains(Sample.HashOf("y")));
        Assert.Equal(Sample.Text("x"), again.Get(hash));
        Assert.Equal(Sample.Text("x"), Store.Payload(hash));
    }

    [Fact]
    public void Get_UnknownPayload_Throws()
    {
        using var writer = Store.Create(Sample.Header("aa00"));

        Assert.Throws<PayloadErasedException>(() => writer.Get(Sample.HashOf("never stored")));
        Assert.Null(Store.Payload(Sample.HashOf("never stored")));
        Assert.Null(Store.Payload("no hash at all"));
    }

    [Fact]
    public void Erase_StoredPayload_IsGoneAndTheChainIsWhole()
    {
        Sample.Write(Store, "aa00", RunStatus.Completed, "A secret question");
        var message = PayloadNames.In(Store.Payload(Store.Read("aa00")[0].Input!)).Single();

        Assert.Equal(1, Store.Erase([message, "no hash at all", Sample.HashOf("never stored")]));

        Assert.Equal(0, Store.Erase([message]));
        Assert.Null(Store.Payload(message));
        Assert.Null(Store.Verify("aa00"));
        Assert.Equal("(erased)", Store.Find("aa00").Question);
        Assert.Equal("(erased)", Store.Read("aa00")[0].Summary);
    }

    [Fact]
    public void Erase_ThenStoredAgain_IsThereAgain()
    {
        Sample.Write(Store, "aa00", RunStatus.Completed);
        Store.Erase([Sample.HashOf("shared argument")]);

        Sample.Write(Store, "bb00", RunStatus.Completed);

        Assert.Equal(Sample.Text("shared argument"), Store.Payload(Sample.HashOf("shared argument")));
    }

    [Fact]
    public void List_SeveralRuns_NewestFirstWithStatusEventsAndQuestion()
    {
        Sample.Write(Store, "aa00", RunStatus.Completed, "First\n  question", minutes: 1);
        Sample.Write(Store, "bb00", RunStatus.Suspended, "Second", minutes: 2);
        Store.Create(Sample.Header("cc00", minutes: 3)).Dispose();
        using var running = Store.Create(Sample.Header("dd00", minutes: 4));

        var list = Store.List();

        Assert.Equal(["dd00", "cc00", "bb00", "aa00"], list.Select(r => r.Header.RunId));
        Assert.Equal([RunStatus.Running, RunStatus.Interrupted, RunStatus.Suspended, RunStatus.Completed], list.Select(r => r.Status));
        Assert.Equal([0L, 0L, 3L, 3L], list.Select(r => r.Events));
        Assert.Equal(["", "", "Second", "First question"], list.Select(r => r.Question));
        Assert.Equal(Sample.Began.AddMinutes(2), list[2].Updated);
        Assert.Equal(["dd00", "cc00"], Store.List(limit: 2).Select(r => r.Header.RunId));
    }

    [Fact]
    public void ListWithPathParam_SeveralRuns_ThoseWithItNewestFirst()
    {
        foreach (var (runId, minutes, name) in (IEnumerable<(string, int, string?)>)[("aa00", 1, "job"), ("bb00", 4, null), ("cc00", 3, "job"), ("dd00", 2, "other")])
        {
            using var writer = Store.Create(Sample.Header(runId, minutes) with { Request = name is null ? null : Sample.Asked(name) });
            Sample.Write(writer, $"Question of {runId}", minutes);
            writer.Close(RunStatus.Completed);
        }

        Assert.Equal([("cc00", "Question of cc00", 3L), ("aa00", "Question of aa00", 3L)], Store.ListWithPathParam("job").Select(r => (r.Header.RunId, r.Question, r.Events)));
        Assert.Equal("cc00", Assert.Single(Store.ListWithPathParam("job", limit: 1)).Header.RunId);
        Assert.Empty(Store.ListWithPathParam("unknown"));
        Store.Remove("aa00");
        Store.Prune(Sample.Began.AddMinutes(3));
        Assert.Equal("cc00", Assert.Single(Store.ListWithPathParam("job")).Header.RunId);
        Assert.Empty(Store.ListWithPathParam("other"));
    }

    [Fact]
    public void List_SuspendedRunTakenUpAndDropped_IsInterrupted()
    {
        Sample.Write(Store, "aa00", RunStatus.Suspended);

        Store.Open("aa00").Dispose();

        Assert.Equal(RunStatus.Interrupted, Store.Find("aa00").Status);
    }

    [Theory]
    [InlineData("abc1", "abc1")]
    [InlineData("abd", "abd0")]
    [InlineData("ABD", "abd0")]
    public void Find_WholeIdOrUniqueBeginning_FindsTheRun(string sought, string found)
    {
        foreach (var id in new[] { "abc1", "abc12", "abd0" })
            Sample.Write(Store, id, RunStatus.Completed);

        Assert.Equal(found, Store.Find(sought).Header.RunId);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("")]
    [InlineData("zz")]
    public void Find_AmbiguousOrUnknown_Throws(string sought)
    {
        foreach (var id in new[] { "abc1", "abc12" })
            Sample.Write(Store, id, RunStatus.Completed);

        Assert.Throws<UnknownNameException>(() => Store.Find(sought));
    }

    [Fact]
    public void Cancel_RunThatNobodyWrites_EndsIt()
    {
        Sample.Write(Store, "aa00", RunStatus.Suspended);

        Store.Cancel("aa00");

        Assert.Equal(RunStatus.Cancelled, Store.Find("aa00").Status);
        Assert.Equal(RunStatus.Cancelled, Store.Read("aa00")[^1].Status);
        Assert.Null(Store.Verify("aa00"));
    }

    [Fact]
    public void Cancel_RunUnderWay_IsSeenByItsWriter()
    {
        using var writer = Store.Create(Sample.Header("aa00"));
        writer.Append(Sample.Event(RunEventKind.WorkflowStart, "root"));
        writer.Commit();
        Assert.False(writer.CancelRequested);

        Store.Cancel("aa00");
        writer.Append(Sample.Event(RunEventKind.ToolStart));
        writer.Commit();

        Assert.True(writer.CancelRequested);
    }

    [Fact]
    public void Cancel_EndedRun_ChangesNothing()
    {
        using (var writer = Store.Create(Sample.Header("aa00")))
        {
            writer.Append(Sample.Event(RunEventKind.WorkflowEnd, "root") with { Status = RunStatus.Failed });
            writer.Close(RunStatus.Failed);
        }

        Store.Cancel("aa00");

        Assert.Equal(RunStatus.Failed, Store.Find("aa00").Status);
        Assert.Single(Store.Read("aa00"));
    }

    [Fact]
    public void Prune_EndedRuns_RemovesThemAndWhatOnlyTheyUsed()
    {
        Sample.Write(Store, "aa00", RunStatus.Completed, minutes: 1);
        Sample.Write(Store, "bb00", RunStatus.Completed, minutes: 9);
        Sample.Write(Store, "cc00", RunStatus.Suspended, minutes: 1);

        Assert.Equal(["aa00"], Store.Prune(Sample.Began.AddMinutes(5), dryRun: true));
        Assert.Equal(3, Store.List().Count);
        Assert.Equal(["aa00"], Store.Prune(Sample.Began.AddMinutes(5)));

        Assert.Equal(["bb00", "cc00"], Store.List().Select(r => r.Header.RunId));
        Assert.Null(Store.Payload(Sample.HashOf("result of aa00")));
        Assert.NotNull(Store.Payload(Sample.HashOf("result of bb00")));
        Assert.NotNull(Store.Payload(Sample.HashOf("shared argument")));
        Assert.Empty(Store.Prune(Sample.Began.AddMinutes(5)));
    }

    [Fact]
    public void Remove_EndedRun_RemovesItAndWhatOnlyItUsed()
    {
        Sample.Write(Store, "aa00", RunStatus.Completed);
        Sample.Write(Store, "bb00", RunStatus.Completed);
        Sample.Write(Store, "cc00", RunStatus.Suspended);

        Assert.True(Store.Remove("aa00"));
        Assert.False(Store.Remove("cc00"));

        Assert.Equal(["bb00", "cc00"], Store.List().Select(r => r.Header.RunId).Order());
        Assert.Null(Store.Payload(Sample.HashOf("result of aa00")));
        Assert.NotNull(Store.Payload(Sample.HashOf("shared argument")));
        Assert.Throws<UnknownNameException>(() => Store.Remove("aa00"));
        Assert.Null(Store.Verify("bb00"));
    }

    [Fact]
    public void Prune_OriginalOfAFork_LeavesTheForkWhole()
    {
        Sample.Write(Store, "aa00", RunStatus.Completed, "Kept question");

        var fork = RunFork.Fork(Store, "aa00", at: 2, TimeProvider.System);
        Store.Prune(DateTimeOffset.MaxValue);

        Assert.Equal(fork, Assert.Single(Store.List()).Header.RunId);
        Assert.Equal("Kept question", Store.Find(fork).Question);
        Assert.Equal("result of aa00", Store.Read(fork)[2].Summary);
        Assert.Null(Store.Verify(fork));
    }

    [Fact]
    public async Task Read_BesideWriters_AlwaysSeesAWholePrefix()
    {
        const int Writers = 4, Commits = 40;
        for (var i = 0; i < Writers; i++)
            Store.Create(Sample.Header($"aa0{i}")).Dispose();
        var done = 0;
        var writers = Enumerable.Range(0, Writers).Select(i => Task.Run(() =>
        {
            using var writer = Store.Open($"aa0{i}");
            for (var c = 0; c < Commits; c++)
            {
                Sample.Write(writer);
                writer.Commit();
            }

            Interlocked.Increment(ref done);
        })).ToArray();
        var reader = Task.Run(() =>
        {
            var reads = 0;
            while (Volatile.Read(ref done) < Writers || reads == 0)
            {
                var events = Store.Read($"aa0{reads++ % Writers}");
                Assert.Equal(0, events.Count % 3);
                Assert.Equal(Enumerable.Range(0, events.Count).Select(s => (long)s), events.Select(e => e.Sequence));
            }
        });

        await Task.WhenAll([.. writers, reader]);

        Assert.All(Store.List(), r => Assert.Equal(3 * Commits, r.Events));
        Assert.All(Store.List(), r => Assert.Null(Store.Verify(r.Header.RunId)));
    }

    [Fact]
    public void Header_EveryField_SurvivesTheStore()
    {
        var header = Sample.Header("aa00") with
        {
            ConversationId = "c",
            UserId = "u",
            Tenant = "t",
            Plugins = new Dictionary<string, string> { ["p"] = "1.2" },
            Configuration = JsonElement.Parse("""{"key":"${SECRET}"}"""),
            ConfigurationFile = "w.yml",
            Budget = new RunBudget { MaxSteps = 3, MaxWallTime = TimeSpan.FromSeconds(1.5), MaxCost = 0.25m, Prices = new Dictionary<string, ModelPrice> { ["m"] = new(1, 2) } },
        };
        Store.Create(header).Dispose();

        var read = Store.Find("aa00").Header;

        Assert.Equal(JsonSerializer.Serialize(header, HubJson.Options), JsonSerializer.Serialize(read, HubJson.Options));
    }

    protected abstract IRunStore NewStore();
}
