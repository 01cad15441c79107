using System.Threading.Channels;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Core.Tests.Runs;

/// <summary>Limits, cancellation, interruption, suspension.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task Tool_Hangs_TimesOutByNameAndIsToldToStop()
    {
        var time = new FakeTimeProvider();
        var told = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var bench = new Bench { Time = time, Limits = new ToolLimits(TimeSpan.FromSeconds(5), 1000) }
            .Add(HubTool.Create(
                async (CancellationToken stop) =>
                {
                    stop.Register(told.SetResult);
                    entered.SetResult();
                    await Task.Delay(Timeout.Infinite, stop);
                },
                "slow"))
            .Add(async run => RunTools.ResultText(await run.Tool("slow").InvokeAsync()));
        var ends = bench.RunAsync();
        await entered.Task;
        time.Advance(TimeSpan.FromSeconds(6));

        var result = await ends;

        await told.Task;
        Assert.Equal((RunStatus.Failed, "TimeoutException"), (result.Status, result.Failure!.Type));
        Assert.Contains("'slow' did not answer within 5 seconds (limit tool_timeout_seconds)", result.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(998, RunStatus.Completed)]
    [InlineData(999, RunStatus.Failed)]
    public async Task Tool_ResultSize_IsLimitedInBytesOfJson(int length, RunStatus status)
    {
        var bench = new Bench { Limits = new ToolLimits(TimeSpan.FromSeconds(5), 1000) }
            .Add(HubTool.Create(() => new string('x', length), "big"))
            .Add(async run => RunTools.ResultText(await run.Tool("big").InvokeAsync()));

        var result = await bench.RunAsync();

        Assert.Equal(status, result.Status);
        if (status == RunStatus.Failed)
            Assert.Contains("1,001 bytes; max_tool_result_bytes is 1,000", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_Handle_EndsTheRunForGood()
    {
        var bench = Waiting(out var entered);
        await using var hub = bench.Hub();
        var handle = hub.Start("main", ReasonerRequest.From("?"));
        await entered.Task;

        handle.Cancel();

        Assert.Equal(RunStatus.Cancelled, (await handle.Completion).Status);
        Assert.Equal(RunStatus.Cancelled, bench.Store.Find(handle.RunId).Status);
        Assert.Equal(RunStatus.Cancelled, (await bench.ResumeAsync(handle.RunId)).Status);
    }

    [Fact]
    public async Task Interrupt_Handle_LeavesTheRunToBeResumed()
    {
        var bench = Waiting(out var entered);
        await using var hub = bench.Hub();
        var handle = hub.Start("main", ReasonerRequest.From("?"));
        await entered.Task;

        handle.Interrupt();

        Assert.Equal(RunStatus.Interrupted, (await handle.Completion).Status);
        Assert.Equal(RunStatus.Interrupted, bench.Store.Find(handle.RunId).Status);
        Assert.DoesNotContain(bench.Store.Read(handle.RunId), e => e.Kind == RunEventKind.WorkflowEnd);
    }

    [Fact]
    public async Task Dispose_Hub_InterruptsWhatIsUnderWay()
    {
        var bench = Waiting(out var entered);
        IRunHandle handle;
        await using (var hub = bench.Hub())
        {
            handle = hub.Start("main", ReasonerRequest.From("?"));
            await entered.Task;
        }

        Assert.Equal(RunStatus.Interrupted, (await handle.Completion).Status);
    }

    [Fact]
    public async Task Cancel_ThroughTheStoreWhileAnEffectWaits_EndsTheRun()
    {
        var time = new FakeTimeProvider();
        var bench = Waiting(out var entered, time);
        await using var hub = bench.Hub();
        var handle = hub.Start("main", ReasonerRequest.From("?"));
        await entered.Task;

        bench.Store.Cancel(handle.RunId);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(RunStatus.Cancelled, (await handle.Completion).Status);
    }

    [Fact]
    public async Task Cancel_FromAnotherSqliteStore_EndsTheRun()
    {
        using var folder = new TemporaryFolder();
        var options = new SqliteRunStoreOptions { Path = folder.File("runs.sqlite"), CancelPoll = TimeSpan.FromMilliseconds(20) };
        await using var mine = new SqliteRunStore(options);
        await using var other = new SqliteRunStore(options);
        var bench = Waiting(out var entered, store: new KeptStore(mine));
        await using var hub = bench.Hub();
        var handle = hub.Start("main", ReasonerRequest.From("?"));
        await entered.Task;

        other.Cancel(handle.RunId);

        Assert.Equal(RunStatus.Cancelled, (await handle.Completion.WaitAsync(TimeSpan.FromSeconds(20))).Status);
        Assert.Equal(RunStatus.Cancelled, other.Find(handle.RunId).Status);
    }

    [Fact]
    public async Task PromptAsync_NobodyThere_SuspendsAndResumesWithTheAnswer()
    {
        var finallyRan = false;
        var bench = new Bench().Add(async run =>
        {
            try
            {
                return await run.PromptAsync("Tea or coffee?", "tea", "coffee");
            }
            finally
            {
                finallyRan = true;
            }
        });

        var first = await bench.RunAsync();
        Assert.True(finallyRan);
        Assert.Equal((RunStatus.Suspended, "0", "Tea or coffee?", "tea,coffee", false), (
            first.Status, first.Pending!.EffectId, first.Pending.Text, string.Join(",", first.Pending.Options), first.Pending.Decision));
        Assert.Equal(RunStatus.Suspended, (await bench.ResumeAsync(first.RunId)).Status);

        var result = await bench.AnswerAsync(first.RunId, "0", "tea");

        Assert.Equal((RunStatus.Completed, "tea"), (result.Status, result.Text));
    }

    [Fact]
    public async Task PromptAsync_SomebodyThere_AnswersAtOnce()
    {
        var bench = new Bench { Person = new Answering("coffee") }.Add(run => run.PromptAsync("Tea or coffee?"));

        Assert.Equal("coffee", (await bench.RunAsync()).Text);
    }

    [Fact]
    public async Task DelayAsync_AcrossARestart_WaitsOnlyForWhatIsLeft()
    {
        var time = new WatchedTime(Sample.Began);
        var bench = new Bench { Time = time }.Add(async run =>
        {
            await run.DelayAsync(TimeSpan.FromHours(10));
            return run.Now.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        });
        string runId;
        await using (var hub = bench.Hub())
        {
            var handle = hub.Start("main", ReasonerRequest.From("?"));
            runId = handle.RunId;
            await foreach (var entry in handle.ReadEventsAsync())
            {
                if (entry.Kind == RunEventKind.TaskStart)
                    break;
            }
        }

        time.Advance(TimeSpan.FromHours(9));
        time.Forget();
        await using (var hub = bench.Hub())
        {
            var handle = await hub.ResumeAsync(runId);
            await time.TimerAsync(); // the clock stands still until the run waits
            while (!handle.Completion.IsCompleted)
            {
                time.Advance(TimeSpan.FromMinutes(1));
                await Task.Yield();
            }

            var woke = TimeSpan.Parse((await handle.Completion).Text, System.Globalization.CultureInfo.InvariantCulture);
            Assert.InRange(woke, TimeSpan.FromHours(22), TimeSpan.FromHours(23));
        }
    }

    [Fact]
    public async Task ReadEventsAsync_Watched_StreamsPartsThatAreNotStored()
    {
        var go = new TaskCompletionSource();
        var bench = new Bench().Add("m", new ScriptedModel(_ => "three small words")).Add(async run =>
        {
            await run.OnceAsync("wait", async _ =>
            {
                await go.Task;
                return 1;
            });
            var text = (await run.Model("m").GetResponseAsync("?")).Text;
            await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, text));
            return text;
        });
        await using var hub = bench.Hub();
        var handle = hub.Start("main", ReasonerRequest.From("?"));
        List<RunEvent> seen = [];
        await foreach (var entry in handle.ReadEventsAsync())
        {
            seen.Add(entry);
            if (entry.Kind == RunEventKind.TaskStart)
                go.SetResult();
        }

        var result = await handle.Completion;
        Assert.Equal("three small words", result.Text);
        Assert.Equal(["three", " small", " words"], seen.Where(e => e.Kind == RunEventKind.LlmNewToken).Select(e => e.Chunk));
        Assert.Equal("three small words", Assert.Single(seen, e => e.Kind == RunEventKind.AnswerChunk).Chunk);
        var stored = bench.Store.Read(result.RunId);
        Assert.Equal(stored.Select(e => (e.Sequence, e.ChainHash, e.Summary)), seen.Where(e => e.Sequence >= 0).Select(e => (e.Sequence, e.ChainHash, e.Summary)));
        Assert.DoesNotContain(stored, e => e.Kind is RunEventKind.LlmNewToken or RunEventKind.AnswerChunk);
    }

    [Fact]
    public async Task ReadEventsAsync_AfterTheEnd_GivesTheWholeHistoryOnceAndEnds()
    {
        var bench = new Bench().Add("m", new ScriptedModel(_ => "x")).Add(async run => (await run.Model("m").GetResponseAsync("?")).Text);
        await using var hub = bench.Hub();
        var handle = hub.Start("main", ReasonerRequest.From("?"));
        await handle.Completion;

        var late = Channel.CreateUnbounded<long>();
        await foreach (var entry in handle.ReadEventsAsync(from: 1))
            await late.Writer.WriteAsync(entry.Sequence);
        late.Writer.Complete();

        Assert.Equal([1L, 2L, 3L], await late.Reader.ReadAllAsync().ToListAsync());
    }

    private static Bench Waiting(out TaskCompletionSource entered, TimeProvider? time = null, IRunStore? store = null)
    {
        var reached = entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Bench { Time = time ?? TimeProvider.System, Store = store ?? new KeptStore(new MemoryRunStore()) }.Add(run => run.OnceAsync("wait", async stop =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return "never";
        }));
    }

    private sealed class Answering(string answer) : IPerson
    {
        public Task<string?> AskAsync(PersonPrompt prompt, CancellationToken cancellationToken) => Task.FromResult<string?>(answer);
    }

    /// <summary>A clock that says when somebody waits for it.</summary>
    private sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private TaskCompletionSource _timer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task TimerAsync() => _timer.Task;

        public void Forget() => _timer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime > TimeSpan.FromMinutes(1) && dueTime < TimeSpan.FromHours(9))
                _timer.TrySetResult();
            return timer;
        }
    }
}
