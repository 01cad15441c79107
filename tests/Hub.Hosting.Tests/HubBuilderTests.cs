using Hub.Abstractions;
using Hub.Core.Models;
using Microsoft.Extensions.AI;

namespace Hub.Hosting.Tests;

public sealed class HubBuilderTests
{
    [Fact]
    public async Task Build_ReActOverATape_AnswersWithUsageAndSteps()
    {
        await using var hub = HubHost.CreateBuilder()
            .AddModel("m", new Replies("Thought: multiply.\nAction: multiply\nAction Input: {\"a\": 14, \"b\": 27}", "Thought: done.\nFinal Answer: 378"))
            .AddTool(AIFunctionFactory.Create((double a, double b) => a * b, "multiply"))
            .AddReAct("solver", o => { o.Llm = "m"; o.Tools = ["multiply"]; o.MaxToolCalls = 8; })
            .Build();
        var result = await hub.RunAsync("solver", "What is 14 times 27?");

        Assert.Equal("378", result.Text);
        Assert.Equal(RunStatus.Completed, result.Status);
        Assert.Equal(3, result.Steps);
        Assert.Equal(2 * Replies.TokensACall, result.Usage.TotalTokenCount);
    }

    [Fact]
    public void Build_WrongReferences_NamesThemAll()
    {
        var builder = HubHost.CreateBuilder()
            .AddModel("nano", new Replies())
            .AddTool(AIFunctionFactory.Create((double a) => a, "multiply"))
            .AddReAct("one", o => { o.Llm = "nanno"; o.Tools = ["multiply"]; })
            .AddReWoo("two", o => { o.Llm = "nano"; o.Tools = ["multiplie"]; });

        var mistake = Assert.Throws<HubException>(() => builder.Build());

        Assert.Contains("nanno", mistake.Message);
        Assert.Contains("Did you mean 'nano'", mistake.Message);
        Assert.Contains("multiplie", mistake.Message);
        Assert.Contains("Did you mean 'multiply'", mistake.Message);
    }

    [Fact]
    public void AddTool_SameNameTwice_IsRefused()
    {
        var builder = HubHost.CreateBuilder().AddTool(AIFunctionFactory.Create(() => 1, "one"));

        Assert.Contains("'one'", Assert.Throws<ArgumentException>(() => builder.AddTool(AIFunctionFactory.Create(() => 1, "one"))).Message);
    }

    [Fact]
    public async Task UseRunLog_AnotherHub_ResumesTheRunFromTheLog()
    {
        var folder = Directory.CreateTempSubdirectory("hub-hosting-").FullName;
        try
        {
            var log = Path.Combine(folder, "runs.db");
            string runId;
            await using (var first = Asker(log).Build())
                runId = (await first.RunAsync("asker", "?")).RunId;
            await using var second = Asker(log).Build();
            var record = second.Runs.Find(runId);
            var resumed = await (await second.ResumeAsync(runId, new ResumeOptions { Answers = new Dictionary<string, string> { ["0"] = "blue" } })).Completion;

            Assert.Equal(RunStatus.Suspended, record.Status);
            Assert.Equal("You said blue.", resumed.Text);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Tape_RecordedOnce_PlaysStrictly()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.Delete(path);
            ChatMessage[] question = [new(ChatRole.User, "Hello?")];
            using (var recorder = new TapeChatClient(path, TapeMode.Record, new Replies("Good day.")))
                await recorder.GetResponseAsync(question);
            using var tape = new TapeChatClient(path, TapeMode.Strict);

            Assert.Equal("Good day.", (await tape.GetResponseAsync(question)).Text);
            var unknown = await Assert.ThrowsAsync<HubException>(() => tape.GetResponseAsync([new ChatMessage(ChatRole.User, "Who?")]));
            Assert.Contains("Who?", unknown.Message);
            Assert.Contains("Hello?", unknown.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static HubBuilder Asker(string log) => HubHost.CreateBuilder().AddReasoner("asker", new AskingReasoner()).UseRunLog(log);

    private sealed class AskingReasoner : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"You said {await run.PromptAsync("Which colour?")}.");
    }
}
