using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

public sealed class EffectTests
{
    private static readonly string[] s_tools = ["add"];

    [Fact]
    public async Task Replay_EndedRun_ReturnsTheAnswerAndExecutesNothing()
    {
        var model = ScriptedModel.CallingTool("add", 2);
        var acted = 0;
        var bench = Functions(model, () => acted++);
        var first = await bench.RunAsync();

        var again = await bench.ResumeAsync(first.RunId);

        Assert.Equal("Saw 100,101", first.Text);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal((3, 2), (model.Calls, acted));
        Assert.Equal(5, again.Steps);
    }

    [Fact]
    public async Task Replay_EveryEffectButTheEnd_ExecutesNothing()
    {
        var model = ScriptedModel.CallingTool("add", 2);
        var acted = 0;
        var bench = Functions(model, () => acted++);
        var first = await bench.RunAsync();
        var events = bench.Store.Find(first.RunId).Events;

        var fork = RunFork.Fork(bench.Store, first.RunId, events - 2, TimeProvider.System);
        var again = await bench.ResumeAsync(fork);

        Assert.Equal((RunStatus.Completed, first.Text), (again.Status, again.Text));
        Assert.Equal((3, 2), (model.Calls, acted));
        Assert.Equal(events, bench.Store.Find(fork).Events);
    }

    [Fact]
    public async Task FunctionInvokingClient_CrashAtEveryPoint_ResumesToTheSameAnswer()
    {
        var points = 0;
        var counting = Functions(ScriptedModel.CallingTool("add", 2), () => { });
        counting.FailPoint = _ => Interlocked.Increment(ref points);
        var expected = await counting.RunAsync();
        Assert.True(points > 20, $"only {points} fail-points");
        for (var k = 0; k < points; k++)
        {
            var acted = new HashSet<int>();
            var bench = Functions(ScriptedModel.CallingTool("add", 2), () => acted.Add(acted.Count));
            var at = 0;
            var crash = bench.CrashWhen(_ => Interlocked.Increment(ref at) == k + 1);
            var ended = await Record.ExceptionAsync(() => bench.RunAsync());
            if (!crash.Crashed && k > 20)
                break;
            Assert.IsType<RunLogException>(ended);
            bench.FailPoint = null;

            var again = await bench.ResumeAsync(Assert.Single(bench.Store.List()).Header.RunId);

            if (bench.Store.List()[0].Events == 1)
                Assert.Contains("Ask again", again.Failure!.Message, StringComparison.Ordinal);
            else
                Assert.Equal((k, RunStatus.Completed, expected.Text), (k, again.Status, again.Text));
        }
    }

    [Fact]
    public async Task Effect_RequestDiffersFromTheLog_StopsWithBothAndAppendsNothing()
    {
        var asked = "old words";
        var bench = new Bench().Add("m", new ScriptedModel(_ => "yes")).Add(async run =>
        {
            await run.Model("m").GetResponseAsync(asked);
            return await run.PromptAsync("Sure?");
        });
        var first = await bench.RunAsync();
        var events = bench.Store.Find(first.RunId).Events;

        asked = "new words";
        var again = await bench.AnswerAsync(first.RunId, "1", "yes");

        Assert.Equal(RunStatus.Interrupted, again.Status);
        Assert.Equal(nameof(ReplayMismatchException), again.Failure!.Type);
        Assert.Equal(events, bench.Store.Find(first.RunId).Events);

        asked = "old words";
        Assert.Equal("yes", (await bench.AnswerAsync(first.RunId, "1", "yes")).Text);
    }

