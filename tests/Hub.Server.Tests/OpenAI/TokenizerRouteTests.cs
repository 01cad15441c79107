using System.Text.Json;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.OpenAI;

/// <summary>The tokenizer of a served model as lm-eval's RemoteTokenizer (lm_eval/utils.py) uses it.</summary>
public sealed class TokenizerRouteTests(NanoServed nano) : IClassFixture<NanoServed>
{
    [Fact]
    public async Task TokenizerInfo_HasWhatHarnessesRead()
    {
        var (status, body) = await nano.Served.GetAsync("/tokenizer_info");

        Assert.Equal((200, "<|end|>", 1024, JsonValueKind.Null), (status, body.GetProperty("eos_token").GetString(), body.GetProperty("model_max_length").GetInt32(), body.GetProperty("bos_token").ValueKind));
        Assert.Contains("add_generation_prompt", body.GetProperty("chat_template").GetString()!, StringComparison.Ordinal);
        Assert.Single(await nano.TokensAsync("<|end|>"));
    }

    [Theory]
    [InlineData("What is 14 times 27?")]
    [InlineData("東京 🙂 <|user|>hello<|end|>")]
    [InlineData("")]
    public async Task Detokenize_OfTokens_IsTheText(string text)
    {
        var tokenized = await nano.PostAsync("/tokenize", new { model = "hub-nano", prompt = text, add_special_tokens = false, return_token_strs = true });
        var tokens = tokenized.GetProperty("tokens").Deserialize<int[]>()!;

        Assert.Equal(text, (await nano.PostAsync("/detokenize", new { tokens })).GetProperty("prompt").GetString());
        Assert.Equal((tokens.Length, 1024, tokens.Length), (tokenized.GetProperty("count").GetInt32(), tokenized.GetProperty("max_model_len").GetInt32(), tokenized.GetProperty("token_strs").GetArrayLength()));
    }

    [Fact]
    public async Task Tokenize_OfMessages_IsThePromptThatAChatIsMadeOf()
    {
        object[] messages = [new { role = "system", content = "s" }, new { role = "user", content = "<|end|>" }];
        var tokens = (await nano.PostAsync("/tokenize", new { messages })).GetProperty("tokens").Deserialize<int[]>()!;

        var chat = await nano.PostAsync("/v1/chat/completions", new { model = "hub-nano", messages, max_tokens = 1 });

        Assert.Equal(tokens.Length, chat.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Single(tokens, (await nano.TokensAsync("<|user|>"))[0]);
        Assert.Equal(tokens[..^1], (await nano.PostAsync("/tokenize", new { messages, add_generation_prompt = false })).GetProperty("tokens").Deserialize<int[]>()!);
    }

    [Theory]
    [InlineData("/tokenize", """{}""", 422, "prompt")]
    [InlineData("/tokenize", """{"prompt": "x", "model": "scripted"}""", 400, "model")]
    [InlineData("/tokenize", """{"prompt": "x", "model": "none"}""", 400, "model")]
    [InlineData("/detokenize", """{"tokens": ["a"]}""", 422, "tokens")]
    [InlineData("/detokenize", """{"tokens": [1, 99999]}""", 400, "tokens")]
    public async Task BadRequest_NamesTheParameter(string path, string body, int status, string parameter)
    {
        var (answered, answer) = await nano.Served.PostAsync(path, body);

        Assert.Equal((status, parameter), (answered, answer.GetProperty("error").GetProperty("param").GetString()));
    }
}
