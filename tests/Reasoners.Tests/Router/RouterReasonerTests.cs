using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Router;
using Reasoners.Tests.Support;

namespace Reasoners.Tests.Router;

public sealed class RouterReasonerTests
{
    private static readonly AIFunction[] s_branches =
    [
        HubTool.Create((string text) => $"fruit for {text}", "fruit", Redo.Freely, "Advises on fruits."),
        HubTool.Create((string text) => $"city for {text}", "city", Redo.Freely, "Advises on cities."),
    ];

    [Theory]
    [InlineData("city", "city for q")]
    [InlineData("I choose CITY.", "city for q")]
    [InlineData("city or fruit", "fruit for q")]
    [InlineData("<think>fruit?</think> city", "city for q")]
    public async Task Run_ReplyNamesABranch_ThatBranchAnswers(string reply, string expected)
    {
        var model = ScriptedChatClient.Of(reply);

        Assert.Equal(expected, (await RunAsync(model)).Text);
        Assert.Contains("fruit: Advises on fruits.\ncity: Advises on cities.", model.Calls[0].Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoBranchNamed_AsksAgain()
    {
        var model = ScriptedChatClient.Of("hm", "banana", "fruit");

        Assert.Equal("fruit for q", (await RunAsync(model)).Text);
        Assert.Equal(3, model.Calls.Count);
    }

    [Fact]
    public async Task Run_NeverABranch_GivesUpWithTheLimitByName()
    {
        var run = await RunAsync(ScriptedChatClient.Of("hm", "hm", "hm"));

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("max_router_retries: 3", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("at last it said: hm", run.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OwnPrompts_AreFilled()
    {
        var model = ScriptedChatClient.Of("fruit");
        var options = new RouterOptions { Llm = TestHub.Model, Branches = ["fruit", "city"], SystemPrompt = "{branch_names}|{branches}", UserPrompt = "{chat_history}|{request}" };

        await TestHub.RunAsync(new RouterReasoner(options), model, s_branches, new ReasonerRequest([new(ChatRole.User, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "c")]));

        Assert.Equal(["fruit,city|fruit: Advises on fruits.\ncity: Advises on cities.", "user: a\nassistant: b|c"], model.Calls[0].Messages.Select(m => m.Text));
    }

    [Fact]
    public void Options_PromptsWithoutTheirPlaces_AreMistakes()
    {
        var failure = Assert.Throws<HubException>(() => new RouterReasoner(new RouterOptions { Llm = "m", Branches = ["x"], SystemPrompt = "{branches}", UserPrompt = "x" }));

        Assert.Contains("system_prompt does not contain {branch_names}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("user_prompt does not contain {chat_history} and {request}", failure.Message, StringComparison.Ordinal);
    }

    private static Task<RunResult> RunAsync(IChatClient model) =>
        TestHub.RunAsync(new RouterReasoner(new RouterOptions { Llm = TestHub.Model, Branches = ["fruit", "city"] }), model, s_branches, "q");
}
