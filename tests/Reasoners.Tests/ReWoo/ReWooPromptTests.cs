using Microsoft.Extensions.AI;
using Reasoners.ReWoo;
using Reasoners.Tests.Support;

namespace Reasoners.Tests.ReWoo;

/// <summary>Texts that a model is trained on: a change here asks for a new training run.</summary>
public sealed class ReWooPromptTests
{
    private static readonly AIFunction[] s_tools = [new TestTools().Multiply];

    [Fact]
    public void Planner_Defaults_IsTheTrainedText()
    {
        const string Expected = """
            Make a plan that answers the task with the tools below, before any of them runs.

            multiply: Multiplies two numbers. Arguments: {"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}

            Reply with a JSON array and nothing else. Each step has this form:
            {"plan":"what this step finds out","evidence":{"placeholder":"#E1","tool":"the name of one tool","tool_input":{"argument":"value"}}}
            Number the placeholders #E1, #E2 and so on. A later step may use an earlier result by writing its placeholder as a value. If no tool in the list can help, reply [].
            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), ReWooPrompt.Planner(s_tools));
    }

    [Fact]
    public void Solver_Defaults_IsTheTrainedText()
    {
        Assert.Equal("Solve the task with the evidence below. Each plan step is followed by the tool call that was made and by its result. Reply with the answer alone.",
            ReWooPrompt.Solver());
        var evidence = ReWooPrompt.Evidence("multiply them", "#E1", "multiply", "{\"a\":14,\"b\":27}", "378");
        Assert.Equal("Plan: multiply them\n#E1 = multiply[{\"a\":14,\"b\":27}]\nResult: 378\n\n", evidence);
        Assert.Equal($"plan: {evidence}\ntask: 14 times 27?\n\nResponse:", ReWooPrompt.Solve(evidence, "14 times 27?"));
        Assert.Equal("plan: \ntask: t\n\nResponse:", ReWooPrompt.Solve("", "t"));
    }

    [Fact]
    public void Prompts_OwnTextsAndInstructions_AreUsed()
    {
        var options = new ReWooOptions
        {
            PlannerPrompt = "{tool_names}: {tools} {{\"x\":1}}",
            AdditionalPlannerInstructions = "Short.",
            SolverPrompt = "Solve {{it}}.",
            AdditionalSolverInstructions = "One word.",
            IncludeToolSchema = false,
        };
        Assert.Equal("multiply: multiply: Multiplies two numbers. {\"x\":1} Short.", ReWooPrompt.Planner(s_tools, options));
        Assert.Equal("Solve {it}. One word.", ReWooPrompt.Solver(options));
        Assert.Equal("Previous conversation history:\nuser: Hi\n\ntask: t", ReWooPrompt.Task([new(ChatRole.User, "Hi"), new(ChatRole.User, "t")]));
    }
}
