using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

/// <summary>What becomes of a tool call that was in flight when the process ended.</summary>
public sealed class RedoTests
{
    private readonly List<string> _calls = [];

    [Theory]
    [InlineData(Redo.Freely)]
    [InlineData(Redo.WithSameKey)]
    public async Task Resume_ToolThatMayRunAgain_RunsWithTheSameKey(Redo redo)
    {
        var (bench, runId) = await Crashed(redo);

        var result = await bench.ResumeAsync(runId);

        Assert.Equal((RunStatus.Completed, "sent"), (result.Status, result.Text));
        Assert.Equal([$"{runId}:0 False", $"{runId}:0 True"], _calls);
    }

    [Fact]
    public async Task Resume_NeverWithoutDecision_SuspendsAndActsNoMore()
    {
        var (bench, runId) = await Crashed(Redo.Never);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var result = await bench.ResumeAsync(runId);
            Assert.Equal(RunStatus.Suspended, result.Status);
            Assert.True(result.Pending!.Decision);
            Assert.Equal(("0", "redo,result:JSON,fail:MESSAGE"), (result.Pending.EffectId, string.Join(",", result.Pending.Options)));
        }

        Assert.Equal([$"{runId}:0 False"], _calls);
        Assert.Equal(RunStatus.Suspended, bench.Store.Find(runId).Status);
    }

    [Theory]
    [InlineData("redo", "sent", 2)]
    [InlineData("result:\"it was sent\"", "it was sent", 1)]
    [InlineData("fail:Nobody knows", "failed: Nobody knows", 1)]
    public async Task Resume_NeverWithDecision_DoesAsDecidedAndLogsIt(string decision, string answer, int calls)
    {
        var (bench, runId) = await Crashed(Redo.Never);

        var result = await bench.DecideAsync(runId, "0", decision);

        Assert.Equal((RunStatus.Completed, answer), (result.Status, result.Text));
        Assert.Equal(calls, _calls.Count);
        var logged = bench.Store.Read(runId).Single(e => e.Kind == RunEventKind.Decision);
        Assert.StartsWith(logged.Tags!["decision"], decision, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(answer, (await bench.ResumeAsync(runId)).Text);
    }

    [Fact]
    public async Task Resume_DecisionWithAResultThatIsNoJson_AsksAgain()
    {
        var (bench, runId) = await Crashed(Redo.Never);

        var result = await bench.DecideAsync(runId, "0", "result:it was sent");

        Assert.Equal(RunStatus.Suspended, result.Status);
        Assert.Contains("must be JSON", result.Pending!.Text, StringComparison.Ordinal);
        Assert.Equal("yes", (await bench.DecideAsync(runId, "0", "result:\"yes\"")).Text);
    }

    [Fact]
    public async Task Resume_FunctionInvokingClientSwallowsTheSuspension_RunIsSuspendedAllTheSame()
    {
        var model = ScriptedModel.CallingTool("send", 1);
        var bench = new Bench().Add("m", model).Add(Send(Redo.Never)).Add("main", new LambdaReasoner((run, request) =>
            new FunctionInvokingChatClient(run.Model("m")).GetResponseAsync(request.Messages, new ChatOptions { Tools = [run.Tool("send")] }, run.Cancelled)));
        var toolStarted = false;
        bench.CrashWhen(point => point == "effect:before" && (toolStarted ^= true) == false);
        await Assert.ThrowsAsync<RunLogException>(() => bench.RunAsync());
        bench.FailPoint = null;
        var runId = bench.Store.List()[0].Header.RunId;
        var events = bench.Store.Find(runId).Events;

        var result = await bench.ResumeAsync(runId);

        Assert.Equal((RunStatus.Suspended, "1", 0, 1), (result.Status, result.Pending?.EffectId, _calls.Count, model.Calls));
        Assert.Equal(events, bench.Store.Find(runId).Events);
        Assert.Equal("Saw done", (await bench.DecideAsync(runId, "1", "result:\"done\"")).Text);
    }

    [Theory]
    [InlineData("redo", EffectDecisionKind.Redo, null)]
    [InlineData("result:{\"a\":1}", EffectDecisionKind.Result, "{\"a\":1}")]
    [InlineData("fail", EffectDecisionKind.Fail, "A person decided that it failed.")]
    [InlineData("fail:x", EffectDecisionKind.Fail, "x")]
    public void Parse_Decision_ReadsIt(string text, EffectDecisionKind kind, string? result) =>
        Assert.Equal(new EffectDecision(kind, result), EffectDecision.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("Redo")]
    [InlineData("failure")]
    public void Parse_NoDecision_Throws(string text) => Assert.Throws<FormatException>(() => EffectDecision.Parse(text));

    /// <summary>A run whose process ended when its tool had acted and nothing of that was written.</summary>
    private async Task<(Bench Bench, string RunId)> Crashed(Redo redo)
    {
        var bench = new Bench().Add(Send(redo)).Add(async run =>
        {
            try
            {
                return RunTools.ResultText(await run.Tool("send").InvokeAsync());
            }
            catch (EffectFailedException e)
            {
                return "failed: " + e.Message;
            }
        });
        bench.CrashWhen(point => point == "effect:after");
        await Assert.ThrowsAsync<RunLogException>(() => bench.RunAsync());
        bench.FailPoint = null;
        return (bench, bench.Store.List()[0].Header.RunId);
    }

    private AIFunction Send(Redo redo) => HubTool.Create(
        (ToolCallContext call) =>
        {
            _calls.Add($"{call.Key} {call.IsRedo}");
            return "sent";
        },
        "send",
        redo);
}
