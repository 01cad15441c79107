using System.Text.Json;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.OpenAI;

/// <summary>What a chat request can ask of a model of ours, over the built-in one.</summary>
public sealed class ChatModelTests(NanoServed nano) : IClassFixture<NanoServed>
{
    private const string Path = "/v1/chat/completions";
    private static readonly object[] s_messages = [new { role = "developer", content = "Be brief." }, new { role = "user", content = new[] { new { type = "text", text = "What is 14 times 27?" } } }];
    private static readonly object[] s_tools = [Tool("multiply", "a", "b"), Tool("add", "x", "y")];

    [Fact]
    public async Task Logprobs_WholeAndStreamed_AreOfTheTextsTokens()
    {
        var whole = (await nano.PostAsync(Path, new { model = NanoServed.Model, messages = s_messages, logprobs = true, top_logprobs = 2 })).GetProperty("choices")[0];
        var stream = await nano.Served.StreamAsync(Path, JsonSerializer.Serialize(new { model = NanoServed.Model, messages = s_messages, logprobs = true, top_logprobs = 2, stream = true }));

        var tokens = whole.GetProperty("logprobs").GetProperty("content").EnumerateArray().ToArray();
        Assert.Equal(whole.GetProperty("message").GetProperty("content").GetString(), string.Concat(tokens.Select(t => t.GetProperty("token").GetString())));
        Assert.All(tokens, t => Assert.Equal((2, t.GetProperty("logprob").GetRawText()), (t.GetProperty("top_logprobs").GetArrayLength(), t.GetProperty("top_logprobs")[0].GetProperty("logprob").GetRawText())));
        Assert.All(tokens, t => Assert.Equal(t.GetProperty("token").GetString(), System.Text.Encoding.UTF8.GetString([.. t.GetProperty("bytes").Deserialize<int[]>()!.Select(b => (byte)b)])));
        var streamed = Streams.Of(stream, Streams.Data).SelectMany(c => c.GetProperty("choices")[0].TryGetProperty("logprobs", out var l) ? l.GetProperty("content").EnumerateArray() : default);
        Assert.Equal(tokens.Select(t => t.GetRawText()), streamed.Select(t => t.GetRawText()));
    }

    [Theory]
    [InlineData("\"required\"", "multiply|add")]
    [InlineData("""{"type": "function", "function": {"name": "add"}}""", "add")]
    public async Task ToolChoice_ThatAsksForACall_GetsOneOfAListedTool(string choice, string names)
    {
        var answer = (await nano.PostAsync(Path, new { model = NanoServed.Model, messages = s_messages, tools = s_tools, tool_choice = JsonElement.Parse(choice), parallel_tool_calls = false })).GetProperty("choices")[0];

        var call = Assert.Single(answer.GetProperty("message").GetProperty("tool_calls").EnumerateArray());
        Assert.Equal("tool_calls", answer.GetProperty("finish_reason").GetString());
        Assert.Contains(call.GetProperty("function").GetProperty("name").GetString()!, names.Split('|'));
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!).ValueKind);
        Assert.NotEmpty(call.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task ToolChoice_None_GetsText()
    {
        var answer = (await nano.PostAsync(Path, new { model = NanoServed.Model, messages = s_messages, tools = s_tools, tool_choice = "none" })).GetProperty("choices")[0];

        Assert.False(answer.GetProperty("message").TryGetProperty("tool_calls", out _));
        Assert.NotEmpty(answer.GetProperty("message").GetProperty("content").GetString()!);
    }

    [Fact]
    public async Task Usage_OfAModel_IsTheTokenizers()
    {
        object[] messages = [new { role = "user", content = "What is 14 times 27?" }];
        var answer = await nano.PostAsync(Path, new { model = NanoServed.Model, messages });

        var (usage, text) = (answer.GetProperty("usage"), answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!);
        Assert.Equal((await nano.PostAsync("/tokenize", new { messages })).GetProperty("count").GetInt32(), usage.GetProperty("prompt_tokens").GetInt32());
        Assert.Equal((await nano.TokensAsync(text)).Length + 1, usage.GetProperty("completion_tokens").GetInt32());
    }

    [Theory]
    [InlineData("""{"model": "hub-nano", "messages": [{"role": "user", "content": "x"}], "top_logprobs": 2}""", 400, "top_logprobs", null)]
    [InlineData("""{"model": "flow", "messages": [{"role": "user", "content": "x"}], "logprobs": true}""", 400, "model", "unsupported_model")]
    [InlineData("""{"model": "hub-nano", "messages": [{"role": "user", "content": "x"}], "logit_bias": {"99999": 1}}""", 400, null, "unsupported_value")]
    [InlineData("""{"model": "hub-nano", "messages": [{"role": "user", "content": "x"}], "logit_bias": {"x": 1}}""", 422, "logit_bias", null)]
    [InlineData("""{"model": "hub-nano", "messages": [{"role": "user", "content": "x"}], "tool_choice": "required"}""", 400, "tool_choice", null)]
    [InlineData("""{"model": "hub-nano", "messages": [{"role": "user", "content": "x"}], "tools": [{"type": "function", "function": {"name": "a"}}], "tool_choice": {"type": "function", "function": {"name": "b"}}}""", 400, "tool_choice", null)]
    [InlineData("""{"model": "hub-nano", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://a.example/b.png"}}]}]}""", 400, null, "unsupported_value")]
    [InlineData("""{"model": "hub-nano", "messages": [{"role": "user", "content": "x"}], "response_format": {"type": "grammar"}}""", 400, "response_format", "unsupported_parameter")]
    public async Task BadRequest_NamesTheParameter(string body, int status, string? parameter, string? code)
    {
        var (answered, answer) = await nano.Served.PostAsync(Path, body);

        var error = answer.GetProperty("error");
        Assert.Equal((status, parameter, code), (answered, error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }

    private static object Tool(string name, params string[] arguments) => new
    {
        type = "function",
        function = new { name, description = "Computes.", parameters = new { type = "object", properties = arguments.ToDictionary(a => a, _ => new { type = "number" }), required = arguments } },
    };
}
