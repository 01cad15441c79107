using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ReasoningAgent;
using Reasoners.Tests.Support;
using Reasoners.ToolCalling;

namespace Reasoners.Tests.ReasoningAgent;

public sealed class ReasoningAgentReasonerTests
{
    private static readonly TestTools s_tools = new();

    [Fact]
    public async Task Run_PlanOfTheModel_IsWhatTheAgentIsTold()
    {
        var model = ScriptedChatClient.Of(
            ScriptedChatClient.Text("<think>easy</think>1. multiply"),
            ScriptedChatClient.ToolCalls(("1", "multiply", new() { ["a"] = 6, ["b"] = 7 })),
            ScriptedChatClient.Text("42"));
        var agent = new ToolCallingReasoner(new ToolCallingOptions { Llm = TestHub.Model, Tools = ["multiply"] });
        AIFunction[] tools = [s_tools.Multiply, new ReasonerFunction("solver", "Solves sums.", agent)];

        var run = await TestHub.RunAsync(new ReasoningAgentReasoner(new ReasoningAgentOptions { Llm = TestHub.Model, Augmented = "solver" }), model, tools, "6 times 7?");

        Assert.Equal("42", run.Text);
        var asked = model.Calls[0].Messages.Single().Text;
        Assert.Contains("Solves sums.", asked, StringComparison.Ordinal);
        Assert.Contains("- multiply: Multiplies two numbers.", asked, StringComparison.Ordinal);
        var told = model.Calls[1].Messages[^1].Text;
        Assert.Contains("1. multiply", told, StringComparison.Ordinal);
        Assert.Contains("6 times 7?", told, StringComparison.Ordinal);
        Assert.DoesNotContain("easy", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OwnTemplates_AreFilled()
    {
        var model = ScriptedChatClient.Of("the plan");
        var options = new ReasoningAgentOptions
        {
            Llm = TestHub.Model,
            Augmented = "echo",
            ReasoningPromptTemplate = "{augmented_function_desc}|{input_text}|{tools}",
            InstructionPromptTemplate = "{input_text}|{reasoning_output}",
        };

        var run = await TestHub.RunAsync(new ReasoningAgentReasoner(options), model, [s_tools.Echo], "q");

        Assert.Equal("Repeats a text.|q|", model.Calls[0].Messages.Single().Text);
        Assert.Equal("q|the plan", run.Text);
    }

    [Fact]
    public async Task Run_NoDescription_SaysWhoNeedsOne()
    {
        var silent = HubTool.Create((string text) => text, "silent");

        var run = await TestHub.RunAsync(new ReasoningAgentReasoner(new ReasoningAgentOptions { Llm = TestHub.Model, Augmented = "silent" }), ScriptedChatClient.Of("x"), [silent], "q");

        Assert.Contains("'silent' has no description", run.Failure!.Message, StringComparison.Ordinal);
    }
}
