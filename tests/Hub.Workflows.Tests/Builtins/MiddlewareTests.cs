using Hub.Abstractions;
using Hub.Workflows.Building;
using Hub.Workflows.Builtins;
using Hub.Workflows.Builtins.Middleware;
using Hub.Workflows.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Workflows.Tests.Builtins;

public sealed class MiddlewareTests
{
    [Theory]
    [InlineData("abcd", "bcde", 0.75)]
    [InlineData("", "", 1.0)]
    [InlineData("a", "", 0.0)]
    [InlineData("multiply 3 by 4", "multiply 4 by 3", 0.8666666666666667)]
    [InlineData("tide", "diet", 0.25)]
    [InlineData("diet", "tide", 0.5)]
    [InlineData("private Thread currentThread;", "private volatile Thread currentThread;", 0.8656716417910447)]
    [InlineData(" accbaaac ab", "  ba ba  bb   a cbbbc", 0.30303030303030304)]
    [InlineData("a a  bcc ccbb", " aaac c bbacbc", 0.5185185185185185)]
    [InlineData("b c b aab ba ", " caa a  a ", 0.6086956521739131)]
    [InlineData(" bca bc b cb a", "acb   acbcbaaaab", 0.3333333333333333)]
    [InlineData("bacb aa cbcbbcccabccbcbc", "aa  bbbc b ", 0.45714285714285713)]
    public void Ratio_PairsOfTexts_IsWhatPythonsDifflibSays(string a, string b, double ratio) => Assert.Equal(ratio, Similarity.Ratio(a, b), 12);

    [Fact]
    public async Task Cache_SameInputAgain_AnswersWithoutCalling()
    {
        var (calls, tool) = Counted(new CacheMiddleware(new CacheOptions { EnabledMode = "always" }, isEvaluation: false));

        Assert.Equal(["a1", "a1", "b2"], [await SayAsync(tool, "a"), await SayAsync(tool, "a"), await SayAsync(tool, "b")]);
        Assert.Equal(2, calls());
    }

