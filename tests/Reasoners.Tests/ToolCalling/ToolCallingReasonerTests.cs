using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Tests.Support;
using Reasoners.ToolCalling;

namespace Reasoners.Tests.ToolCalling;

public sealed class ToolCallingReasonerTests
{
    private const string Ask = "What is 14 times 27?";

    private static readonly ChatResponse s_answer = ScriptedChatClient.Text("It is 378.");

    private readonly TestTools _tools = new();

    [Fact]
    public async Task RunAsync_CallThenAnswer_SendsTheResultBack()
    {
        var model = ScriptedChatClient.Of(Multiply("c1"), s_answer);
        var (result, events) = await TestHub.WatchAsync(Reasoner(), model, Tools(), ReasonerRequest.From(Ask));

        Assert.Equal((RunStatus.Completed, "It is 378."), (result.Status, result.Text));
        Assert.Equal("It is 378.", string.Concat(events.Where(e => e.Kind == RunEventKind.AnswerChunk).Select(e => e.Chunk)));
        Assert.Equal(["user", "assistant", "tool"], model.Calls[1].Messages.Select(m => m.Role.Value));
        var back = Assert.IsType<FunctionResultContent>(Assert.Single(model.Calls[1].Messages[2].Contents));
        Assert.Equal(("c1", "378"), (back.CallId, back.Result as string));
        Assert.Equal(["multiply", "echo", "now", "failing"], model.Calls[0].Options!.Tools!.Select(t => t.Name));
    }

    [Theory]
    [InlineData("Be brief.", null, "Be brief.")]
    [InlineData("Be brief.", "In French.", "Be brief. In French.")]
    [InlineData(null, "In French.", "In French.")]
    public async Task RunAsync_SystemTexts_BecomeOneMessage(string? system, string? more, string expected)
    {
        var model = ScriptedChatClient.Of(s_answer);
        await RunAsync(model, o => (o.SystemPrompt, o.AdditionalInstructions) = (system, more));
        Assert.Equal(("system", expected), (model.Calls[0].Messages[0].Role.Value, model.Calls[0].Messages[0].Text));
    }

    [Theory]
    [InlineData(6, 8, 6)]
    [InlineData(6, 2, 2)]
    public async Task RunAsync_CallsOfOneReply_AreUnderWayTogetherUpToTheLimit(int calls, int limit, int together)
    {
        var gate = new Gate(together);
        var model = ScriptedChatClient.Of(
            ScriptedChatClient.ToolCalls([.. Enumerable.Range(0, calls).Select(i => ($"c{i}", "gate", new Dictionary<string, object?>()))]), s_answer);
        var result = await TestHub.RunAsync(Reasoner(o => o.MaxParallelToolCalls = limit), model, [gate.Tool], Ask);
        Assert.Equal(("It is 378.", calls, together), (result.Text, gate.Calls, gate.MostAtOnce));
        Assert.Equal(Enumerable.Range(0, calls).Select(i => $"c{i}"), model.Calls[1].Messages[2].Contents.Cast<FunctionResultContent>().Select(c => c.CallId));
    }

    [Fact]
    public async Task RunAsync_GateForMoreThanTheLimit_NeverOpens()
    {
        var gate = new Gate(needed: 3, patienceMilliseconds: 100);
        var model = ScriptedChatClient.Of(ScriptedChatClient.ToolCalls(("1", "gate", []), ("2", "gate", []), ("3", "gate", [])), s_answer);
        await TestHub.RunAsync(Reasoner(o => o.MaxParallelToolCalls = 2), model, [gate.Tool], Ask);
        Assert.All(model.Calls[1].Messages[2].Contents.Cast<FunctionResultContent>(), c => Assert.Contains("failed", c.Result as string, StringComparison.Ordinal));
        Assert.Equal((3, 2), (gate.Calls, gate.MostAtOnce));
    }

