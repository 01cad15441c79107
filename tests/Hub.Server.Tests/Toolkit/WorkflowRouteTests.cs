using System.Net;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.Toolkit;

public sealed class WorkflowRouteTests
{
    private const string Ask = """{"input_message": "What is 6 times 7?"}""";

    private static Script Multiplies() => Script.Says(
        "Thought: I multiply.\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}",
        "Thought: I know it.\nFinal Answer: It is <42>.");

    [Theory]
    [InlineData("/v1/workflow")]
    [InlineData("/generate")]
    public async Task Whole_Question_IsTheValue(string path)
    {
        await using var served = await Served.ReActAsync(Multiplies());

        var (status, body) = await served.PostAsync(path, Ask);

        Assert.Equal((200, """{"value":"It is <42>."}"""), (status, body.GetRawText()));
    }

    [Fact]
    public async Task Whole_Messages_IsAChatResponse()
    {
        await using var served = await Served.ReActAsync(Multiplies());

        var (status, body) = await served.PostAsync("/generate", """{"messages": [{"role": "user", "content": "What is 6 times 7?"}]}""");

        Assert.Equal((200, "chat.completion", "It is <42>."), (status, body.GetProperty("object").GetString(), body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()));
    }

    [Theory]
    [InlineData("""{}""", 422, "input_message")]
    [InlineData("""{"input_message": 5}""", 422, "input_message")]
    [InlineData("""{"input_message": "a", "messages": []}""", 422, "input_message")]
    [InlineData("""{"messages": []}""", 422, "messages")]
    [InlineData("""[1]""", 422, "body")]
    [InlineData("""{"input_message": """, 400, "")]
    public async Task Whole_BadBody_SaysWhatIsNeeded(string body, int expected, string where)
    {
        await using var served = await Served.ReActAsync(Multiplies());

        var (status, error) = await served.PostAsync("/v1/workflow", body);

        Assert.Equal(expected, status);
        var detail = error.GetProperty("detail");
        Assert.True(where.Length == 0 || detail[0].GetProperty("loc").EnumerateArray().Last().GetString() == where, detail.GetRawText());
    }

