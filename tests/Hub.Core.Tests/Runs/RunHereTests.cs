using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

/// <summary>Runs that begin on the caller's thread.</summary>
public sealed class RunHereTests
{
    [Fact]
    public async Task RunAsync_RunThatNeverWaits_StaysOnTheCallersThread()
    {
        var thread = 0;
        var bench = new Bench().Add("m", new ScriptedModel(_ => "x")).Add(async run =>
        {
            thread = Environment.CurrentManagedThreadId;
            return (await run.Model("m").GetResponseAsync("?")).Text;
        });
        await using var hub = bench.Hub();

        var task = hub.RunAsync("main", ReasonerRequest.From("?"), null, CancellationToken.None);

        Assert.True(task.IsCompleted);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        var result = await task;
        Assert.Equal((RunStatus.Completed, "x"), (result.Status, result.Text));
        Assert.Null(bench.Store.Verify(result.RunId));
    }

    [Fact]
    public async Task RunAsync_LogOfTheRun_IsThatOfStart()
    {
        var bench = new Bench().Add("m", new ScriptedModel(_ => "x")).Add(async run => (await run.Model("m").GetResponseAsync("?")).Text);
        await using var hub = bench.Hub();

        var here = await hub.RunAsync("main", ReasonerRequest.From("?"), null, CancellationToken.None);
        var there = await hub.Start("main", ReasonerRequest.From("?")).Completion;

        Assert.Equal(
            bench.Store.Read(there.RunId).Select(e => (e.Kind, e.Id, e.Name, e.Input, e.Output)),
            bench.Store.Read(here.RunId).Select(e => (e.Kind, e.Id, e.Name, e.Input, e.Output)));
    }

    [Fact]
    public async Task RunAsync_TokenSignalledWhileItWaits_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var hub = new Bench().Add(async run =>
        {
            await run.DelayAsync(TimeSpan.FromHours(1));
            return "never";
        }).Hub();

        var task = hub.RunAsync("main", ReasonerRequest.From("?"), null, stop.Token);
        await stop.CancelAsync();

        Assert.Equal(RunStatus.Cancelled, (await task).Status);
    }

    [Fact]
    public async Task DisposeAsync_RunThatBeganHere_IsWaitedFor()
    {
        var bench = new Bench().Add(async run =>
        {
            await run.DelayAsync(TimeSpan.FromHours(1));
            return "never";
        });
        var hub = bench.Hub();
        var task = hub.RunAsync("main", ReasonerRequest.From("?"), null, CancellationToken.None);

        await hub.DisposeAsync();

        Assert.Equal(RunStatus.Interrupted, (await task).Status);
    }

    [Fact]
    public void Hexadecimal_ManyFromManyThreads_AreAllDifferent()
    {
        var drawn = new System.Collections.Concurrent.ConcurrentBag<string>();

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 2000; i++)
                drawn.Add(RandomBytes.Hexadecimal(8));
        });

        Assert.Equal(16_000, drawn.Distinct().Count());
        Assert.All(drawn, d => Assert.Matches("^[0-9a-f]{16}$", d));
    }
}
