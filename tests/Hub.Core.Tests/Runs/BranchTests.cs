using Hub.Abstractions;

namespace Hub.Core.Tests.Runs;

public sealed class BranchTests
{
    [Fact]
    public async Task AllAsync_BranchesEndInReverse_ResultsInItemOrderAndPathsFixed()
    {
        var gates = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToArray();
        var bench = new Bench().Add(async run =>
        {
            var results = await run.AllAsync([0, 1, 2, 3], async (branch, i) =>
            {
                if (i < 3)
                    await gates[i + 1].Task;
                var value = await branch.OnceAsync($"work{i}", _ => Task.FromResult(i * 10));
                gates[i].SetResult();
                return value;
            });
            return string.Join(",", results);
        });

        var result = await bench.RunAsync();

        Assert.Equal("0,10,20,30", result.Text);
        var ends = bench.Store.Read(result.RunId).Where(e => e.Kind == RunEventKind.TaskEnd).ToList();
        Assert.Equal(["0[3]/0", "0[2]/0", "0[1]/0", "0[0]/0"], ends.Select(e => e.Id));
        Assert.Equal(["work3", "work2", "work1", "work0"], ends.Select(e => e.Name));
    }

    [Fact]
    public async Task AllAsync_SeveralFail_AllEndAndTheLowestIndexIsReported()
    {
        var ended = 0;
        var bench = new Bench().Add(async run =>
        {
            await run.AllAsync([0, 1, 2, 3], (branch, i) => branch.OnceAsync<int>($"work{i}", async _ =>
            {
                await Task.Yield();
                Interlocked.Increment(ref ended);
                return i is 1 or 3 ? throw new InvalidOperationException($"fault {i}") : i;
            }));
            return "";
        });

        var result = await bench.RunAsync();

        Assert.Equal((RunStatus.Failed, "fault 1", 4), (result.Status, result.Failure!.Message, ended));
    }

    [Fact]
    public async Task AllAsync_MaxParallel_IsNeverExceeded()
    {
        int under = 0, most = 0;
        var bench = new Bench().Add(async run =>
        {
            await run.AllAsync([.. Enumerable.Range(0, 20)], async (branch, i) => await branch.OnceAsync("w", async _ =>
            {
                var now = Interlocked.Increment(ref under);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref under);
                return i;
            }), maxParallel: 3);
            return "";
        });

        await bench.RunAsync();

        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task AnyAsync_OneWins_WinnerIsLoggedLosersAreCancelledAndReplayTakesTheWinner()
    {
        var cancelled = 0;
        var executed = 0;
        var bench = new Bench().Add(async run =>
        {
            var (winner, value) = await run.AnyAsync<string>(
            [
                b => b.OnceAsync("never", async stop =>
                {
                    Interlocked.Increment(ref executed);
                    try
                    {
                        await Task.Delay(Timeout.Infinite, stop);
                    }
                    finally
                    {
                        Interlocked.Increment(ref cancelled);
                    }

                    return "never";
                }),
                b => b.OnceAsync<string>("fails", _ => throw new InvalidOperationException("no")),
                b => b.OnceAsync("wins", async _ =>
                {
                    Interlocked.Increment(ref executed);
                    await Task.Yield();
                    return "won";
                }),
            ]);
            return $"{winner}{value}{await run.PromptAsync("?")}";
        });

        var first = await bench.RunAsync();
        var again = await bench.AnswerAsync(first.RunId, "1", "!");

        Assert.Equal(RunStatus.Suspended, first.Status);
        Assert.Equal("2won!", again.Text);
        Assert.Equal((1, 2), (cancelled, executed));
        Assert.Equal("2", bench.Store.Read(first.RunId).Single(e => e.Name == "AnyAsync").Tags!["winner"]);
    }

    [Fact]
    public async Task AnyAsync_AllFail_LowestIndexIsReported()
    {
        var bench = new Bench().Add(async run =>
        {
            await run.AnyAsync<int>(
            [
                b => b.OnceAsync<int>("a", _ => throw new InvalidOperationException("a")),
                b => b.OnceAsync<int>("b", _ => throw new InvalidOperationException("b")),
            ]);
            return "";
        });

        Assert.Equal("a", (await bench.RunAsync()).Failure!.Message);
    }

    [Fact]
    public async Task AllAsync_OneBranchAsksAPerson_OthersFinishAndAreNotRepeated()
    {
        var worked = 0;
        var bench = new Bench().Add(async run => string.Join(",", await run.AllAsync([0, 1, 2], (branch, i) => i == 1
            ? branch.PromptAsync("Which?")
            : branch.OnceAsync("work", _ => Task.FromResult($"w{Interlocked.Increment(ref worked) * 0}")))));
        var first = await bench.RunAsync();
        Assert.Equal((RunStatus.Suspended, "0[1]/0"), (first.Status, first.Pending!.EffectId));

        var again = await bench.AnswerAsync(first.RunId, "0[1]/0", "that");

        Assert.Equal(("w0,that,w0", 2), (again.Text, worked));
    }

    [Fact]
    public async Task ScopeAsync_NestedNames_GiveAncestryAndPairs()
    {
        var bench = new Bench().Add(run => run.ScopeAsync("outer", outer => outer.ScopeAsync("inner", inner => inner.OnceAsync("leaf", _ => Task.FromResult("x")))));

        var result = await bench.RunAsync();

        var leaf = bench.Store.Read(result.RunId).Single(e => e.Kind == RunEventKind.TaskStart);
        Assert.Equal(("0/0/0", "0/0"), (leaf.Id, leaf.ParentId));
        Assert.Equal(new FunctionAncestry("0/0", "inner", "0", "outer"), leaf.Function);
        Assert.Equal(
            ["WorkflowStart", "FunctionStart", "FunctionStart", "TaskStart", "TaskEnd", "FunctionEnd", "FunctionEnd", "WorkflowEnd"],
            bench.Store.Read(result.RunId).Select(e => e.Kind.ToString()));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