    [Fact]
    public async Task RunAsync_CancelledDuringACall_EndsAsCancelled()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hang = HubTool.Create(async (CancellationToken stop) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
            return "";
        }, "hang", Redo.Freely, "Never returns.");
        var model = ScriptedChatClient.Of(ScriptedChatClient.ToolCalls(("1", "hang", []), ("2", "now", [])));
        await using var hub = TestHub.Create(Reasoner(), model, [hang, _tools.Now]);
        var run = hub.Start(TestHub.Agent, ReasonerRequest.From(Ask));
        await begun.Task;
        run.Cancel();
        Assert.Equal(RunStatus.Cancelled, (await run.Completion).Status);
    }

    [Fact]
    public async Task RunAsync_FailingAndUnknownTools_AreResults()
    {
        var model = ScriptedChatClient.Of(ScriptedChatClient.ToolCalls(("1", "failing", []), ("2", "divide", []), ("3", "now", [])), s_answer);
        Assert.Equal("It is 378.", (await RunAsync(model)).Text);
        Assert.Equal(
            ["The tool 'failing' failed: the disk is wet", "There is no tool named 'divide'. The tools are: multiply, echo, now, failing.", "noon"],
            model.Calls[1].Messages[2].Contents.Cast<FunctionResultContent>().Select(c => c.Result));
    }

    [Fact]
    public async Task RunAsync_ErrorsNotHandled_FailTheRun()
    {
        var result = await RunAsync(ScriptedChatClient.Of(ScriptedChatClient.ToolCalls(("1", "failing", []))), o => o.HandleToolErrors = false);
        Assert.Equal((RunStatus.Failed, "the disk is wet"), (result.Status, result.Failure!.Message));
    }

    [Fact]
    public async Task RunAsync_UnreadableArguments_AreAResultAndNoCall()
    {
        // A client that cannot read a call's arguments leaves them out.
        FunctionCallContent[] calls = [new("1", "multiply"), new("2", "now")];
        var model = ScriptedChatClient.Of(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. calls])), s_answer);
        await RunAsync(model);
        Assert.Equal(["now()"], _tools.Calls);
        Assert.Equal(["The arguments of the call to 'multiply' are no JSON object. Call it again with one.", "noon"],
            model.Calls[1].Messages[2].Contents.Cast<FunctionResultContent>().Select(c => c.Result));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task RunAsync_OneRoundTooMany_GivesUpNamingTheLimit(int limit)
    {
        var model = new ScriptedChatClient((_, n) => Multiply($"c{n}"));
        var result = await RunAsync(model, o => o.MaxIterations = limit);
        Assert.Equal(nameof(ReasonerGaveUpException), result.Failure!.Type);
        Assert.EndsWith($"(limit max_iterations: {limit})", result.Failure.Message, StringComparison.Ordinal);
        Assert.Equal((limit, limit + 1), (_tools.Calls.Count, model.Calls.Count));
    }

    [Fact]
    public async Task RunAsync_ReturnDirect_AnswersWithTheResult()
    {
        var model = ScriptedChatClient.Of(ScriptedChatClient.ToolCalls(("1", "multiply", new() { ["a"] = 14, ["b"] = 27 }), ("2", "now", [])));
        Assert.Equal("378", (await RunAsync(model, o => o.ReturnDirect = ["multiply"])).Text);
        Assert.Single(model.Calls);
    }

    [Fact]
    public async Task RunAsync_ReturnDirectToolThatFails_GoesBackToTheModel()
    {
        var model = ScriptedChatClient.Of(ScriptedChatClient.ToolCalls(("1", "failing", [])), s_answer);
        Assert.Equal("It is 378.", (await RunAsync(model, o => o.ReturnDirect = ["failing"])).Text);
    }

    [Theory]
    [InlineData(null, null, null, 5120, 6144)]
    [InlineData(null, 10, null, 4106, 4116)]
    [InlineData(100, null, 1.5, 150, 225)]
    public async Task RunAsync_TruncatedReply_IsAskedAgainWithAHigherLimit(int? first, int? increment, double? scaling, int second, int third)
    {
        var cut = new ChatResponse(new ChatMessage(ChatRole.Assistant, "It")) { FinishReason = ChatFinishReason.Length };
        var model = ScriptedChatClient.Of(cut, cut, s_answer);
        var request = new ReasonerRequest([new(ChatRole.User, Ask)], new ChatOptions { MaxOutputTokens = first });
        var options = new TruncationRetryOptions { MaxRetries = 2, TokenIncrement = increment, TokenScaling = scaling };
        var result = await TestHub.RunAsync(Reasoner(o => o.TruncationRetry = options), model, Tools(), request);
        Assert.Equal("It is 378.", result.Text);
        Assert.Equal([first, second, third], model.Calls.Select(c => c.Options!.MaxOutputTokens));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task RunAsync_TruncationRetriesSpent_GivesUp(int retries, int asked)
    {
        var model = new ScriptedChatClient((_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, "It")) { FinishReason = ChatFinishReason.Length });
        var result = await RunAsync(model, o => o.TruncationRetry.MaxRetries = retries);
        Assert.EndsWith($"(limit truncation_retry.max_retries: {retries})", result.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(asked, model.Calls.Count);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task RunAsync_EmptyReplies_AreAskedAgainAsOftenAsAllowed(int retries, bool answers)
    {
        var model = ScriptedChatClient.Of(ScriptedChatClient.Text(" "), new ChatResponse(new ChatMessage(ChatRole.Assistant, [])), s_answer);
        var result = await RunAsync(model, o => o.MaxEmptyResponseRetries = retries);
        Assert.Equal(answers, result.Status == RunStatus.Completed);
        if (!answers)
            Assert.EndsWith($"(limit max_empty_response_retries: {retries})", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LongConversation_IsTrimmed()
    {
        var model = ScriptedChatClient.Of(s_answer);
        ChatMessage[] messages = [.. Enumerable.Range(0, 21).Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"m{i}"))];
        await TestHub.RunAsync(Reasoner(o => o.MaxHistory = 4), model, Tools(), new ReasonerRequest(messages));
        Assert.Equal(["m18", "m19", "m20"], model.Calls[0].Messages.Select(m => m.Text));
    }

    [Fact]
    public void Constructor_BothTruncationStrategies_AreRefused()
    {
        var options = new ToolCallingOptions { Llm = "m", Tools = ["t"], TruncationRetry = new() { TokenIncrement = 5, TokenScaling = 0.5 } };
        var fault = Assert.Throws<HubException>(() => new ToolCallingReasoner(options));
        Assert.Contains("keep one of them", fault.Message, StringComparison.Ordinal);
        Assert.Contains("token_scaling is 0.5; it must be above 1", fault.Message, StringComparison.Ordinal);
    }

    private static ChatResponse Multiply(string id) => ScriptedChatClient.ToolCalls((id, "multiply", new() { ["a"] = 14, ["b"] = 27 }));

    private AIFunction[] Tools() => [_tools.Multiply, _tools.Echo, _tools.Now, _tools.Failing()];

    private Task<RunResult> RunAsync(ScriptedChatClient model, Action<ToolCallingOptions>? configure = null) =>
        TestHub.RunAsync(Reasoner(configure), model, Tools(), Ask);

    private static ToolCallingReasoner Reasoner(Action<ToolCallingOptions>? configure = null)
    {
        var options = new ToolCallingOptions { Llm = TestHub.Model, Tools = ["all"] };
        configure?.Invoke(options);
        return new ToolCallingReasoner(options);
    }
}