    [Fact]
    public async Task Cache_AlikeInput_CountsAboveTheThresholdAlone()
    {
        var (calls, tool) = Counted(new CacheMiddleware(new CacheOptions { EnabledMode = "always", SimilarityThreshold = 0.9 }, isEvaluation: false));

        Assert.Equal("what is the time in Oslo1", await SayAsync(tool, "what is the time in Oslo"));
        Assert.Equal("what is the time in Oslo1", await SayAsync(tool, "what is the time in Oslo?"));
        Assert.Equal("who wrote Emma2", await SayAsync(tool, "who wrote Emma"));
        Assert.Equal(2, calls());
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Cache_ModeEval_WorksInEvaluationsAlone(bool isEvaluation, int expected)
    {
        var (calls, tool) = Counted(new CacheMiddleware(new CacheOptions(), isEvaluation));

        await SayAsync(tool, "a");
        await SayAsync(tool, "a");

        Assert.Equal(expected, calls());
    }

    [Fact]
    public async Task Cache_Full_ForgetsTheOldest()
    {
        var (calls, tool) = Counted(new CacheMiddleware(new CacheOptions { EnabledMode = "always", MaxEntries = 1 }, isEvaluation: false));

        foreach (var input in new[] { "a", "b", "b", "a" })
            await SayAsync(tool, input);

        Assert.Equal(3, calls());
    }

    [Fact]
    public async Task Timeout_SlowTool_IsToldToStopAndTheErrorSaysWhy()
    {
        var time = new FakeTimeProvider();
        var stopped = new TaskCompletionSource();
        var slow = HubTool.Create(
            async (string text, CancellationToken cancellationToken) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    return text;
                }
                finally
                {
                    stopped.SetResult();
                }
            }, "slow");
        var call = SayAsync(slow.Within([new TimeoutMiddleware(new TimeoutOptions { Timeout = 2.5, TimeoutMessage = "Try later." }, time)]), "x");

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("'slow' did not answer within 2.5 seconds (middleware timeout). It was told to stop. Try later.", (await Assert.ThrowsAsync<TimeoutException>(() => call)).Message);
        await stopped.Task;
    }

    [Fact]
    public async Task Logging_CallAndFailure_AreLoggedAndCut()
    {
        var log = new Lines();
        var (_, tool) = Counted(new LoggingMiddleware(new LoggingOptions { LogLevel = "WARNING", MaxChars = 16 }, log));
        await SayAsync(tool, "a text of many words");
        var broken = HubTool.Create(string (string text) => throw new InvalidOperationException("no"), "broken").Within([new LoggingMiddleware(new LoggingOptions(), log)]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => SayAsync(broken, "x"));

        Assert.Equal(
            [
                "Warning count is called with {\"text\":\"a text … (31 characters)", "Warning count returned a text of many w… (21 characters)",
                "Information broken is called with {\"text\":\"x\"}", "Information broken failed: no",
            ],
            log.Said);
    }

    [Fact]
    public async Task Workflow_MiddlewareOnToolsAndAgents_StandsInTheOrderOfTheList()
    {
        var registry = Flow.Registry();
        registry.AddMiddleware<NoOptions>("a", (_, _) => new Marks("a")).AddMiddleware<NoOptions>("b", (_, _) => new Marks("b"));
        var workflow = Workflow.Build(WorkflowDocument.Parse("""
            llms: {m: {_type: echo, model: m}}
            middleware: {first: {_type: a}, second: {_type: b}}
            function_groups: {calculator: {_type: calculator, middleware: [second]}}
            functions:
              clock: {_type: current_datetime, middleware: [first, second]}
              agent: {_type: chat_completion, llm_name: m, system_prompt: s, middleware: [first, second]}
            workflow: agent
            """, "f.yml"), registry, new Flow.Services());

        Assert.Equal("a(b(m: system: s | user: a>b>hello))", (await Flow.AskAsync(workflow, "hello")).Text);
        Assert.Equal("a(b(The current time of day is 2026-11-23 15:45:12 +0000))", RunTools.ResultText(await workflow.Components.Tools("clock")[0].InvokeAsync()));
        Assert.Equal("b(5)", RunTools.ResultText(await workflow.Components.Tools("calculator__add")[0].InvokeAsync(new AIFunctionArguments { ["numbers"] = new[] { 2.0, 3.0 } })));
    }

    [Fact]
    public void Workflow_MiddlewareThatIsNotThere_IsAMistake() => Assert.Equal(
        [
            "f.yml:2: middleware.slow: This key is missing; it must say how many seconds a call may take.",
            "f.yml:3: functions.clock.middleware[1]: There is no middleware under 'middleware' named 'quck'. Did you mean 'quick'?",
            "f.yml:3: functions.clock.middleware[2]: 'guard' is of the toolkit's type 'pii_defense', which is not available yet. Take it out, or bring the type in with a plugin.",
        ],
        Flow.Mistakes("""
            middleware:
              {slow: {_type: timeout}, quick: {_type: timeout, timeout: 1}, guard: {_type: pii_defense}}
            functions: {clock: {_type: current_datetime, middleware: [quick, quck, guard]}}
            workflow: clock
            """).Select(m => m.Replace("middleware.slow.timeout", "middleware.slow", StringComparison.Ordinal)));

    [Fact]
    public async Task Timeout_AroundAnAgent_SaysThatItStandsAroundTools()
    {
        var workflow = Flow.Build("""
            llms: {m: {_type: echo, model: m}}
            middleware: {t: {_type: timeout, timeout: 1}}
            workflow: {_type: chat_completion, llm_name: m, middleware: [t]}
            """);

        Assert.Contains("stands around tools alone", (await Flow.AskAsync(workflow, "hello")).Failure!.Message, StringComparison.Ordinal);
    }

    private static (Func<int> Calls, AIFunction Tool) Counted(IToolMiddleware middleware)
    {
        var calls = 0;
        return (() => calls, HubTool.Create((string text) => $"{text}{++calls}", "count").Within([middleware]));
    }

    private static async Task<string> SayAsync(AIFunction tool, string text) => RunTools.ResultText(await tool.InvokeAsync(new AIFunctionArguments { ["text"] = text }));

    /// <summary>Marks what goes in and what comes out.</summary>
    private sealed class Marks(string name) : IToolMiddleware
    {
        public async Task<object?> InvokeAsync(ToolInvocation call, Func<ToolInvocation, CancellationToken, Task<object?>> next, CancellationToken cancellationToken)
        {
            var changed = call.Arguments.TryGetValue("input_message", out var text)
                ? call with { Arguments = new Dictionary<string, object?> { ["input_message"] = Before(name, RunTools.ResultText(text)) } }
                : call;
            return $"{name}({RunTools.ResultText(await next(changed, cancellationToken))})";
        }

        private static string Before(string name, string text) => text.LastIndexOf('>') is >= 0 and var end ? $"{text[..(end + 1)]}{name}>{text[(end + 1)..]}" : $"{name}>{text}";
    }

    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Said.Add($"{logLevel} {formatter(state, exception)}");
    }
}
