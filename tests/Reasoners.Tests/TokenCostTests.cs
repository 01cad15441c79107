using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;
using Reasoners.Tests.Support;

namespace Reasoners.Tests;

/// <summary>
/// Prompt tokens of a question that takes N tool calls, a token being a word between white space. ReAct sends its whole
/// history with every call, ReWOO sends each result once: Xu et al. 2023, arXiv:2305.18323, section 2.3.
/// </summary>
public sealed class TokenCostTests
{
    private const string Ask = "Repeat x as often as it takes";
    private const string Act = "Thought: again Action: echo\nAction Input: {\"text\":\"x\"}";

    /// <summary>S + Q words at first, A + O words more with each call: (N+1)(S+Q) + (A+O) N(N+1)/2.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task ReAct_Steps_CostQuadraticallyManyTokens(int steps)
    {
        var tools = new AIFunction[] { new TestTools().Echo };
        var model = new ScriptedChatClient((_, call) => ScriptedChatClient.Text(call < steps ? Act : "Thought: enough\nFinal Answer: x"));
        var options = new ReActOptions { Llm = TestHub.Model, Tools = ["echo"], MaxToolCalls = steps };
        Assert.Equal(RunStatus.Completed, (await TestHub.RunAsync(new ReActReasoner(options), model, tools, Ask)).Status);

        var start = Words(ReActPrompt.System(tools)) + Words($"Question: {Ask}");
        var step = Words(Act) + Words("Observation: x");
        Assert.Equal(((steps + 1) * start) + (step * steps * (steps + 1) / 2), model.Calls.Sum(c => c.Words));
    }

    /// <summary>P + T words for the plan, V + B for the solution, and E more for each step: (P+T) + (V+B) + N E.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task ReWoo_Steps_CostLinearlyManyTokens(int steps)
    {
        var tools = new AIFunction[] { new TestTools().Echo };
        var plan = Enumerable.Range(1, steps).Select(i => """{"plan":"again","evidence":{"placeholder":"#E_","tool":"echo","tool_input":{"text":"?"}}}"""
            .Replace("#E_", $"#E{i}", StringComparison.Ordinal).Replace("?", i == 1 ? "x" : $"#E{i - 1}", StringComparison.Ordinal));
        var model = ScriptedChatClient.Of($"[{string.Join(',', plan)}]", "x");
        var options = new ReWooOptions { Llm = TestHub.Model, Tools = ["echo"] };
        Assert.Equal(RunStatus.Completed, (await TestHub.RunAsync(new ReWooReasoner(options), model, tools, Ask)).Status);

        var planning = Words(ReWooPrompt.Planner(tools)) + Words($"task: {Ask}");
        var solving = Words(ReWooPrompt.Solver()) + Words(ReWooPrompt.Solve("", Ask));
        var step = Words(ReWooPrompt.Evidence("again", "#E1", "echo", "{\"text\":\"x\"}", "x"));
        Assert.Equal(planning + solving + (steps * step), model.Calls.Sum(c => c.Words));
    }

    private static int Words(string text) => new ScriptedCall([new ChatMessage(ChatRole.User, text)], null).Words;
}
