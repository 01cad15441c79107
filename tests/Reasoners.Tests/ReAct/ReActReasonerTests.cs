using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.Tests.Support;

namespace Reasoners.Tests.ReAct;

public sealed class ReActReasonerTests
{
    private const string Ask = "What is 14 times 27?";
    private const string Act = "Thought: multiply\nAction: multiply\nAction Input: {\"a\": 14, \"b\": 27}";
    private const string Answer = "Thought: known\nFinal Answer: 378";

    private readonly TestTools _tools = new();

    [Fact]
    public async Task RunAsync_ActionThenAnswer_AnswersFromTheObservation()
    {
        var model = ScriptedChatClient.Of($" {Act}\n", Answer);
        var result = await RunAsync(model);

        Assert.Equal((RunStatus.Completed, "378"), (result.Status, result.Text));
        Assert.Equal(["multiply(14, 27)"], _tools.Calls);
        Assert.Equal(["system", "user", "assistant", "user"], model.Calls[1].Messages.Select(m => m.Role.Value));
        Assert.Equal(["Question: " + Ask, Act, "Observation: 378"], model.Calls[1].Messages.Skip(1).Select(m => m.Text));
        Assert.Equal(["Observation:"], model.Calls[0].Options!.StopSequences!);
        Assert.Null(model.Calls[0].Options!.Tools);
    }

    [Fact]
    public async Task RunAsync_EveryCall_TellsTheEngineTheTools()
    {
        var model = ScriptedChatClient.Of(Answer);
        await RunAsync(model);
        var hinted = Assert.IsAssignableFrom<IReadOnlyList<AIFunctionDeclaration>>(model.Calls[0].Options!.AdditionalProperties![EngineHints.ActionTools]);
        Assert.Equal(["multiply", "echo", "now", "mute", "failing"], hinted.Select(t => t.Name));
    }

    [Fact]
    public async Task RunAsync_WhileWatched_StreamsTheAnswerAlone()
    {
        var (_, events) = await TestHub.WatchAsync(Reasoner(), ScriptedChatClient.Of(Act, Answer), Tools(), ReasonerRequest.From(Ask));
        Assert.Equal("378", string.Concat(events.Where(e => e.Kind == RunEventKind.AnswerChunk).Select(e => e.Chunk)));
    }

    [Fact]
    public async Task RunAsync_ThinkTags_AreStrippedFromReplyAndPrompt()
    {
        var model = ScriptedChatClient.Of($"<think>Final Answer: 1</think>\n{Act}", $"no tag at first</think>{Answer}");
        Assert.Equal("378", (await RunAsync(model)).Text);
        Assert.Equal(Act, model.Calls[1].Messages[2].Text);
    }

    [Fact]
    public async Task RunAsync_ModelThatIgnoresTheStopSequence_IsHeldToItsOwnTurn()
    {
        var model = ScriptedChatClient.Of($"{Act}\nObservation: 1\nThought: so\nFinal Answer: 1", Answer);
        Assert.Equal("378", (await RunAsync(model)).Text);
        Assert.Equal(Act, model.Calls[1].Messages[2].Text);
    }

    [Theory]
    [InlineData("It is 378.", "It is 378.")]
    [InlineData("<think>hm</think>It is 378.", "It is 378.")]
    public async Task RunAsync_ReplyWithoutForm_IsTheAnswer(string reply, string answer) =>
        Assert.Equal(answer, (await RunAsync(ScriptedChatClient.Of(reply))).Text);

    [Fact]
    public async Task RunAsync_EmptyQuestion_AsksForOneWithoutAskingTheModel()
    {
        var model = ScriptedChatClient.Of(Array.Empty<string>());
        Assert.Equal("The question is empty. Please ask one in words.", (await TestHub.RunAsync(Reasoner(), model, Tools(), "  \n")).Text);
        Assert.Empty(model.Calls);
    }

    [Fact]
    public async Task RunAsync_UnknownTool_IsObserved()
    {
        var model = ScriptedChatClient.Of("Action: divide\nAction Input: {}", Answer);
        await RunAsync(model);
        Assert.Equal("Observation: There is no tool named 'divide'. The tools are: multiply, echo, now, mute, failing.", model.Calls[1].Messages[^1].Text);
    }

    [Theory]
    [InlineData("mute", "None", "The tool 'mute' returned nothing.")]
    [InlineData("now", "None", "noon")]
    [InlineData("echo", "5", "5")]
    [InlineData("echo", "{'text': 'it'}", "it")]
    [InlineData("failing", "None", "The tool 'failing' failed: the disk is wet")]
    [InlineData("multiply", "5", "The tool 'multiply' has the arguments a, b. Give a JSON object with them.")]
    public async Task RunAsync_ToolCall_IsObserved(string tool, string input, string observation)
    {
        var model = ScriptedChatClient.Of($"Action: {tool}\nAction Input: {input}", Answer);
        await RunAsync(model);
        Assert.Equal($"Observation: {observation}", model.Calls[1].Messages[^1].Text);
    }

