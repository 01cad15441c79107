using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.ControlFlow;
using Reasoners.Tests.Support;

namespace Reasoners.Tests.ControlFlow;

public sealed class ExecutorTests
{
    private static readonly ScriptedChatClient s_noModel = ScriptedChatClient.Of(Array.Empty<string>());

    private static AIFunction Upper => HubTool.Create((string text) => text.ToUpperInvariant(), "upper", Redo.Freely, "Capital letters.");

    private static AIFunction Twice => HubTool.Create((string text) => text + text, "twice", Redo.Freely, "Twice.");

    private static AIFunction Fails => HubTool.Create((string text) => text.Length > 0 ? throw new FormatException($"bad {text}") : "", "fails", Redo.Freely, "Fails.");

    private static AIFunction Leaves => HubTool.Create((string text) => text.Length > 0 ? throw new ChainExitException($"left with {text}") : "", "leaves", Redo.Freely, "Leaves.");

    private static AIFunction Pair => HubTool.Create((int a, int b) => a + b, "pair", Redo.Freely, "Adds two numbers.");

    [Fact]
    public async Task Sequential_TwoFunctions_PassTheirResultsOn() => Assert.Equal("ABAB", (await SequentialAsync("ab", "upper", "twice")).Text);

    [Fact]
    public async Task Sequential_JsonForSeveralParameters_IsTakenApart() => Assert.Equal("5", (await SequentialAsync("""{"a": 2, "b": 3}""", "pair")).Text);

    [Fact]
    public async Task Sequential_TextThatFitsNoParameters_FailsAndSaysWhich()
    {
        var run = await SequentialAsync("two", "pair");

        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("has the arguments a, b", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sequential_FunctionFails_RunFailsAndTheRestIsNotCalled()
    {
        var run = await SequentialAsync("x", "fails", "upper");

        Assert.Equal((RunStatus.Failed, "FormatException"), (run.Status, run.Failure!.Type));
    }

    [Fact]
    public async Task Sequential_FunctionFailsAndErrorsAreAnswers_AnswerNamesFunctionTypeAndMessage() =>
        Assert.Equal("Error in fails: FormatException: bad x", (await SequentialAsync("x", returnErrors: true, "fails", "upper")).Text);

    [Fact]
    public async Task Sequential_FunctionLeavesTheChain_ItsMessageIsTheAnswer() => Assert.Equal("left with X", (await SequentialAsync("x", "upper", "leaves", "twice")).Text);

    [Fact]
    public async Task Sequential_AgentsInside_AreScopesOfTheRun()
    {
        var inner = new SequentialReasoner(new SequentialOptions { Tools = ["upper"] });
        AIFunction[] tools = [Upper, Twice, new ReasonerFunction("inner", "Shouts.", inner)];
        var (result, events) = await TestHub.WatchAsync(new SequentialReasoner(new SequentialOptions { Tools = ["inner", "twice"] }), s_noModel, tools, ReasonerRequest.From("ab"));

        Assert.Equal("ABAB", result.Text);
        Assert.Contains(events, e => e is { Kind: RunEventKind.FunctionStart, Name: "inner" });
        Assert.Contains(events, e => e is { Kind: RunEventKind.ToolStart, Name: "upper", Id: "0/0" });
    }

    [Fact]
    public async Task Parallel_Functions_HaveABlockEachInTheirOrder() => Assert.Equal("twice:\nabab\n\nupper:\nAB", (await ParallelAsync("ab", false, "twice", "upper")).Text);

    [Fact]
    public async Task Parallel_OneFailsAndErrorsAreAnswers_OthersAreThere() =>
        Assert.Equal("fails:\nERROR: FormatException: bad ab\n\nupper:\nAB", (await ParallelAsync("ab", true, "fails", "upper")).Text);

    [Fact]
    public async Task Parallel_OneFails_RunFails() => Assert.Equal(RunStatus.Failed, (await ParallelAsync("ab", false, "upper", "fails")).Status);

    private static Task<RunResult> SequentialAsync(string question, params string[] functions) => SequentialAsync(question, returnErrors: false, functions);

    private static Task<RunResult> SequentialAsync(string question, bool returnErrors, params string[] functions) => RunAsync(
        new SequentialReasoner(new SequentialOptions { Tools = [.. functions.Select(f => new ToolRef(f))], ReturnErrorOnException = returnErrors }), question);

    private static Task<RunResult> ParallelAsync(string question, bool returnErrors, params string[] functions) => RunAsync(
        new ParallelReasoner(new ParallelExecutorOptions { Tools = [.. functions.Select(f => new ToolRef(f))], ReturnErrorOnException = returnErrors }), question);

    private static Task<RunResult> RunAsync(IReasoner reasoner, string question) => TestHub.RunAsync(reasoner, s_noModel, [Upper, Twice, Fails, Leaves, Pair], question);
}
