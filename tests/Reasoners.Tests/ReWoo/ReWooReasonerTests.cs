using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ReWoo;
using Reasoners.Tests.Support;

namespace Reasoners.Tests.ReWoo;

public sealed class ReWooReasonerTests
{
    private readonly TestTools _tools = new();

    [Fact]
    public async Task RunAsync_PlanWithNeeds_FillsResultsInAndSolves()
    {
        var model = ScriptedChatClient.Of(
            Plan(("#E1", "point", "{}"), ("#E2", "multiply", "\"#E1\""), ("#E3", "echo", """{"text":"it is #E2"}"""), ("#E4", "sum", """{"numbers":["#E2",1]}""")),
            "<think>easy</think> It is 42. ");
        var (result, events) = await TestHub.WatchAsync(Reasoner(), model, Tools(), ReasonerRequest.From("6 times 7?"));

        Assert.Equal((RunStatus.Completed, "It is 42."), (result.Status, result.Text));
        Assert.Equal(["echo(it is 42)", "multiply(6, 7)", "point()", "sum(42, 1)"], _tools.Calls.Order(StringComparer.Ordinal));
        Assert.Equal("It is 42.", string.Concat(events.Where(e => e.Kind == RunEventKind.AnswerChunk).Select(e => e.Chunk)));
        Assert.Equal(
            "plan: Plan: do #E1\n#E1 = point[{}]\nResult: {\"a\":6,\"b\":7}\n\n" +
            "Plan: do #E2\n#E2 = multiply[{\"a\":6,\"b\":7}]\nResult: 42\n\n" +
            "Plan: do #E3\n#E3 = echo[{\"text\":\"it is 42\"}]\nResult: it is 42\n\n" +
            "Plan: do #E4\n#E4 = sum[{\"numbers\":[42,1]}]\nResult: 43\n\n\ntask: 6 times 7?\n\nResponse:", model.Calls[1].Messages[1].Text);
        Assert.True(model.Calls[0].Options!.AdditionalProperties!.ContainsKey(EngineHints.ActionTools));
        Assert.Null(model.Calls[1].Options!.AdditionalProperties);
    }

    [Fact]
    public async Task RunAsync_EmptyPlan_GoesToTheSolver()
    {
        var model = ScriptedChatClient.Of("[]", "No tool can help.");
        Assert.Equal("No tool can help.", (await TestHub.RunAsync(Reasoner(), model, Tools(), "?")).Text);
        Assert.Equal("plan: \ntask: ?\n\nResponse:", model.Calls[1].Messages[1].Text);
    }

    [Theory]
    [InlineData(6, 8, 6)]
    [InlineData(6, 2, 2)]
    [InlineData(3, 1, 1)]
    public async Task RunAsync_StepsOfOneLevel_AreUnderWayTogetherUpToTheLimit(int steps, int limit, int together)
    {
        var gate = new Gate(together);
        var plan = Plan([.. Enumerable.Range(1, steps).Select(i => ($"#E{i}", "gate", "{}"))]);
        var result = await TestHub.RunAsync(Reasoner(o => o.MaxParallelToolCalls = limit), ScriptedChatClient.Of(plan, "done"), [gate.Tool], "?");
        Assert.Equal(("done", steps, together), (result.Text, gate.Calls, gate.MostAtOnce));
    }

    [Fact]
    public async Task RunAsync_GateForMoreThanTheLimit_NeverOpens()
    {
        var gate = new Gate(needed: 3, patienceMilliseconds: 100);
        var plan = Plan(("#E1", "gate", "{}"), ("#E2", "gate", "{}"), ("#E3", "gate", "{}"));
        var reasoner = Reasoner(o => (o.MaxParallelToolCalls, o.ToolCallAttempts) = (2, 1));
        Assert.Equal(nameof(TimeoutException), (await TestHub.RunAsync(reasoner, ScriptedChatClient.Of(plan), [gate.Tool], "?")).Failure!.Type);
        Assert.Equal((3, 2), (gate.Calls, gate.MostAtOnce));
    }

    [Fact]
    public async Task RunAsync_StepThatNeedsAnother_WaitsForIt()
    {
        // With a gate for two, the two free steps can only end together; the third cannot be among them.
        var gate = new Gate(2);
        var plan = Plan(("#E3", "echo", "\"after #E1 and #E2\""), ("#E1", "gate", "{}"), ("#E2", "gate", "{}"));
        var model = ScriptedChatClient.Of(plan, "done");
        await TestHub.RunAsync(Reasoner(), model, [gate.Tool, _tools.Echo], "?");
        Assert.Equal(["echo(after open and open)"], _tools.Calls);
        Assert.StartsWith("plan: Plan: do #E3\n#E3 = echo[after open and open]", model.Calls[1].Messages[1].Text, StringComparison.Ordinal); // in the order of the plan
    }

