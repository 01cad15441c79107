using System.Net.Http.Headers;
using System.Text;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Toolkit;

/// <summary>What goes over the wire on each of the toolkit's routes, byte for byte but for ids and times.</summary>
/// <remarks>
/// Forms: NeMo-Agent-Toolkit 201f3dc. docs/source/reference/rest-api/api-server-endpoints.md:97-108 (workflow), :136-190 (async), :194-450 (stream),
/// :667-760 (monitor); http-interactive-execution.md:106-262 (interactions); packages/nvidia_nat_core/src/nat/data_models/api_server.py (chat, chunks, errors);
/// front_ends/fastapi/routes/static.py, monitor.py, execution.py; packages/nvidia_nat_eval/tests/fastapi/test_evaluate_endpoints.py:381-490.
/// </remarks>
public sealed class RouteGoldenTests
{
    private const string Ask = """{"input_message": "What is 6 times 7?"}""";
    private const string Chat = """{"messages": [{"role": "user", "content": "What is 6 times 7?"}]}""";

    [Theory]
    [InlineData("workflow", "/v1/workflow", Ask)]
    [InlineData("generate", "/generate", Ask)]
    [InlineData("workflow-chat", "/v1/workflow", Chat)]
    [InlineData("workflow-stream", "/v1/workflow/stream", Ask)]
    [InlineData("generate-stream", "/generate/stream", Ask)]
    [InlineData("workflow-full", "/v1/workflow/full?filter_steps=LLM_END,TOOL_END,WORKFLOW_START", Ask)]
    [InlineData("generate-full-none", "/generate/full?filter_steps=none", Ask)]
    [InlineData("workflow-atif", "/v1/workflow/atif", Ask)]
    [InlineData("chat-v1", "/v1/chat", Chat)]
    [InlineData("chat", "/chat", Chat)]
    [InlineData("chat-stream-v1", "/v1/chat/stream", Chat)]
    [InlineData("chat-stream", "/chat/stream", Chat)]
    [InlineData("chat-completions", "/v1/chat/completions", Chat)]
    [InlineData("async", "/v1/workflow/async", """{"input_message": "What is 6 times 7?", "job_id": "example-job-123"}""")]
    [InlineData("async-sync-timeout", "/generate/async", """{"input_message": "What is 6 times 7?", "job_id": "example-job-123", "sync_timeout": 20}""")]
    [InlineData("workflow-unprocessable", "/v1/workflow", """{"wrong": 1}""")]
    [InlineData("workflow-broken", "/v1/workflow", """{"input_message": """)]
    [InlineData("endpoint", "/product", """{"a": 6, "b": 7}""")]
    [InlineData("endpoint-stream", "/product/stream", """{"a": 6, "b": 7}""")]
    [InlineData("endpoint-full", "/product/full", """{"a": 6, "b": 7}""")]
    [InlineData("endpoint-atif", "/product/atif", """{"a": 6, "b": 7}""")]
    [InlineData("endpoint-async", "/product/async", """{"a": 6, "b": 7, "job_id": "p", "sync_timeout": 20}""")]
    public async Task Post_Route_IsAsWritten(string name, string path, string body)
    {
        await using var served = await MultiplyingAsync();

        Golden.Check($"Toolkit/{name}", await ExchangeAsync(served, HttpMethod.Post, path, Served.Json(body)));
    }

    [Theory]
    [InlineData("health", "/health")]
    [InlineData("models", "/v1/models")]
    [InlineData("async-job-missing", "/v1/workflow/async/job/nowhere")]
    [InlineData("execution-missing", "/executions/nowhere")]
    [InlineData("endpoint-get", "/clock")]
    [InlineData("endpoint-get-stream", "/clock/stream")]
    [InlineData("endpoint-get-full", "/clock/full?filter_steps=TOOL_END")]
    public async Task Get_Route_IsAsWritten(string name, string path)
    {
        await using var served = await MultiplyingAsync();

        Golden.Check($"Toolkit/{name}", await ExchangeAsync(served, HttpMethod.Get, path, null));
    }

