using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

/// <summary>A scope that spent its share fails; its run goes on, and a resumed run refuses the same effects.</summary>
public sealed class BudgetShareTests
{
    private const int Tokens = 10;
    private const int MinPoints = 15;

    [Fact]
    public async Task Share_Spent_FailsTheScopeAndTheRunGoesOn()
    {
        var model = Model();
        var bench = new Bench().Add("m", model).Add(async run =>
        {
            var sub = await FailureAsync(() => run.ScopeAsync("worker", scope => AskAsync(scope, 5), new RunBudget { MaxSteps = 2 }));
            return $"{sub} {await AskAsync(run, 2)}";
        });

        var result = await bench.RunAsync();

        Assert.Equal((RunStatus.Completed, "BudgetShareException: 'worker' spent 2 of its share's max_steps of 2. 2", 4), (result.Status, result.Text, model.Calls));
    }

    [Fact]
    public async Task Share_WithinAShare_SpendsOfBoth()
    {
        var model = Model();
        var bench = new Bench().Add("m", model).Add(run => FailureAsync(() => run.ScopeAsync(
            "outer",
            async outer =>
            {
                await AskAsync(outer, 1);
                return await outer.ScopeAsync("inner", inner => AskAsync(inner, 9), new RunBudget { MaxSteps = 5 });
            },
            new RunBudget { MaxTokens = 3 * Tokens })));

        var result = await bench.RunAsync();

        Assert.Equal(("BudgetShareException: 'outer' spent 30 of its share's max_tokens of 30.", 3), (result.Text, model.Calls));
    }

    [Fact]
    public async Task Share_BranchesAndACrashAtEveryPoint_TheAnswerStandsWithTheLog()
    {
        var points = await PointsAsync();
        Assert.True(points >= MinPoints, $"only {points} fail-points");
        for (var k = 1; k <= points; k++)
        {
            var at = 0;
            var bench = Branching();
            var crash = bench.CrashWhen(_ => Interlocked.Increment(ref at) == k);
            var ended = await Record.ExceptionAsync(() => bench.RunAsync());
            if (!crash.Crashed && k > MinPoints)
                break; // a slow machine commits now and then on its own, so that the number of points is not always the same
            Assert.IsType<RunLogException>(ended);
            bench.FailPoint = null;
            var record = Assert.Single(bench.Store.List());
            if (record.Events == 0)
                continue;

            var again = await bench.ResumeAsync(record.Header.RunId);

            Assert.True(again.Status == RunStatus.Completed, $"point {k}: {again.Failure?.Message}");
            Assert.Matches("^(ok|BudgetShareException)( (ok|BudgetShareException)){3}$", again.Text);
            Assert.Null(bench.Store.Verify(record.Header.RunId));
        }
    }

    private static async Task<int> PointsAsync()
    {
        var count = 0;
        var bench = Branching();
        bench.FailPoint = _ => Interlocked.Increment(ref count);
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync()).Status);
        return count;
    }

    /// <summary>Four branches over a share of five calls, three calls each.</summary>
    private static Bench Branching() => new Bench().Add("m", Model()).Add(run => run.ScopeAsync(
        "team",
        async team => string.Join(' ', await team.AllAsync([1, 2, 3, 4], async (branch, _) => (await FailureAsync(() => AskAsync(branch, 3))).Split(':')[0] is "3" ? "ok" : "BudgetShareException")),
        new RunBudget { MaxSteps = 5 }));

    private static async Task<string> AskAsync(IRun run, int times)
    {
        for (var i = 0; i < times; i++)
            await run.Model("m").GetResponseAsync("?");
        return times.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> FailureAsync(Func<Task<string>> body)
    {
        try
        {
            return await body();
        }
        catch (EffectFailedException failed)
        {
            return $"{failed.Failure.Type}: {failed.Failure.Message}";
        }
    }

    private static ScriptedModel Model() => new((_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, "x"))
    {
        Usage = new UsageDetails { InputTokenCount = 4, OutputTokenCount = Tokens - 4, TotalTokenCount = Tokens },
    });
}