    [Fact]
    public async Task RunAsync_BadPlan_IsRetriedWithTheFault()
    {
        var model = ScriptedChatClient.Of("Let me think.", Plan(("#E1", "echo", "\"#E2\"")), "[]", "done");
        Assert.Equal("done", (await TestHub.RunAsync(Reasoner(), model, Tools(), "?")).Text);
        Assert.Equal(["system", "user", "assistant", "user", "assistant", "user"], model.Calls[2].Messages.Select(m => m.Role.Value));
        Assert.StartsWith("The plan is no valid JSON", model.Calls[2].Messages[3].Text, StringComparison.Ordinal);
        Assert.StartsWith("The step #E1 uses #E2, which no step has.", model.Calls[2].Messages[5].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PlannerAttemptsSpent_GivesUp()
    {
        var model = new ScriptedChatClient((_, _) => ScriptedChatClient.Text("no plan"));
        var result = await TestHub.RunAsync(Reasoner(), model, Tools(), "?");
        Assert.Equal((nameof(ReasonerGaveUpException), 3), (result.Failure!.Type, model.Calls.Count));
        Assert.EndsWith("(limit planner_max_retries: 3)", result.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_UnknownTool_IsEvidence()
    {
        var model = ScriptedChatClient.Of(Plan(("#E1", "divide", "[1]")), "done");
        Assert.Equal("done", (await TestHub.RunAsync(Reasoner(), model, [_tools.Echo], "?")).Text);
        Assert.Contains("#E1 = divide[[1]]\nResult: There is no tool named 'divide'. The tools are: echo.\n", model.Calls[1].Messages[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FailingTool_IsTriedThreeTimesAndThenFailsTheRun()
    {
        var time = new InstantTime();
        var result = await TestHub.RunAsync(Reasoner(), ScriptedChatClient.Of(Plan(("#E1", "failing", "{}"))), Tools(), "?", time);
        Assert.Equal((RunStatus.Failed, "the disk is wet"), (result.Status, result.Failure!.Message));
        Assert.Equal((3, "2 4"), (_tools.Calls.Count, string.Join(' ', time.Waits.Select(w => w.TotalSeconds))));
    }

    [Fact]
    public async Task RunAsync_FailingToolWithoutRaising_IsEvidence()
    {
        var model = ScriptedChatClient.Of(Plan(("#E1", "failing", "{}"), ("#E2", "multiply", "5")), "done");
        await TestHub.RunAsync(Reasoner(o => (o.RaiseToolErrors, o.ToolCallAttempts) = (false, 1)), model, Tools(), "?");
        Assert.Contains("Result: The tool 'failing' failed: the disk is wet\n", model.Calls[1].Messages[1].Text, StringComparison.Ordinal);
        Assert.Contains("Result: The tool 'multiply' has the arguments a, b.", model.Calls[1].Messages[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"{'text': 'a'}\"", "echo(a)")]
    [InlineData("\"plain\"", "echo(plain)")]
    [InlineData("7", "echo(7)")]
    public async Task RunAsync_InputOfOneValue_GoesToTheOnlyParameter(string input, string call)
    {
        await TestHub.RunAsync(Reasoner(), ScriptedChatClient.Of(Plan(("#E1", "echo", input)), "done"), Tools(), "?");
        Assert.Equal([call], _tools.Calls);
    }

    private AIFunction[] Tools() => [_tools.Echo, _tools.Multiply, _tools.Sum, _tools.Point, _tools.Failing()];

    private static string Plan(params (string Placeholder, string Tool, string Input)[] steps) => $"[{string.Join(',', steps.Select(s =>
        $$$"""{"plan":"do {{{s.Placeholder}}}","evidence":{"placeholder":"{{{s.Placeholder}}}","tool":"{{{s.Tool}}}","tool_input":{{{s.Input}}}}}"""))}]";

    private static ReWooReasoner Reasoner(Action<ReWooOptions>? configure = null)
    {
        var options = new ReWooOptions { Llm = TestHub.Model, Tools = ["all"] };
        configure?.Invoke(options);
        return new ReWooReasoner(options);
    }
}