    [Fact]
    public async Task RunAsync_ArgumentsOfTheWrongType_AreAnObservationAndNoCall()
    {
        var model = ScriptedChatClient.Of("Action: multiply\nAction Input: {\"a\": \"x\", \"b\": 2}", Answer);
        Assert.Equal(RunStatus.Completed, (await RunAsync(model)).Status);
        Assert.StartsWith("Observation: The tool 'multiply' failed: ", model.Calls[1].Messages[^1].Text, StringComparison.Ordinal);
        Assert.Empty(_tools.Calls);
    }

    [Fact]
    public async Task RunAsync_ToolErrorsNotPassed_FailTheRun()
    {
        var result = await RunAsync(ScriptedChatClient.Of("Action: failing\nAction Input: None"), o => o.PassToolErrors = false);
        Assert.Equal((RunStatus.Failed, "the disk is wet"), (result.Status, result.Failure!.Message));
    }

    [Theory]
    [InlineData(1, 1, "2", "fine")]
    [InlineData(4, 9, "2 4 8", "The tool 'failing' failed 4 times, at last with: the disk is wet")]
    [InlineData(8, 9, "2 4 8 16 32 64 64", "The tool 'failing' failed 8 times, at last with: the disk is wet")]
    public async Task RunAsync_ToolAttempts_WaitLongerEachTime(int attempts, int failures, string waits, string observation)
    {
        var time = new InstantTime();
        var model = ScriptedChatClient.Of("Action: failing\nAction Input: None", Answer);
        await TestHub.RunAsync(Reasoner(o => o.ToolCallAttempts = Math.Max(2, attempts)), model, [_tools.Failing(failures)], Ask, time);
        Assert.Equal(waits, string.Join(' ', time.Waits.Select(w => w.TotalSeconds)));
        Assert.Equal($"Observation: {observation}", model.Calls[1].Messages[^1].Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunAsync_OneCallTooMany_GivesUpNamingTheLimit(int limit)
    {
        var model = new ScriptedChatClient((_, _) => ScriptedChatClient.Text(Act));
        var result = await RunAsync(model, o => o.MaxToolCalls = limit);
        Assert.Equal((RunStatus.Failed, nameof(ReasonerGaveUpException)), (result.Status, result.Failure!.Type));
        Assert.EndsWith($"(limit max_tool_calls: {limit})", result.Failure.Message, StringComparison.Ordinal);
        Assert.Equal((limit, limit + 1), (_tools.Calls.Count, model.Calls.Count));
    }

    [Fact]
    public async Task RunAsync_UnreadableReply_IsRetriedAndForgotten()
    {
        var model = ScriptedChatClient.Of("Thought: hm", "", Act, Answer);
        var result = await RunAsync(model, o => o.ParseAttempts = 3);

        Assert.Equal("378", result.Text);
        Assert.Equal(4, model.Calls[1].Messages.Count); // system, question, reply, fault
        Assert.Equal("Thought: hm", model.Calls[1].Messages[2].Text);
        Assert.Equal(5, model.Calls[2].Messages.Count); // an empty reply is not repeated, its fault is
        Assert.Contains("If no tool can help", model.Calls[2].Messages[4].Text, StringComparison.Ordinal);
        Assert.Equal(["Question: " + Ask, Act, "Observation: 378"], model.Calls[3].Messages.Skip(1).Select(m => m.Text));
    }

    [Theory]
    [InlineData(2, true, 2)]
    [InlineData(2, false, 1)]
    public async Task RunAsync_AttemptsSpent_GivesUp(int attempts, bool retry, int asked)
    {
        var model = new ScriptedChatClient((_, _) => ScriptedChatClient.Text("Thought: hm"));
        var result = await RunAsync(model, o => (o.ParseAttempts, o.RetryParsingErrors) = (attempts, retry));
        Assert.Equal(nameof(ReasonerGaveUpException), result.Failure!.Type);
        Assert.Contains("It replied: 'Thought: hm'", result.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(asked, model.Calls.Count);
    }

    [Fact]
    public async Task RunAsync_NotRaisingOnParsingFailure_AnswersWithFaultAndReply()
    {
        var result = await RunAsync(ScriptedChatClient.Of("Action: multiply"), o => o.RaiseOnParsingFailure = false);
        Assert.Equal("The reply has 'Action:' without 'Action Input:'. Write the tool's input on the line after the action.\nAction: multiply", result.Text);
    }

    [Fact]
    public async Task RunAsync_StrictMode_RefusesWhatTolerantTakes()
    {
        const string Both = Act + "\nFinal Answer: 1";
        Assert.Equal("378", (await RunAsync(ScriptedChatClient.Of(Both, Answer))).Text);
        Assert.Equal(RunStatus.Failed, (await RunAsync(ScriptedChatClient.Of(Both, Answer), o => o.Grammar = ReActGrammarMode.Strict)).Status);
    }

    [Fact]
    public async Task RunAsync_NativeToolCall_TakesTheFirstInTheWordsOfTheForm()
    {
        var model = ScriptedChatClient.Of(
            ScriptedChatClient.ToolCalls(("1", "multiply", new() { ["a"] = 14, ["b"] = 27 }), ("2", "now", [])),
            ScriptedChatClient.Text(Answer));
        Assert.Equal("378", (await RunAsync(model, o => o.UseNativeToolCalling = true)).Text);
        Assert.Equal(["multiply(14, 27)"], _tools.Calls);
        Assert.Equal(5, model.Calls[0].Options!.Tools!.Count);
        Assert.Equal("Action: multiply\nAction Input: {\"a\":14,\"b\":27}", model.Calls[1].Messages[2].Text);
    }

    [Fact]
    public async Task RunAsync_NativeToolCallingWithTextReply_FallsBackToTheText() =>
        Assert.Equal("378", (await RunAsync(ScriptedChatClient.Of(Act, Answer), o => o.UseNativeToolCalling = true)).Text);

    [Fact]
    public async Task RunAsync_LongConversation_IsTrimmed()
    {
        var model = ScriptedChatClient.Of(Answer);
        ChatMessage[] messages = [.. Enumerable.Range(0, 21).Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"m{i}"))];
        await TestHub.RunAsync(Reasoner(o => o.MaxHistory = 3), model, Tools(), new ReasonerRequest(messages));
        Assert.Equal("Previous conversation history:\nuser: m18\nassistant: m19\n\nQuestion: m20", model.Calls[0].Messages[1].Text);
    }

    [Fact]
    public async Task RunAsync_AgentAsToolThatGivesUp_IsObserved()
    {
        var inner = new ReasonerFunction("solver", "Solves.", Reasoner(o => o.MaxToolCalls = 0));
        var model = new ScriptedChatClient((sent, _) => ScriptedChatClient.Text(
            sent[1].Text.EndsWith("inner", StringComparison.Ordinal) ? Act : sent.Count == 2 ? "Action: solver\nAction Input: inner" : Answer));
        var result = await TestHub.RunAsync(Reasoner(), model, [inner, _tools.Multiply], "outer");
        Assert.Equal("378", result.Text);
        Assert.StartsWith("Observation: The tool 'solver' failed: The model asked for one more tool", model.Calls[^1].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AgentAsToolThatAsksAPerson_SuspendsTheRunAndIsNoObservation()
    {
        var model = ScriptedChatClient.Of("Action: clerk\nAction Input: which one?", Answer);
        var result = await TestHub.RunAsync(Reasoner(), model, [new ReasonerFunction("clerk", "Asks a person.", new Clerk())], "outer");
        Assert.Equal((RunStatus.Suspended, "which one?"), (result.Status, result.Pending?.Text));
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task RunAsync_SpentBudget_EndsTheRunAndIsNoObservation()
    {
        var result = await TestHub.RunAsync(Reasoner(), ScriptedChatClient.Of(Act, Answer), Tools(), Ask, budget: new RunBudget { MaxSteps = 1 });
        Assert.Equal(RunStatus.BudgetExceeded, result.Status);
    }

    [Fact]
    public void Constructor_BadOptions_ListsAllMistakes()
    {
        var fault = Assert.Throws<HubException>(() => new ReActReasoner(new ReActOptions { MaxToolCalls = -1, SystemPrompt = "Use {tools}." }));
        Assert.Contains("MaxToolCalls", fault.Message, StringComparison.Ordinal);
        var text = string.Join('\n', new ReActOptions { SystemPrompt = "Use {tools}." }.Validate(new(new object())).Select(v => v.ErrorMessage));
        Assert.Contains("llm_name is missing", text, StringComparison.Ordinal);
        Assert.Contains("tool_names is empty", text, StringComparison.Ordinal);
        Assert.Contains("{tool_names}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("contain {tools}", text, StringComparison.Ordinal);
    }

    private sealed class Clerk : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer(await run.PromptAsync(request.Question));
    }

    private AIFunction[] Tools() => [_tools.Multiply, _tools.Echo, _tools.Now, _tools.Mute, _tools.Failing()];

    private Task<RunResult> RunAsync(ScriptedChatClient model, Action<ReActOptions>? configure = null) =>
        TestHub.RunAsync(Reasoner(configure), model, Tools(), Ask);

    private static ReActReasoner Reasoner(Action<ReActOptions>? configure = null)
    {
        var options = new ReActOptions { Llm = TestHub.Model, Tools = ["all"] };
        configure?.Invoke(options);
        return new ReActReasoner(options);
    }
}
