using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;
using Reasoners.Tests.Support;
using Reasoners.ToolCalling;

namespace Reasoners.Tests;

/// <summary>Reasoners are deterministic over a run: one that is interrupted anywhere ends as if it had not been.</summary>
public sealed class ResumeTests
{
    private const string ReWooPlan = """
        [{"plan":"a","evidence":{"placeholder":"#E1","tool":"multiply","tool_input":{"a":14,"b":27}}},
         {"plan":"b","evidence":{"placeholder":"#E2","tool":"multiply","tool_input":{"a":2,"b":3}}},
         {"plan":"c","evidence":{"placeholder":"#E3","tool":"sum","tool_input":{"numbers":["#E1","#E2"]}}}]
        """;

    private readonly TestTools _tools = new();

    public static TheoryData<string, int> Interruptions => new()
    {
        { "react", 0 }, { "react", 1 }, { "react", 2 }, { "react", 3 },
        { "rewoo", 0 }, { "rewoo", 1 }, { "rewoo", 2 },
        { "tools", 0 }, { "tools", 1 }, { "tools", 2 },
    };

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task ResumeAsync_InterruptedAtAModelCall_EndsTheSame(string kind, int at)
    {
        var undisturbed = Script(kind);
        var expected = await TestHub.RunAsync(Reasoner(kind), undisturbed, [_tools.Multiply, _tools.Sum], "14 times 27, plus 2 times 3?");
        var toolCalls = _tools.Calls.Count;

        var script = Script(kind);
        var model = new InterruptingChatClient(script, at);
        await using var hub = TestHub.Create(Reasoner(kind), model, [_tools.Multiply, _tools.Sum]);
        var run = hub.Start(TestHub.Agent, ReasonerRequest.From("14 times 27, plus 2 times 3?"), new RunOptions { Seed = 1 });
        model.Run.SetResult(run);
        Assert.Equal(RunStatus.Interrupted, (await run.Completion).Status);
        var resumed = await (await hub.ResumeAsync(run.RunId)).Completion;

        Assert.Equal((RunStatus.Completed, expected.Text), (resumed.Status, resumed.Text));
        Assert.Equal("384", resumed.Text);
        Assert.Equal(expected.Steps, resumed.Steps);
        Assert.Equal(undisturbed.Calls.Select(Sent), script.Calls.Select(Sent));
        Assert.Equal(2 * toolCalls, _tools.Calls.Count);
    }

    private static string Sent(ScriptedCall call) => string.Join('\n', call.Messages.Select(m => $"{m.Role}: {m.Text} {m.Contents.Count}"));

    private static IReasoner Reasoner(string kind) => kind switch
    {
        "react" => new ReActReasoner(new ReActOptions { Llm = TestHub.Model, Tools = ["all"], ParseAttempts = 2 }),
        "rewoo" => new ReWooReasoner(new ReWooOptions { Llm = TestHub.Model, Tools = ["all"] }),
        _ => new ToolCallingReasoner(new ToolCallingOptions { Llm = TestHub.Model, Tools = ["all"] }),
    };

    private static ScriptedChatClient Script(string kind) => kind switch
    {
        "react" => ScriptedChatClient.Of(
            "Thought: hm",
            "Action: multiply\nAction Input: {\"a\": 14, \"b\": 27}",
            "Action: sum\nAction Input: {\"numbers\": [378, 6]}",
            "Final Answer: 384"),
        "rewoo" => ScriptedChatClient.Of("no plan", ReWooPlan, "384"),
        _ => ScriptedChatClient.Of(
            ScriptedChatClient.ToolCalls(("1", "multiply", new() { ["a"] = 14, ["b"] = 27 }), ("2", "multiply", new() { ["a"] = 2, ["b"] = 3 })),
            ScriptedChatClient.ToolCalls(("3", "sum", new() { ["numbers"] = new[] { 378, 6 } })),
            ScriptedChatClient.Text("384")),
    };
}