    [Fact]
    public async Task Effect_AnotherToolWithTheSameArguments_IsAMismatch()
    {
        var tool = "keep";
        var bench = new Bench()
            .Add(HubTool.Create((int value) => value, "keep"))
            .Add(HubTool.Create((int value) => value, "delete"))
            .Add(async run =>
            {
                await run.Tool(tool).InvokeAsync(new AIFunctionArguments { ["value"] = 1 });
                return await run.PromptAsync("Sure?");
            });
        var first = await bench.RunAsync();

        tool = "delete";
        var again = await bench.AnswerAsync(first.RunId, "1", "yes");

        Assert.Equal(nameof(ReplayMismatchException), again.Failure!.Type);
        Assert.Contains("keep {\"value\":1}", again.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("delete {\"value\":1}", again.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Effect_FailsLiveAndReplayed_SameException()
    {
        List<string> seen = [];
        var bench = new Bench()
            .Add(HubTool.Create(string () => throw new InvalidOperationException("The disk is gone."), "bad", Redo.Freely))
            .Add(async run =>
            {
                var error = await Assert.ThrowsAsync<EffectFailedException>(async () => await run.Tool("bad").InvokeAsync());
                seen.Add($"{error.EffectId} {error.Name} {error.Failure.Type} {error.Message}");
                return await run.PromptAsync("Go on?");
            });
        var first = await bench.RunAsync();

        await bench.AnswerAsync(first.RunId, "1", "yes");

        Assert.Equal(Enumerable.Repeat("0 bad InvalidOperationException The disk is gone.", 2), seen);
    }

    [Fact]
    public async Task Effect_TwoAtOnceInOneScope_NamesAllAsyncAndFailsTheRun()
    {
        var bench = new Bench().Add(async run =>
        {
            var first = run.OnceAsync("slow", async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default);
                return 1;
            });
            try
            {
                await run.OnceAsync("second", _ => Task.FromResult(2));
            }
            catch (ConcurrentEffectException)
            {
                return "swallowed";
            }

            return (await first).ToString(System.Globalization.CultureInfo.InvariantCulture);
        });

        var result = await bench.RunAsync();

        Assert.Equal((RunStatus.Failed, nameof(ConcurrentEffectException)), (result.Status, result.Failure!.Type));
        Assert.Contains("run.AllAsync", result.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_AndNow_AreTheSameOnReplay()
    {
        List<string> seen = [];
        var bench = new Bench().Add(async run =>
        {
            var drawn = $"{run.Random.Next()} {run.Now:O}";
            await run.OnceAsync("work", _ => Task.FromResult(1));
            drawn += await run.ScopeAsync("inner", inner => Task.FromResult($" {inner.Random.Next()} {inner.Now:O}"));
            seen.Add(drawn + $" {run.Now:O}");
            return await run.PromptAsync("?");
        });
        var first = await bench.RunAsync();
        await bench.AnswerAsync(first.RunId, "2", "x");

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task Seed_SameRunSeed_SameModelSeedAndChance()
    {
        async Task<(long?, int)> Draw(long seed)
        {
            var model = new ScriptedModel(_ => "x");
            var drawn = 0;
            var bench = new Bench().Add("m", model).Add(async run =>
            {
                drawn = run.Random.Next();
                return (await run.Model("m").GetResponseAsync("?")).Text;
            });
            await bench.RunAsync(new RunOptions { Seed = seed });
            return (model.LastOptions!.Seed, drawn);
        }

        Assert.Equal(await Draw(1), await Draw(1));
        Assert.NotEqual(await Draw(1), await Draw(2));
    }

    [Fact]
    public async Task Payload_ErasedThenResumed_InterruptsAndSaysWhich()
    {
        var bench = new Bench().Add("m", new ScriptedModel(_ => "secret answer")).Add(async run =>
        {
            await run.Model("m").GetResponseAsync("?");
            return await run.PromptAsync("Go on?");
        });
        var first = await bench.RunAsync();
        var end = bench.Store.Read(first.RunId).Single(e => e.Kind == RunEventKind.LlmEnd);
        bench.Store.Erase([PayloadNames.In(bench.Store.Payload(end.Output!)).Single()]);

        var again = await bench.AnswerAsync(first.RunId, "1", "yes");

        Assert.Equal((RunStatus.Interrupted, nameof(PayloadErasedException)), (again.Status, again.Failure!.Type));
        Assert.Null(bench.Store.Verify(first.RunId));
    }

    private static Bench Functions(ScriptedModel model, Action act) => new Bench()
        .Add("m", model)
        .Add(HubTool.Create(
            (int value) =>
            {
                act();
                return value + 100;
            },
            "add",
            Redo.WithSameKey))
        .Add("main", new LambdaReasoner((run, request) =>
            new FunctionInvokingChatClient(run.Model("m")).GetResponseAsync(request.Messages, new ChatOptions { Tools = [.. s_tools.Select(t => run.Tool(t))] }, run.Cancelled)));
}
