using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Telemetry;

/// <summary>Spans and the file of steps, made from the run log.</summary>
public sealed class SpanTests : IDisposable
{
    private const string Ask = """{"input_message": "6 times 7?"}""";
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("hub-spans-").FullName, "steps.jsonl");
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Hub.Runs",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Fact]
    public async Task Run_Ended_IsOneTraceOfItsSteps()
    {
        var run = await RunAsync(Multiplies());

        var spans = Spans(run);
        var root = Assert.Single(spans, s => s.OperationName == "invoke_agent solver");
        Assert.Equal(["chat m", "execute_tool multiply", "chat m", "invoke_agent solver"], spans.Select(s => s.OperationName));
        Assert.All(spans.Where(s => s != root), s => Assert.Equal((root.SpanId, root.TraceId), (s.ParentSpanId, s.TraceId)));
        Assert.All(spans, s => Assert.InRange(s.StartTimeUtc, root.StartTimeUtc, root.StartTimeUtc + root.Duration));
        var model = spans[0];
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Ok), (model.Kind, model.Status));
        foreach (var (name, value) in new (string, object)[]
        {
            ("gen_ai.operation.name", "chat"), ("gen_ai.request.model", "m"), ("gen_ai.usage.input_tokens", 3L), ("gen_ai.usage.output_tokens", 8L), ("gen_ai.conversation.id", "c7"),
            ("nat.span.kind", "LLM"), ("nat.event_type", "LLM_END"), ("nat.function.name", "solver"), ("nat.workflow.run_id", run), ("llm.token_count.prompt", 3L), ("llm.model_name", "m"),
            ("output.value", "Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}"), ("output.mime_type", "text/plain"), ("nat.conversation.id", "c7"), ("nat.usage.num_llm_calls", 1),
        })
            Assert.Equal(value, model.GetTagItem(name));
        Assert.Equal("{\"a\":6,\"b\":7}", spans[1].GetTagItem("input.value"));
        Assert.Equal(("application/json", "42", "multiply"), (spans[1].GetTagItem("input.mime_type"), spans[1].GetTagItem("output.value"), spans[1].GetTagItem("gen_ai.tool.name")));
    }

    [Fact]
    public async Task Run_OfACallerWithATrace_IsPartOfIt()
    {
        var run = await RunAsync(Multiplies(), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        var root = Spans(run)[^1];
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (root.TraceId.ToHexString(), root.ParentSpanId.ToHexString()));
    }

    [Fact]
    public async Task Run_ThatFails_IsAnErrorInItsSpans()
    {
        var run = await RunAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));

        Assert.All(Spans(run), s => Assert.Equal((ActivityStatusCode.Error, "InvalidOperationException"), (s.Status, s.GetTagItem("error.type"))));
        Assert.DoesNotContain(Spans(run), s => s.GetTagItem("gen_ai.usage.input_tokens") is not null); // what is not known is absent, not 0
    }

    [Fact]
    public async Task File_OfSteps_HasTheToolkitsLines()
    {
        var run = await RunAsync(Multiplies());

        // packages/nvidia_nat_core/src/nat/data_models/intermediate_step.py: class IntermediateStep
        JsonElement[] lines = [.. (await File.ReadAllLinesAsync(_file)).Select(l => JsonElement.Parse(l))];
        Assert.Equal(["WORKFLOW_START", "LLM_START", "LLM_END", "TOOL_START", "TOOL_END", "LLM_START", "LLM_END", "WORKFLOW_END"], lines.Select(l => l.GetProperty("payload").GetProperty("event_type").GetString()!));
        Assert.All(lines, l => Assert.Equal(["parent_id", "function_ancestry", "payload"], l.EnumerateObject().Select(p => p.Name)));
        Assert.Equal(("{\"a\":6,\"b\":7}", "42"), (lines[4].GetProperty("payload").GetProperty("data").GetProperty("input").GetString(), lines[4].GetProperty("payload").GetProperty("data").GetProperty("output").GetString()));
        Assert.Equal(lines[3].GetProperty("payload").GetProperty("UUID").GetString(), lines[4].GetProperty("payload").GetProperty("UUID").GetString());
        Assert.Equal("root", lines[1].GetProperty("parent_id").GetString());
    }

    [Fact]
    public async Task Run_OfAnAgentWithinAnAgent_IsATreeOfSpans()
    {
        await using var served = await Served.StartAsync(
            HubHost.CreateBuilder().AddModel("m", Script.Says("Thought: t\nAction: inner\nAction Input: 6 times 7?", "Final Answer: 42", "Final Answer: 42"))
                .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely))
                .AddReAct("outer", o => (o.Llm, o.Tools) = ("m", ["inner"])).AddReAct("inner", o => (o.Llm, o.Tools) = ("m", ["multiply"])).Build(), Traced);
        var run = await AskAsync(served);
        await Until.TrueAsync(() => Spans(run).Any(s => s.OperationName == "invoke_agent outer"));

        var spans = Spans(run);
        var inner = Assert.Single(spans, s => s.OperationName == "invoke_agent inner");
        Assert.Equal(spans[^1].SpanId, inner.ParentSpanId);
        Assert.Single(spans, s => s.ParentSpanId == inner.SpanId && s.OperationName == "chat m");
    }

    [Fact]
    public async Task Run_SuspendedAndResumed_IsToldOnce()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build(), Traced);
        var (_, waiting) = await served.PostAsync("/v1/workflow", Ask);
        var run = waiting.GetProperty("execution_id").GetString()!;
        await served.PostAsync(waiting.GetProperty("response_url").GetString()!, """{"response": {"text": "yes"}}""");
        await Until.TrueAsync(() => served.Hub.Runs.Find(run).Status == RunStatus.Completed);
        await served.DisposeAsync();

        string[] types = [.. (await File.ReadAllLinesAsync(_file)).Select(l => JsonElement.Parse(l).GetProperty("payload").GetProperty("event_type").GetString()!)];
        Assert.Equal(["WORKFLOW_START", "TASK_START", "TASK_END", "WORKFLOW_END"], types);
    }

    [Fact]
    public async Task File_InAFolderThatCannotBe_IsSaidAtTheStart()
    {
        var options = new HubServerOptions { Port = 0, Telemetry = new TelemetryOptions { Tracing = new Dictionary<string, TraceExporterOptions> { ["f"] = new() { Type = "file", OutputPath = "/dev/null/steps.jsonl" } } } };
        await using var hub = HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build();

        Assert.Contains("cannot be written", Assert.Throws<HubException>(() => HubServer.Build(hub, options)).Message, StringComparison.Ordinal);
    }

    private void Traced(HubServerOptions options) =>
        options.Telemetry = new TelemetryOptions { Tracing = new Dictionary<string, TraceExporterOptions> { ["f"] = new() { Type = "file", OutputPath = _file } } };

    private Activity[] Spans(string run) => [.. _spans.Where(s => (string?)s.GetTagItem("nat.workflow.run_id") == run)];

    private async Task<string> RunAsync(IChatClient model, params (string Name, string Value)[] headers)
    {
        await using var served = await Served.ReActAsync(model, Traced);
        return await AskAsync(served, headers); // the server is stopped: everything is told
    }

    private static async Task<string> AskAsync(Served served, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow") { Content = Served.Json(Ask) };
        request.Headers.Add("Conversation-Id", "c7");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await served.Http.SendAsync(request);
        return response.Headers.TryGetValues("X-Run-Id", out var run) ? run.Single() : served.Hub.Runs.List()[0].Header.RunId;
    }

    private static Script Multiplies() => Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: 42");

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?")}");
    }
}
