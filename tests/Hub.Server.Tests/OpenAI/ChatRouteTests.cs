using System.Text.Json;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.OpenAI;

public sealed class ChatRouteTests
{
    private const string Path = "/v1/chat/completions";
    private const string Messages = """ "messages": [{"role": "user", "content": "Hello"}] """;

    [Fact]
    public async Task Models_List_HasWorkflowReasonersAndModels()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), build: b => b.AddReAct("my/other", o => (o.Llm, o.Tools) = ("m", ["multiply"])));

        var (_, body) = await served.GetAsync("/v1/models");

        Assert.Equal(["flow", "my/other", "m"], body.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!));
        Assert.Equal(200, (await served.GetAsync("/v1/models/my/other")).Status);
        Assert.Equal(200, (await served.GetAsync("/v1/models/my%2Fother")).Status); // as the official client writes it
        Assert.Equal((404, "model_not_found"), Code(await served.GetAsync("/v1/models/none")));
    }

    [Fact]
    public async Task Whole_OfAModel_HasItsWordsAndItsTokens()
    {
        await using var served = await Served.ReActAsync(Script.Says("Good day to you"));

        var (status, body) = await served.PostAsync(Path, With("""{"model": "m", MESSAGES}"""));

        // packages/nvidia_nat_core/src/nat/data_models/api_server.py: class ChatResponse, and https://platform.openai.com/docs/api-reference/chat/object
        Assert.Equal(
            """{"id":"chatcmpl-RUN","object":"chat.completion","model":"m","created":0,"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Good day to you","role":"assistant"}}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7},"system_fingerprint":null,"service_tier":null}""",
            Streams.Stable(body.GetRawText()));
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task Stream_OfAModel_IsItsWordsThenTheEndThenUsage()
    {
        await using var served = await Served.ReActAsync(Script.Says("Good day"));

        var stream = await served.StreamAsync(Path, With("""{"model": "m", "stream": true, "stream_options": {"include_usage": true}, MESSAGES}"""));

        const string Rest = "\"created\":0,\"model\":\"m\",\"object\":\"chat.completion.chunk\",\"system_fingerprint\":null,\"service_tier\":null,\"usage\":";
        static string Part(string delta, string finish) => $"data: {{\"id\":\"chatcmpl-RUN\",\"choices\":[{{\"finish_reason\":{finish},\"index\":0,\"delta\":{{\"content\":\"{delta}\",\"role\":\"assistant\",\"tool_calls\":null}}}}],{Rest}null}}\n\n";
        Assert.Equal(
            $"{Part("Good", "null")}{Part(" day", "null")}{Part("", "\"stop\"")}data: {{\"id\":\"chatcmpl-RUN\",\"choices\":[],{Rest}{{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}}}\n\ndata: [DONE]\n\n",
            Streams.Stable(stream));
    }

    [Fact]
    public async Task ToolkitStream_OfTheWorkflow_HasStepsAndIgnoresTheModelsName()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: Good day"));

        var stream = await served.StreamAsync("/chat/stream", With("""{"model": "placeholder", MESSAGES}"""));

        Assert.Equal(2, Streams.Of(stream, Streams.Intermediate).Count);
        Assert.Equal("Good day", string.Concat(Streams.Of(stream, Streams.Data).Select(c => c.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString())));
        Assert.EndsWith("data: [DONE]\n\n", stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_OfTheCaller_ReachTheModelAndItsCallsReachTheCaller()
    {
        var model = new Script((_, _, _) => Task.FromResult(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_1", "weather", new Dictionary<string, object?> { ["city"] = "Oslo" })])));
        await using var served = await Served.ReActAsync(model);
        var request = """
            {"model": "m", "tool_choice": "required", "tools": [{"type": "function", "function": {"name": "weather", "description": "d", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}],
             "messages": [{"role": "user", "content": "?"},
               {"role": "assistant", "content": null, "tool_calls": [{"id": "c", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Bergen\"}"}}]},
               {"role": "tool", "tool_call_id": "c", "content": "rain"}] STREAM}
            """;

        var (_, body) = await served.PostAsync(Path, request.Replace("STREAM", "", StringComparison.Ordinal));
        var stream = await served.StreamAsync(Path, request.Replace("STREAM", ", \"stream\": true", StringComparison.Ordinal));

        const string Call = """{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}""";
        var choice = body.GetProperty("choices")[0];
        Assert.Equal(("tool_calls", JsonValueKind.Null, $"[{Call}}}]"), (choice.GetProperty("finish_reason").GetString(), choice.GetProperty("message").GetProperty("content").ValueKind, choice.GetProperty("message").GetProperty("tool_calls").GetRawText()));
        var delta = Streams.Of(stream, Streams.Data)[0].GetProperty("choices")[0].GetProperty("delta");
        Assert.Equal($"[{Call},\"index\":0}}]", delta.GetProperty("tool_calls").GetRawText());
        Assert.Equal("weather", Assert.Single(model.Asked!.Tools!).Name);
        Assert.IsType<RequiredChatToolMode>(model.Asked.ToolMode);
        Assert.Equal(["user", "assistant", "tool"], model.Messages.Select(m => m.Role.Value));
    }

    [Fact]
    public async Task Options_AllKnown_ReachTheModel()
    {
        var model = Script.Says("{}");
        await using var served = await Served.ReActAsync(model);

        var (status, _) = await served.PostAsync(Path, With("""
            {"model": "m", MESSAGES, "temperature": 0.5, "top_p": 0.9, "max_completion_tokens": 7, "seed": 11, "stop": ["a", "b", "c", "d"], "frequency_penalty": 0.1, "presence_penalty": 0.2,
             "logit_bias": {"5": 1}, "response_format": {"type": "json_object"}, "parallel_tool_calls": false, "store": false, "reasoning_effort": "low", "service_tier": "auto", "user": "u", "metadata": {}}
            """));

        var asked = model.Asked!;
        Assert.Equal(200, status);
        Assert.Equal((0.5f, 0.9f, 7, 11L, 0.1f, 0.2f), (asked.Temperature, asked.TopP, asked.MaxOutputTokens, asked.Seed, asked.FrequencyPenalty, asked.PresencePenalty));
        Assert.Equal(["a", "b", "c", "d"], asked.StopSequences!);
        Assert.Same(ChatResponseFormat.Json.GetType(), asked.ResponseFormat!.GetType());
        Assert.False(asked.AllowMultipleToolCalls);
    }

    [Fact]
    public async Task Choices_Several_AreSeveralRuns()
    {
        await using var served = await Served.ReActAsync(Script.Says("one", "two", "three"));

        var (_, body) = await served.PostAsync(Path, With("""{"model": "m", "n": 3, MESSAGES}"""));
        var stream = await served.StreamAsync(Path, With("""{"model": "m", "n": 2, "stream": true, MESSAGES}"""));

        Assert.Equal([0, 1, 2], body.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("index").GetInt32()));
        Assert.Equal(["one", "three", "two"], body.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("message").GetProperty("content").GetString()!).Order());
        Assert.Equal([0, 1], Streams.Of(stream, Streams.Data).Select(c => c.GetProperty("choices")[0].GetProperty("index").GetInt32()).Distinct().Order());
        Assert.Equal(5, served.Hub.Runs.List().Count);
    }

    [Fact]
    public async Task Schema_NotMet_IsMended()
    {
        var model = Script.Says("no json", """{"n": 5}""");
        await using var served = await Served.ReActAsync(model);

        var (_, body) = await served.PostAsync(Path, With("""{"model": "m", MESSAGES, "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}}}}"""));

        Assert.Equal(5, JsonElement.Parse(body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!).GetProperty("n").GetInt32());
    }

    [Theory]
    [InlineData("""{"model": "none", "messages": [{"role": "user", "content": "x"}]}""", 400, "model", "model_not_found")]
    [InlineData("""{"model": "m"}""", 422, "messages", null)]
    [InlineData("""{"model": "m", "messages": [5]}""", 422, "messages[0]", null)]
    [InlineData("""{"model": "m", "messages": [{"role": "king", "content": "x"}]}""", 422, "messages[0].role", null)]
    [InlineData("""{"model": "m", "messages": [{"role": "user"}]}""", 422, "messages[0].content", null)]
    [InlineData("""{"model": "m", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:nonsense"}}]}]}""", 422, "messages[0].content[0]", null)]
    [InlineData("""{"model": "m", "messages": [{"role": "user", "content": "x"}], "temperature": 9}""", 422, "temperature", null)]
    [InlineData("""{"model": "m", "messages": [{"role": "user", "content": "x"}], "n": 0}""", 422, "n", null)]
    [InlineData("""{"model": "m", "messages": [{"role": "user", "content": "x"}], "tools": [{}]}""", 422, "tools", null)]
    [InlineData("""{"model": "m", "messages": [{"role": "user", "content": "x"}], "guided_regex": "a*"}""", 400, "guided_regex", "unsupported_parameter")]
    public async Task BadRequest_NamesTheParameter(string body, int status, string parameter, string? code)
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));

        var answer = await served.PostAsync(Path, body);

        var error = answer.Body.GetProperty("error");
        Assert.Equal((status, parameter, code, "invalid_request_error"), (answer.Status, error.GetProperty("param").GetString(), error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task MutatedBodies_AThousand_NeverMakeTheServerFail()
    {
        const string Body = """{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"x"}]}],"n":1,"stop":["a"],"tools":[{"type":"function","function":{"name":"t","parameters":{"type":"object"}}}],"temperature":0.5,"stream":false}""";
        const string Signs = "{}[]:,\"\\0-.eE nulltruefalse\u0000é";
        await using var served = await Served.ReActAsync(Script.Says("x"));
        var random = new Random(5);
        var refused = 0;
        for (var round = 0; round < 1000; round++)
        {
            var text = new System.Text.StringBuilder(Body);
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0)
                    text.Remove(at, Math.Min(random.Next(1, 10), text.Length - at));
                else
                    text.Insert(at, Signs[random.Next(Signs.Length)]);
            }

            using var response = await served.Http.PostAsync(Path, Served.Json(text.ToString()));
            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {text}");
            refused += response.IsSuccessStatusCode ? 0 : 1;
        }

        Assert.InRange(refused, 500, 999);
    }

    private static string With(string json) => json.Replace("MESSAGES", Messages, StringComparison.Ordinal);

    private static (int, string?) Code((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetString());
}
