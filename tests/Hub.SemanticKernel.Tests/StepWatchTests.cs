using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.SemanticKernel;

namespace Hub.SemanticKernel.Tests;

public sealed class StepWatchTests
{
    private const string Multiplying = "Thought: multiply\nAction: multiply\nAction Input: {\"a\": 14, \"b\": 27}";
    private const string Done = "Thought: done\nFinal Answer: 378";

    [Fact]
    public async Task Filter_RunOfAnAgent_SeesEachStepAsItBeginsAndEnds()
    {
        var recorder = new Recorder();
        await using var hub = Build(new Replies(Multiplying, Done));

        await AskAsync(hub, recorder);

        Assert.Equal(
            ["hub.solver(question=14 times 27?)", "hub_steps.m()", "hub_steps.multiply(a=14,b=27)", "hub_steps.multiply=378", "hub_steps.m()", "hub_steps.m=Thought: done Final Answer: 378", "hub.solver=378"],
            recorder.Seen.Where(s => !s.StartsWith("hub_steps.m=Thought: multiply", StringComparison.Ordinal)));
        Assert.Equal(8, recorder.Seen.Count);
    }

    [Fact]
    public async Task Filter_StepThatFails_SeesTheFailureAndTheRunGoesOn()
    {
        var recorder = new Recorder();
        await using var hub = Build(new Replies("Thought: multiply\nAction: multiply\nAction Input: {\"a\": \"x\", \"b\": 27}", Done));

        Assert.Equal("378", await AskAsync(hub, recorder));

        Assert.Contains("hub_steps.multiply(a=x,b=27)", recorder.Seen);
        Assert.DoesNotContain(recorder.Seen, s => s.StartsWith("hub_steps.multiply=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filter_ThatThrows_CancelsTheRunAndIsHeard()
    {
        var recorder = new Recorder(c => c.Function.Name == "multiply" ? new InvalidOperationException("No multiplying here.") : null);
        await using var hub = Build(new Replies(Multiplying));

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(hub, recorder));

        Assert.Equal("No multiplying here.", refused.Message);
        Assert.NotEqual(RunStatus.Completed, Assert.Single(hub.Runs.List()).Status);
    }

    private static async Task<string> AskAsync(IHub hub, IFunctionInvocationFilter filter)
    {
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();
        kernel.FunctionInvocationFilters.Add(filter);
        return (await kernel.InvokeAsync("hub", "solver", new() { ["question"] = "14 times 27?" })).ToString();
    }

    private static IHub Build(Replies model) => HubHost.CreateBuilder()
        .AddModel("m", model)
        .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely, "Multiplies."))
        .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["multiply"]))
        .Build();
}