    [Theory]
    [InlineData("aiq1-chat", "/chat", Chat)]
    [InlineData("aiq1-chat-stream", "/chat/stream", Chat)]
    [InlineData("aiq1-generate-stream", "/generate/stream", Ask)]
    public async Task Post_OfAnOldClient_IsAsAiq1WroteIt(string name, string path, string body)
    {
        // Tag v1.1.0: src/aiq/data_models/api_server.py:195-320; docs of 1.9 still show the old chunk, api-server-endpoints.md:437-450.
        await using var served = await MultiplyingAsync();
        served.Http.DefaultRequestHeaders.Add("X-Hub-Compat", "aiq1");

        Golden.Check($"Toolkit/{name}", await ExchangeAsync(served, HttpMethod.Post, path, Served.Json(body)));
    }

    [Theory]
    [InlineData("run-fails", "/v1/workflow", Ask)]
    [InlineData("run-fails-stream", "/generate/stream", Ask)]
    [InlineData("run-fails-stream-v1", "/v1/workflow/stream", Ask)]
    [InlineData("run-fails-chat-stream", "/chat/stream", Chat)]
    public async Task Post_RunFails_IsTheToolkitsError(string name, string path, string body)
    {
        await using var served = await Served.ReActAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));

        Golden.Check($"Toolkit/{name}", await ExchangeAsync(served, HttpMethod.Post, path, Served.Json(body)));
    }

    [Fact]
    public async Task Interaction_OverItsRoutes_IsAsWritten()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build());
        var told = new StringBuilder();
        told.Append(await ExchangeAsync(served, HttpMethod.Post, "/v1/workflow", Served.Json(Ask)));
        var run = served.Hub.Runs.List()[0].Header.RunId;
        told.Append(await ExchangeAsync(served, HttpMethod.Get, $"/executions/{run}", null));
        var id = System.Text.Json.JsonElement.Parse((await served.Http.GetStringAsync($"/executions/{run}"))).GetProperty("interaction_id").GetString();
        // http-interactive-execution.md:216-226: the documented body of an answer
        told.Append(await ExchangeAsync(served, HttpMethod.Post, $"/executions/{run}/interactions/{id}/response", Served.Json("""{"response": {"input_type": "text", "text": "Yes, include Q4 projections"}}""")));
        for (var i = 0; i < 400 && served.Hub.Runs.Find(run).Status != RunStatus.Completed; i++)
            await Task.Delay(25);
        told.Append(await ExchangeAsync(served, HttpMethod.Get, $"/executions/{run}", null));
        told.Append(await ExchangeAsync(served, HttpMethod.Post, $"/executions/{run}/interactions/{id}/response", Served.Json("""{"response": {"text": "again"}}""")));

        Golden.Check("Toolkit/interaction", told.ToString());
    }

    [Fact]
    public async Task Static_ItsFourMethods_AreAsWritten()
    {
        await using var served = await FromFileAsync("object_stores: {files: {_type: in_memory}}\n", o => o.FrontEnd.ObjectStore = "files");
        var told = new StringBuilder();
        told.Append(await ExchangeAsync(served, HttpMethod.Post, "/static/folder/réport.txt", Upload("one")));
        told.Append(await ExchangeAsync(served, HttpMethod.Post, "/static/folder/réport.txt", Upload("two")));
        told.Append(await ExchangeAsync(served, HttpMethod.Put, "/static/folder/réport.txt", Upload("three")));
        told.Append(await ExchangeAsync(served, HttpMethod.Get, "/static/folder/réport.txt", null));
        told.Append(await ExchangeAsync(served, HttpMethod.Delete, "/static/folder/réport.txt", null));
        told.Append(await ExchangeAsync(served, HttpMethod.Get, "/static/folder/réport.txt", null));
        told.Append(await ExchangeAsync(served, HttpMethod.Delete, "/static/folder/réport.txt", null));
        told.Append(await ExchangeAsync(served, HttpMethod.Post, "/static/a/%2E%2E/%2E%2E/x", Upload("up")));
        told.Append(await ExchangeAsync(served, HttpMethod.Post, "/static/x", Served.Json("{}")));

        Golden.Check("Toolkit/static", told.ToString());
    }

    [Fact]
    public async Task Monitor_AfterRequestsOfUsers_IsAsWritten()
    {
        await using var served = await MultiplyingAsync(o => o.FrontEnd.EnablePerUserMonitoring = true);
        await AskAsAsync(served, "alice");
        await AskAsAsync(served, "alice");
        await AskAsAsync(served, "bob");

        // The ids are those that the toolkit derives: uuid5(uuid5(NAMESPACE_DNS, "nemo-agent-toolkit"), "alice"), data_models/user_info.py:31,144.
        var all = await ExchangeAsync(served, HttpMethod.Get, "/monitor/users", null);
        for (var look = 0; look < 100 && all.Contains("\"active_requests\":1", StringComparison.Ordinal); look++) // an answer may arrive a moment before its run is counted as ended
        {
            await Task.Delay(20);
            all = await ExchangeAsync(served, HttpMethod.Get, "/monitor/users", null);
        }

        Assert.Contains("7b031fd4-714b-598e-b755-a517d069edc5", all, StringComparison.Ordinal);
        Assert.Contains("e0d43398-5fc8-5c1d-95d5-d39399e69f51", all, StringComparison.Ordinal);
        var bob = await ExchangeAsync(served, HttpMethod.Get, "/monitor/users?user_id=e0d43398-5fc8-5c1d-95d5-d39399e69f51", null);
        Golden.Check("Toolkit/monitor", all + bob + await ExchangeAsync(served, HttpMethod.Get, "/monitor/users?user_id=nonexistent", null));
    }

    [Fact]
    public async Task Monitor_NotEnabled_IsNotThere()
    {
        await using var served = await MultiplyingAsync();

        Assert.Equal(404, (int)(await served.Http.GetAsync("/monitor/users")).StatusCode);
    }

    [Fact]
    public async Task EvaluateItem_EvaluatorsOfTheFile_AreAsWritten()
    {
        const string Item = """{"id": "test_1", "input_obj": "What is AI?", "expected_output_obj": "Artificial Intelligence", "output_obj": "AI is artificial intelligence", "trajectory": [TRAJECTORY], "expected_trajectory": [], "full_dataset_entry": {}}""";
        const string Steps = """
            {"parent_id":"root","function_ancestry":{"function_id":"f","function_name":"x"},"payload":{"event_type":"LLM_START","event_timestamp":10.0,"UUID":"u1"}},
            {"parent_id":"root","function_ancestry":{"function_id":"f","function_name":"x"},"payload":{"event_type":"LLM_END","event_timestamp":10.5,"UUID":"u1","usage_info":{"token_usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":0}}}},
            {"parent_id":"root","function_ancestry":{"function_id":"f","function_name":"x"},"payload":{"event_type":"LLM_START","event_timestamp":11.0,"UUID":"u2"}},
            {"parent_id":"root","function_ancestry":{"function_id":"f","function_name":"x"},"payload":{"event_type":"LLM_END","event_timestamp":11.25,"UUID":"u2","usage_info":{"token_usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":9}}}}
            """;
        await using var served = await FromFileAsync("""
            eval:
              evaluators:
                latency: {_type: avg_llm_latency}
                runtime: {_type: avg_workflow_runtime}
                calls: {_type: avg_num_llm_calls}
                tokens: {_type: avg_tokens_per_llm_end}
                smith: {_type: langsmith, evaluator: x}
            """, _ => { });
        var told = new StringBuilder();
        foreach (var name in (string[])["latency", "runtime", "calls", "tokens", "smith", "nonexistent"])
            told.Append(await ExchangeAsync(served, HttpMethod.Post, "/evaluate/item", Served.Json($"{{\"evaluator_name\": \"{name}\", \"item\": {Item.Replace("TRAJECTORY", Steps, StringComparison.Ordinal)}}}")));
        told.Append(await ExchangeAsync(served, HttpMethod.Post, "/evaluate/item", Served.Json("""{"evaluator_name": "accuracy"}""")));

        Golden.Check("Toolkit/evaluate-item", told.ToString());
    }

    [Fact]
    public async Task McpClientToolList_ServersThereAndNotThere_AreAsWritten()
    {
        // docs/source/build-workflows/mcp-client.md:364-435 (answer); packages/nvidia_nat_mcp/.../fastapi_routes.py:55-160 (servers that do not answer)
        await using var other = await MultiplyingAsync();
        await using var served = await FromFileAsync($$$$"""
            function_groups:
              mcp_math: {_type: mcp_client, server: {url: "{{{{new Uri(other.Http.BaseAddress!, "/mcp")}}}}"}, tool_overrides: {multiply: {alias: times, description: Multiplies far away.} }, include: [times, clock]}
              mcp_gone: {_type: mcp_client, server: {url: "http://127.0.0.1:1/mcp"}, reconnect_enabled: false}
            """, _ => { });
        var told = await ExchangeAsync(served, HttpMethod.Get, "/mcp/client/tool/list", null) + await ExchangeAsync(served, HttpMethod.Get, "/mcp/client/tool/list/per_user?user_id=alice", null);

        Golden.Check("Toolkit/mcp-client-tool-list", told.Replace(other.Http.BaseAddress!.Authority, "localhost:9901", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Feedback_OnAnAnswer_IsAsWrittenAndInTheTrace()
    {
        // packages/nvidia_nat_weave/.../fastapi_plugin_worker.py:135-190, tests/test_fastapi_plugin_worker.py:60-125
        var folder = Directory.CreateTempSubdirectory("hub-feedback-").FullName;
        var spans = new System.Collections.Concurrent.ConcurrentQueue<System.Diagnostics.Activity>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = s => s.Name == "Hub.Runs",
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using (var served = await MultiplyingAsync(o => o.Telemetry.Tracing = new Dictionary<string, TraceExporterOptions> { ["f"] = new() { Type = "file", OutputPath = Path.Combine(folder, "steps.jsonl") } }))
        {
            using var answer = await served.Http.PostAsync("/v1/workflow", Served.Json(Ask));
            var trace = answer.Headers.GetValues("Observability-Trace-Id").Single();
            var told = new StringBuilder();
            foreach (var body in (string[])[$$"""{"observability_trace_id": "{{trace}}", "reaction_type": "👍", "comment": "Well said."}""", $$"""{"observability_trace_id": "{{trace}}", "comment": "Hm."}""",
                $$"""{"observability_trace_id": "{{trace}}"}""", """{"reaction_type": "👍"}""", """{"observability_trace_id": "test-trace-id", "reaction_type": "👍"}""",
                $$"""{"observability_trace_id": "{{trace}}", "comment": "{{new string('x', 1025)}}"}"""])
                told.Append(await ExchangeAsync(served, HttpMethod.Post, "/feedback", Served.Json(body)));
            Golden.Check("Toolkit/feedback", told.ToString().Replace(trace, "TRACE", StringComparison.Ordinal));
            var said = spans.Where(s => s.OperationName == "feedback" && s.TraceId.ToHexString() == trace).ToArray();
            Assert.Equal([("👍", "Well said."), (null, "Hm.")], said.Select(s => ((string?)s.GetTagItem("gen_ai.evaluation.score.label"), (string?)s.GetTagItem("gen_ai.evaluation.explanation"))));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Feedback_WhereTracesGoNowhere_IsNotThere()
    {
        await using var served = await MultiplyingAsync();

        Assert.Equal(404, (await served.PostAsync("/feedback", """{"observability_trace_id": "t", "reaction_type": "x"}""")).Status);
    }

    private static Task<Served> MultiplyingAsync(Action<HubServerOptions>? configure = null) => Served.ReActAsync(
        Script.Says("Thought: I multiply.\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Thought: I know it.\nFinal Answer: It is <42>."),
        o =>
        {
            o.FrontEnd.Endpoints = [new ServedEndpoint { Path = "/product", FunctionName = "multiply" }, new ServedEndpoint { Path = "/clock", Method = "GET", FunctionName = "clock" }];
            configure?.Invoke(o);
        },
        b => b.AddTool(HubTool.Create(() => "noon", "clock", Redo.Freely, "Says the time.")));

    private static async Task<Served> FromFileAsync(string yaml, Action<HubServerOptions> configure)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("hub-golden-").FullName, "flow.yml");
        await File.WriteAllTextAsync(file, "llms: {m: {_type: nat_test_llm, response_seq: ['hello']}}\nworkflow: {_type: chat_completion, llm_name: m}\n" + yaml);
        return await Served.StartAsync(await HubHost.FromWorkflowAsync(file), configure);
    }

    private static async Task AskAsAsync(Served served, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow") { Content = Served.Json(Ask) };
        request.Headers.Add("Cookie", $"nat-session={user}");
        (await served.Http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static MultipartFormDataContent Upload(string text)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return new MultipartFormDataContent { { file, "file", "report.txt" } };
    }

    private static async Task<string> ExchangeAsync(Served served, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await served.Http.SendAsync(request);
        var disposition = response.Content.Headers.TryGetValues("Content-Disposition", out var values) ? $"\ncontent-disposition: {values.Single()}" : "";
        return $"""
            {method} {path}
            {(int)response.StatusCode} {response.Content.Headers.ContentType}{disposition}
            {await response.Content.ReadAsStringAsync()}


            """;
    }

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Should I include Q4 projections?")}");
    }
}