    [Fact]
    public async Task Whole_RunFails_IsTheToolkitsError()
    {
        await using var served = await Served.ReActAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));

        var (status, body) = await served.PostAsync("/v1/workflow", Ask);

        // packages/nvidia_nat_core/src/nat/data_models/api_server.py: class Error
        Assert.Equal((422, """{"code":"workflow_error","message":"The model is gone.","details":"InvalidOperationException"}"""), (status, body.GetRawText()));
    }

    [Fact]
    public async Task Stream_Steps_AreMarkdownAndTheAnswerIsData()
    {
        await using var served = await Served.ReActAsync(Multiplies());

        var stream = await served.StreamAsync("/generate/stream", Ask);

        // The form of packages/nvidia_nat_core/src/nat/front_ends/fastapi/step_adaptor.py: a step when it begins, and again with its output.
        var steps = Streams.Of(stream, Streams.Intermediate);
        Assert.Equal(["m", "m", "Tool: multiply", "Tool: multiply", "m", "m"], steps.Select(s => s.GetProperty("name").GetString()!));
        Assert.All(steps, s => Assert.Equal(("markdown", "root"), (s.GetProperty("type").GetString(), s.GetProperty("parent_id").GetString())));
        Assert.Equal(3, steps.Select(s => s.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal("**Input:**\n```json\n{\"a\":6,\"b\":7}\n```\n\n**Output:**\n```json\n42\n```", steps[3].GetProperty("payload").GetString());
        Assert.EndsWith("**Output:**\nThought: I know it.\nFinal Answer: It is &lt;42&gt;.", steps[5].GetProperty("payload").GetString());
        Assert.Equal("It is <42>.", string.Concat(Streams.Of(stream, Streams.Data).Select(d => d.GetProperty("value").GetString())));
        Assert.DoesNotContain("[DONE]", stream, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("off", 0)]
    [InlineData("custom", 1)]
    public async Task Stream_Adaptor_ShowsWhatTheFileSays(string mode, int expected)
    {
        await using var served = await Served.ReActAsync(Multiplies(), o => o.FrontEnd.StepAdaptor = new StepAdaptorOptions { Mode = mode, CustomEventTypes = ["TOOL_START"] });

        Assert.Equal(expected, Streams.Of(await served.StreamAsync("/v1/workflow/stream", Ask), Streams.Intermediate).Count);
    }

    [Fact]
    public async Task Stream_RunFails_IsNakedJson()
    {
        await using var served = await Served.ReActAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));

        var stream = await served.StreamAsync("/generate/stream", Ask);

        Assert.Equal("""{"code":"workflow_error","message":"The model is gone.","details":"InvalidOperationException"}""", stream.Split('\n')[^1]);
    }

    [Theory]
    [InlineData("", "WORKFLOW_START LLM_START LLM_END TOOL_START TOOL_END LLM_START LLM_END WORKFLOW_END")]
    [InlineData("?filter_steps=LLM_END,TOOL_END", "LLM_END TOOL_END LLM_END")]
    [InlineData("?filter_steps=none", "")]
    public async Task Full_RawSteps_AreTheToolkitsPayloads(string query, string types)
    {
        await using var served = await Served.ReActAsync(Multiplies());

        var stream = await served.StreamAsync($"/generate/full{query}", Ask);

        var steps = Streams.Of(stream, Streams.Intermediate).Where(s => s.GetProperty("type").GetString() != "LLM_NEW_TOKEN").ToArray();
        Assert.Equal(types, string.Join(' ', steps.Select(s => s.GetProperty("type").GetString())));
        foreach (var step in steps)
        {
            // packages/nvidia_nat_core/src/nat/data_models/intermediate_step.py: ends alone have a span_event_timestamp, start and end share a UUID.
            var payload = JsonElement.Parse(step.GetProperty("payload").GetString()!);
            var type = payload.GetProperty("event_type").GetString()!;
            Assert.Equal(type.EndsWith("_END", StringComparison.Ordinal), payload.GetProperty("span_event_timestamp").ValueKind == JsonValueKind.Number);
            Assert.Equal((step.GetProperty("id").GetString(), step.GetProperty("type").GetString()), (payload.GetProperty("UUID").GetString(), type));
        }

        Assert.Equal("It is <42>.", Assert.Single(Streams.Of(stream, Streams.Data)).GetProperty("value").GetString());
    }

    [Fact]
    public async Task Endpoint_OfTheFile_CallsItsFunctionWithItsArguments()
    {
        await using var served = await Served.ReActAsync(Multiplies(), o => o.FrontEnd.Endpoints = [new ServedEndpoint { Path = "/product", FunctionName = "multiply" }, new ServedEndpoint { Path = "/clock", Method = "GET", FunctionName = "clock" }],
            b => b.AddTool(HubTool.Create(() => "noon", "clock", Redo.Freely)));

        Assert.Equal((200, """{"value":42}"""), Raw(await served.PostAsync("/product", """{"a": 6, "b": 7}""")));
        Assert.Equal((200, """{"value":"noon"}"""), Raw(await served.GetAsync("/clock")));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await served.Http.GetAsync("/product")).StatusCode);
    }

    [Fact]
    public async Task LegacyRoutes_Disabled_AreNotThere()
    {
        await using var served = await Served.ReActAsync(Multiplies(), o => o.FrontEnd.DisableLegacyRoutes = true);

        Assert.Equal(HttpStatusCode.NotFound, (await served.Http.PostAsync("/generate", Served.Json(Ask))).StatusCode);
        Assert.Equal(200, (await served.PostAsync("/v1/workflow", Ask)).Status);
    }

    [Fact]
    public async Task Client_GoesAway_CancelsTheRun()
    {
        await using var served = await Served.ReActAsync(Script.Hangs());
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate/stream") { Content = Served.Json(Ask) };
        var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gone.Token);
        var run = response.Headers.GetValues("X-Run-Id").Single();

        response.Dispose();

        for (var i = 0; i < 200 && served.Hub.Runs.Find(run).Status == RunStatus.Running; i++)
            await Task.Delay(25);
        Assert.Equal(RunStatus.Cancelled, served.Hub.Runs.Find(run).Status);
    }

    [Fact]
    public async Task Run_TooLong_IsCancelledAndSaysSo()
    {
        await using var served = await Served.ReActAsync(Script.Hangs(), o => o.RunTimeout = TimeSpan.FromMilliseconds(200));

        Assert.Equal(504, (await served.PostAsync("/v1/workflow", Ask)).Status);
    }

    private static (int, string) Raw((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetRawText());
}
