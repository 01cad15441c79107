using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Core.Tests.Runs;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task MaxSteps_Spent_EndsBeforeTheNextEffect(int steps)
    {
        var (bench, model) = Looping(tokens: 10);

        var result = await bench.RunAsync(new RunOptions { Budget = new RunBudget { MaxSteps = steps } });

        Assert.Equal((RunStatus.BudgetExceeded, "BudgetExceeded:max_steps"), (result.Status, result.Failure!.Type));
        Assert.Equal((steps, steps), (model.Calls, result.Steps));
        Assert.Equal(RunStatus.BudgetExceeded, bench.Store.Find(result.RunId).Status);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(30, 3)]
    public async Task MaxTokens_Spent_OvershootIsAtMostOneCall(long tokens, int calls)
    {
        var (bench, model) = Looping(tokens: 10);

        var result = await bench.RunAsync(new RunOptions { Budget = new RunBudget { MaxTokens = tokens } });

        Assert.Equal(("BudgetExceeded:max_tokens", calls), (result.Failure!.Type, model.Calls));
        Assert.InRange(result.Usage.TotalTokenCount!.Value, tokens, tokens + 9);
    }

    [Fact]
    public async Task MaxTokens_ParallelBranches_OvershootIsWhatWasInFlight()
    {
        var model = Tokens(10);
        var bench = new Bench().Add("m", model).Add(async run =>
        {
            await run.AllAsync([.. Enumerable.Range(0, 50)], async (branch, _) => await branch.Model("m").GetResponseAsync("?"), maxParallel: 4);
            return "";
        });

        var result = await bench.RunAsync(new RunOptions { Budget = new RunBudget { MaxTokens = 100 } });

        Assert.Equal(RunStatus.BudgetExceeded, result.Status);
        Assert.InRange(model.Calls, 10, 13);
    }

    [Fact]
    public async Task MaxCost_Spent_CountsByThePriceTable()
    {
        var (bench, model) = Looping(tokens: 1_000_000);
        var budget = new RunBudget { MaxCost = 9m, Prices = new Dictionary<string, ModelPrice> { ["m"] = new(PerMillionInput: 2, PerMillionOutput: 8) } };

        var result = await bench.RunAsync(new RunOptions { Budget = budget });

        // A call is 400,000 tokens in and 600,000 out: 0.8 + 4.8.
        Assert.Equal(("BudgetExceeded:max_cost", 2), (result.Failure!.Type, model.Calls));
        Assert.Contains("11.2", result.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaxWallTime_Spent_CountsEarlierSittingsButNotTheWaitBetween()
    {
        var time = new FakeTimeProvider(Sample.Began);
        var model = new ScriptedModel(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(4));
            return "x";
        });
        var bench = new Bench { Time = time }.Add("m", model).Add(async run =>
        {
            await run.Model("m").GetResponseAsync("1");
            await run.PromptAsync("Go on?");
            for (var i = 0; i < 10; i++)
                await run.Model("m").GetResponseAsync("2");
            return "";
        });
        var first = await bench.RunAsync(new RunOptions { Budget = new RunBudget { MaxWallTime = TimeSpan.FromSeconds(10) } });
        Assert.Equal(RunStatus.Suspended, first.Status);
        time.Advance(TimeSpan.FromDays(2));

        var result = await bench.AnswerAsync(first.RunId, "1", "yes");

        Assert.Equal(("BudgetExceeded:max_wall_time", 3), (result.Failure!.Type, model.Calls));
    }

    [Fact]
    public async Task Budget_SwallowedByTheReasoner_EndsTheRunAllTheSame()
    {
        var bench = new Bench().Add("m", Tokens(1)).Add(async run =>
        {
            try
            {
                while (true)
                    await run.Model("m").GetResponseAsync("?");
            }
            catch (BudgetExceededException)
            {
                return "as if nothing had happened";
            }
        });

        var result = await bench.RunAsync(new RunOptions { Budget = new RunBudget { MaxSteps = 2 } });

        Assert.Equal((RunStatus.BudgetExceeded, ""), (result.Status, result.Text));
    }

    [Fact]
    public async Task Fork_WithALargerBudget_GoesOn()
    {
        var model = Tokens(1);
        var bench = new Bench().Add("m", model).Add(async run =>
        {
            for (var i = 0; i < 5; i++)
                await run.Model("m").GetResponseAsync("?");
            return "done";
        });
        var spent = await bench.RunAsync(new RunOptions { Budget = new RunBudget { MaxSteps = 3 } });

        var fork = RunFork.Fork(bench.Store, spent.RunId, bench.Store.Find(spent.RunId).Events - 1, TimeProvider.System, new RunBudget { MaxSteps = 5 });
        var result = await bench.ResumeAsync(fork);

        Assert.Equal(("done", 5), (result.Text, model.Calls));
    }

    private static (Bench, ScriptedModel) Looping(long tokens)
    {
        var model = Tokens(tokens);
        return (new Bench().Add("m", model).Add(async run =>
        {
            while (true)
                await run.Model("m").GetResponseAsync("?");
        }), model);
    }

    private static ScriptedModel Tokens(long tokens) => new((_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, "x"))
    {
        Usage = new UsageDetails { InputTokenCount = tokens * 4 / 10, OutputTokenCount = tokens - (tokens * 4 / 10), TotalTokenCount = tokens },
    });
}
