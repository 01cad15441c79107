using System.Globalization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

/// <summary>Three unlike users of a run: a plan with parallel levels, an agent that calls an agent that asks a person, a search in batches.</summary>
public sealed class UnlikeUsersTests
{
    [Fact]
    public async Task Plan_ParallelLevels_ResumesFromEveryCrashPoint() =>
        await ResumesEverywhere(Plan, "E1=3 E2=4 E3=12 E4=7", minPoints: 40);

    [Fact]
    public async Task Search_ScoresInBatches_ResumesFromEveryCrashPoint()
    {
        var expected = (await Search().RunAsync(new RunOptions { Seed = 11 })).Text;

        await ResumesEverywhere(Search, expected, minPoints: 20, new RunOptions { Seed = 11 });
    }

    [Fact]
    public async Task Search_AnotherSeed_TakesAnotherWay() =>
        Assert.NotEqual((await Search().RunAsync(new RunOptions { Seed = 11 })).Text, (await Search().RunAsync(new RunOptions { Seed = 12 })).Text);

    [Fact]
    public async Task Search_Batches_OneEffectEach()
    {
        var bench = Search();
        var result = await bench.RunAsync();

        Assert.Equal(4, bench.Store.Read(result.RunId).Count(e => e.Kind == RunEventKind.TtcStart));
        Assert.Equal(4, result.Steps);
    }

    [Fact]
    public async Task Agent_CallsAnAgentThatAsksAPerson_SuspendsInOneHubAndGoesOnInAnother()
    {
        using var folder = new TemporaryFolder();
        var outerCalls = 0;
        Bench Over(IRunStore store) => new Bench { Store = store }
            .Add("boss", new ScriptedModel((messages, _) =>
            {
                outerCalls++;
                var result = messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().FirstOrDefault();
                return new ChatResponse(result is null
                    ? new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "travel", new Dictionary<string, object?> { ["input_message"] = "Book a trip" })])
                    : new ChatMessage(ChatRole.Assistant, "Booked: " + RunTools.ResultText(result.Result)));
            }))
            .Add(new ReasonerFunction("travel", "Books trips.", new LambdaReasoner(async (run, request) =>
            {
                var where = await run.PromptAsync($"{request.Question}: where to?");
                var how = await run.PromptAsync("How?", "train", "boat");
                return run.Answer($"{where} by {how}");
            })))
            .Add("main", new LambdaReasoner((run, request) =>
                new FunctionInvokingChatClient(run.Model("boss")).GetResponseAsync(request.Messages, new ChatOptions { Tools = [run.Tool("travel")] }, run.Cancelled)));

        RunResult first;
        await using (var hub = Over(new SqliteRunStore(new() { Path = folder.File("runs.sqlite") })).Hub())
            first = await hub.Start("main", ReasonerRequest.From("A trip, please")).Completion;
        Assert.Equal((RunStatus.Suspended, "1/0", "Book a trip: where to?"), (first.Status, first.Pending?.EffectId, first.Pending?.Text));

        RunResult second;
        await using (var hub = Over(new SqliteRunStore(new() { Path = folder.File("runs.sqlite") })).Hub())
            second = await (await hub.ResumeAsync(first.RunId, new ResumeOptions { Answers = new Dictionary<string, string> { ["1/0"] = "Oslo" } })).Completion;
        Assert.Equal((RunStatus.Suspended, "1/1", "How?"), (second.Status, second.Pending?.EffectId, second.Pending?.Text));

        await using (var hub = Over(new SqliteRunStore(new() { Path = folder.File("runs.sqlite") })).Hub())
        {
            var last = await (await hub.ResumeAsync(first.RunId, new ResumeOptions { Answers = new Dictionary<string, string> { ["1/1"] = "boat" } })).Completion;
            Assert.Equal((RunStatus.Completed, "Booked: Oslo by boat"), (last.Status, last.Text));
            Assert.Null(hub.Runs.Verify(first.RunId));
            Assert.Equal(["travel"], hub.Runs.Read(first.RunId).Where(e => e.Kind == RunEventKind.FunctionStart).Select(e => e.Name));
        }

        Assert.Equal(2, outerCalls);
    }

    /// <summary>A plan of calls in two levels: E1 and E2 side by side, then E3 = E1 * E2 and E4 = E1 + E2 side by side.</summary>
    private static Bench Plan()
    {
        (string Name, string Tool, string[] Arguments)[][] levels =
        [
            [("E1", "add", ["1", "2"]), ("E2", "add", ["2", "2"])],
            [("E3", "multiply", ["E1", "E2"]), ("E4", "add", ["E1", "E2"])],
        ];
        return new Bench()
            .Add("planner", new ScriptedModel(_ => "plan"))
            .Add(HubTool.Create((int a, int b) => a + b, "add", Redo.WithSameKey))
            .Add(HubTool.Create((int a, int b) => a * b, "multiply", Redo.Freely))
            .Add(async run =>
            {
                await run.Model("planner").GetResponseAsync("Plan!");
                var known = new Dictionary<string, int>();
                foreach (var level in levels)
                {
                    int Value(string argument) => known.TryGetValue(argument, out var value) ? value : int.Parse(argument, CultureInfo.InvariantCulture);
                    var values = await run.AllAsync(level, async (branch, call) => int.Parse(
                        RunTools.ResultText(await branch.Tool(call.Tool).InvokeAsync(new AIFunctionArguments { ["a"] = Value(call.Arguments[0]), ["b"] = Value(call.Arguments[1]) })),
                        CultureInfo.InvariantCulture));
                    for (var i = 0; i < level.Length; i++)
                        known[level[i].Name] = values[i];
                }

                return string.Join(" ", known.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key}={k.Value}"));
            });
    }

    /// <summary>Beam search over numbers: children by arithmetic and by chance, scored one batch a depth.</summary>
    private static Bench Search() => new Bench().Add(async run =>
    {
        int[] beam = [1, 2, 3];
        for (var depth = 0; depth < 4; depth++)
        {
            int[] children = [.. beam.SelectMany(b => new[] { 2 * b, (2 * b) + 1, run.Random.Next(1000) })];
            var scores = await run.RolloutsAsync("score", children, (states, _) => Task.FromResult(states.Select(x => (x * x) % 97).ToArray()));
            beam = [.. children.Zip(scores).OrderByDescending(p => p.Second).ThenBy(p => p.First).Take(3).Select(p => p.First)];
        }

        return string.Join(",", beam);
    });

    private static async Task ResumesEverywhere(Func<Bench> make, string expected, int minPoints, RunOptions? options = null)
    {
        var points = 0;
        var counting = make();
        counting.FailPoint = _ => Interlocked.Increment(ref points);
        Assert.Equal(expected, (await counting.RunAsync(options)).Text);
        Assert.True(points >= minPoints, $"only {points} fail-points");
        for (var k = 1; k <= points; k++)
        {
            var bench = make();
            var at = 0;
            var crash = bench.CrashWhen(_ => Interlocked.Increment(ref at) == k);
            var ended = await Record.ExceptionAsync(() => bench.RunAsync(options));
            // A slow machine commits now and then on its own, so that the number of points is not always the same.
            if (!crash.Crashed && k > minPoints)
                break;
            Assert.IsType<RunLogException>(ended);
            bench.FailPoint = null;
            var record = Assert.Single(bench.Store.List());
            if (record.Events == 0)
                continue;

            var again = await bench.ResumeAsync(record.Header.RunId);

            Assert.Equal((k, expected), (k, again.Text));
            Assert.Null(bench.Store.Verify(record.Header.RunId));
        }
    }
}
