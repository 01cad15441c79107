using System.Globalization;
using System.Text.Json;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.OpenAI;

/// <summary>What evaluation harnesses send to <c>/v1/completions</c>, and how they read the answer.</summary>
public sealed class CompletionRouteTests(NanoServed nano) : IClassFixture<NanoServed>
{
    private const string Path = "/v1/completions";
    private const string Prompt = "Thought: I need";

    [Fact]
    public async Task Loglikelihood_AsLmEvalReadsIt_KnowsWhatIsGreedy()
    {
        var context = await nano.TokensAsync(Prompt);
        var text = (await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = context, max_tokens = 12, temperature = 0 })).GetProperty("choices")[0].GetProperty("text").GetString()!;
        var greedy = await nano.TokensAsync(text);
        var other = greedy.ToArray();
        other[^1] = (other[^1] + 1) % 256;
        int[][] batch = [[.. context, .. greedy], [.. context, .. other], [.. context, .. greedy[..3]], [5, 6]];

        // lm_eval/models/openai_completions.py: _create_payload and parse_logprobs.
        var answer = await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = batch, temperature = 0, max_tokens = 1, logprobs = 1, seed = 1234, echo = true });

        var choices = answer.GetProperty("choices").EnumerateArray().OrderBy(c => c.GetProperty("index").GetInt32()).ToArray();
        Assert.Equal(batch.Select(b => b.Length + 1), choices.Select(c => c.GetProperty("logprobs").GetProperty("token_logprobs").GetArrayLength()));
        Assert.Equal([true, false, true], choices.Take(3).Select(c => IsGreedy(c, context.Length)));
        Assert.True(Likelihood(choices[0], context.Length) < 0);
        Assert.All(choices, c => Assert.Equal(JsonValueKind.Null, c.GetProperty("logprobs").GetProperty("token_logprobs")[0].ValueKind));
        Assert.All(choices, c => Assert.Equal(JsonValueKind.Null, c.GetProperty("logprobs").GetProperty("top_logprobs")[0].ValueKind));
        Assert.Equal(batch.Sum(b => b.Length), answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(4, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Loglikelihood_Texts_AreInTheSameUnitsHoweverTheBatchIsCut()
    {
        string[] prompts = [.. Enumerable.Range(0, 40).Select(i => $"The number {new string('7', i)} is {i}")];
        object Ask(object prompt) => new { model = NanoServed.Model, prompt, max_tokens = 0, logprobs = 0, echo = true };

        var together = await nano.PostAsync(Path, Ask(prompts));

        Assert.Equal(Enumerable.Range(0, 40), together.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("index").GetInt32()));
        for (var i = 0; i < prompts.Length; i += 13)
        {
            var alone = (await nano.PostAsync(Path, Ask(prompts[i]))).GetProperty("choices")[0];
            var choice = together.GetProperty("choices")[i];
            Assert.Equal(prompts[i], choice.GetProperty("text").GetString());
            Assert.Equal(alone.GetProperty("logprobs").GetRawText(), choice.GetProperty("logprobs").GetRawText());
        }
    }

    [Fact]
    public async Task MaxTokens0_WithEcho_IsThePromptAndItsTokens()
    {
        var answer = await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = "Hello there", max_tokens = 0, echo = true, logprobs = 1 });

        var choice = answer.GetProperty("choices")[0];
        var logprobs = choice.GetProperty("logprobs");
        var tokens = logprobs.GetProperty("tokens").EnumerateArray().Select(t => t.GetString()!).ToArray();
        Assert.Equal(("Hello there", "length"), (choice.GetProperty("text").GetString(), choice.GetProperty("finish_reason").GetString()));
        Assert.Equal("Hello there", string.Concat(tokens));
        Assert.Equal((await nano.TokensAsync("Hello there")).Length, tokens.Length);
        Assert.Equal(tokens.Select((_, i) => tokens.Take(i).Sum(t => t.Length)), logprobs.GetProperty("text_offset").Deserialize<int[]>()!);
        Assert.Equal(0, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Logprobs_OfWhatIsWritten_HoldTheChosenTokenAmongTheLikeliest()
    {
        var answer = await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = Prompt, max_tokens = 20, logprobs = 5, temperature = 1.5, seed = 3 });

        var logprobs = answer.GetProperty("choices")[0].GetProperty("logprobs");
        var tokens = logprobs.GetProperty("tokens").EnumerateArray().Select(t => t.GetString()!).ToArray();
        for (var i = 0; i < tokens.Length; i++)
        {
            var top = logprobs.GetProperty("top_logprobs")[i];
            Assert.InRange(top.EnumerateObject().Count(), 5, 6);
            Assert.Equal(logprobs.GetProperty("token_logprobs")[i].GetRawText(), top.GetProperty(tokens[i]).GetRawText());
        }
    }

    [Fact]
    public async Task Stops_Four_EndTheTextBeforeThem()
    {
        var whole = (await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = Prompt, max_tokens = 40 })).GetProperty("choices")[0].GetProperty("text").GetString()!;
        var stop = whole[5..8];

        var choice = (await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = Prompt, max_tokens = 40, stop = new[] { "@@", "##", stop, "%%" } })).GetProperty("choices")[0];

        Assert.Equal((whole[..whole.IndexOf(stop, StringComparison.Ordinal)], "stop"), (choice.GetProperty("text").GetString(), choice.GetProperty("finish_reason").GetString()));
    }

    [Fact]
    public async Task Choices_Several_AreNumberedByPromptThenChoice()
    {
        var body = new { model = NanoServed.Model, prompt = new[] { "One", "Two" }, n = 3, max_tokens = 6, temperature = 1.5, seed = 1, echo = true };
        var answer = await nano.PostAsync(Path, body);

        Assert.Equal(answer.GetProperty("choices").GetRawText(), (await nano.PostAsync(Path, body)).GetProperty("choices").GetRawText());
        var choices = answer.GetProperty("choices").EnumerateArray().ToArray();
        Assert.Equal(["One", "One", "One", "Two", "Two", "Two"], choices.Select(c => c.GetProperty("text").GetString()![..3]));
        Assert.Equal(Enumerable.Range(0, 6), choices.Select(c => c.GetProperty("index").GetInt32()));
        Assert.True(choices.Select(c => c.GetProperty("text").GetString()).Distinct().Count() > 3);
        Assert.Equal((await nano.TokensAsync("One")).Length + (await nano.TokensAsync("Two")).Length, answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Stream_InParts_IsTheWholeAnswer()
    {
        var body = new { model = NanoServed.Model, prompt = new[] { Prompt, "<|user|>What is 3 plus 4?<|end|><|assistant|>" }, max_tokens = 30, logprobs = 1, echo = true, temperature = 1.5, seed = 5 };
        var whole = (await nano.PostAsync(Path, body)).GetProperty("choices").EnumerateArray().ToArray();

        var streamed = new { body.model, body.prompt, body.max_tokens, body.logprobs, body.echo, body.temperature, body.seed, stream = true, stream_options = new { include_usage = true } };
        var stream = await nano.Served.StreamAsync(Path, JsonSerializer.Serialize(streamed));

        var parts = Streams.Of(stream, Streams.Data);
        var choices = parts.Where(p => p.GetProperty("choices").GetArrayLength() > 0).Select(p => p.GetProperty("choices")[0]).ToArray();
        Assert.True(choices.Length > 6, $"{choices.Length} parts");
        for (var i = 0; i < 2; i++)
        {
            var own = choices.Where(c => c.GetProperty("index").GetInt32() == i).ToArray();
            Assert.Equal(whole[i].GetProperty("text").GetString(), string.Concat(own.Select(c => c.GetProperty("text").GetString())));
            Assert.Equal(whole[i].GetProperty("finish_reason").GetString(), own.Select(c => c.GetProperty("finish_reason").GetString()).Last(r => r is not null));
            Assert.Equal(Joined([whole[i]]), Joined(own));
        }

        Assert.True(parts[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32() > 2);
        Assert.EndsWith("data: [DONE]\n\n", stream, StringComparison.Ordinal);
        Assert.All(parts, p => Assert.Equal("text_completion", p.GetProperty("object").GetString()));
    }

    [Fact]
    public async Task Bias_OfATokenId_MakesTheModelWriteIt()
    {
        var token = (await nano.TokensAsync("z"))[0];

        var answer = await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = "a", max_tokens = 4, logit_bias = new Dictionary<string, int> { [token.ToString(CultureInfo.InvariantCulture)] = 100 } });

        Assert.Equal("zzzz", answer.GetProperty("choices")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Request_OfManyPrompts_IsOneRun()
    {
        var before = nano.Served.Hub.Runs.List().Count;
        await nano.PostAsync(Path, new { model = NanoServed.Model, prompt = new[] { "a", "b", "c" }, n = 2, max_tokens = 1 });

        Assert.Equal(before + 1, nano.Served.Hub.Runs.List().Count);
    }

    [Theory]
    [InlineData("""{"model": "none", "prompt": "x"}""", 400, "model", "model_not_found")]
    [InlineData("""{"model": "flow", "prompt": "x"}""", 400, "model", "unsupported_model")]
    [InlineData("""{"model": "scripted", "prompt": "x"}""", 400, "model", "unsupported_model")]
    [InlineData("""{"model": "hub-nano", "prompt": "x", "suffix": "y"}""", 400, "suffix", "unsupported_parameter")]
    [InlineData("""{"model": "hub-nano", "prompt": "x", "best_of": 2}""", 400, "best_of", "unsupported_parameter")]
    [InlineData("""{"model": "hub-nano", "prompt": "x", "logit_bias": {"99999": 1}}""", 400, null, "unsupported_value")]
    [InlineData("""{"model": "hub-nano", "prompt": [99999]}""", 400, null, "unsupported_value")]
    [InlineData("""{"model": "hub-nano", "prompt": "x", "logit_bias": {"5": 101}}""", 422, "logit_bias", null)]
    [InlineData("""{"model": "hub-nano", "prompt": []}""", 422, "prompt", null)]
    [InlineData("""{"model": "hub-nano", "prompt": [1, "x"]}""", 422, "prompt", null)]
    [InlineData("""{"model": "hub-nano", "prompt": {"a": 1}}""", 422, "prompt", null)]
    [InlineData("""{"model": "hub-nano", "prompt": "x", "logprobs": 21}""", 422, "logprobs", null)]
    [InlineData("""{"model": "hub-nano", "prompt": "x", "max_tokens": -1}""", 422, "max_tokens", null)]
    [InlineData("""{"model": "hub-nano", "prompt": "x", "stop": [""]}""", 422, "stop", null)]
    public async Task BadRequest_NamesTheParameter(string body, int status, string? parameter, string? code)
    {
        var (answered, answer) = await nano.Served.PostAsync(Path, body);

        var error = answer.GetProperty("error");
        Assert.Equal((status, parameter, code, "invalid_request_error"), (answered, error.GetProperty("param").GetString(), error.GetProperty("code").GetString(), error.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Prompt_LongerThanTheContext_IsRefusedByName()
    {
        var (status, answer) = await nano.Served.PostAsync(Path, JsonSerializer.Serialize(new { model = NanoServed.Model, prompt = Enumerable.Repeat(65, 1024) }));

        Assert.Equal((400, "context_length_exceeded"), (status, answer.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Refusal_NamesTheModelsThatCan()
    {
        var (_, answer) = await nano.Served.PostAsync(Path, """{"model": "scripted", "prompt": "x"}""");

        Assert.Equal("'scripted' completes no texts. nano can.", answer.GetProperty("error").GetProperty("message").GetString());
    }

    private static bool IsGreedy(JsonElement choice, int contextLength)
    {
        var logprobs = choice.GetProperty("logprobs");
        var (tokens, tops) = (logprobs.GetProperty("token_logprobs").EnumerateArray().ToArray(), logprobs.GetProperty("top_logprobs").EnumerateArray().ToArray());
        return tokens[contextLength..^1].Zip(tops[contextLength..^1]).All(pair => pair.First.GetDouble() == pair.Second.EnumerateObject().Max(t => t.Value.GetDouble()));
    }

    private static double Likelihood(JsonElement choice, int contextLength) =>
        choice.GetProperty("logprobs").GetProperty("token_logprobs").EnumerateArray().ToArray()[contextLength..^1].Sum(t => t.GetDouble());

    private static string Joined(IEnumerable<JsonElement> choices) => string.Join(" ", choices.Select(c => c.GetProperty("logprobs")).SelectMany(l =>
        l.GetProperty("tokens").EnumerateArray().Zip(l.GetProperty("token_logprobs").EnumerateArray()).Select(t => $"{t.First.GetRawText()}:{t.Second.GetRawText()}")));
}
