using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting.Models;
using Microsoft.Extensions.AI;

namespace Hub.Hosting.Tests.Models;

public sealed class OpenAIModelsTests
{
    private const string Secret = "sk-secret-of-the-test";

    [Fact]
    public async Task Nim_Request_CarriesModelLimitsSeedAndUnknownKeys()
    {
        using var server = new FakeOpenAI();
        using var model = OpenAIModels.Nim(new NimOptions
        {
            Model = "meta/llama",
            ApiKey = Secret,
            BaseUrl = server.Url,
            Temperature = 0,
            Seed = 11,
            Extra = new() { ["chat_template_kwargs"] = JsonElement.Parse("""{"enable_thinking":false}""") },
        });
        var reply = await model.GetResponseAsync("Hello");

        Assert.Equal("Good day.", reply.Text);
        Assert.Equal(5, reply.Usage!.TotalTokenCount);
        var sent = JsonElement.Parse(server.Bodies[0]);
        Assert.Equal("meta/llama", sent.GetProperty("model").GetString());
        Assert.Equal(0, sent.GetProperty("temperature").GetDouble());
        Assert.Equal(11, sent.GetProperty("seed").GetInt64());
        Assert.Equal(300, sent.TryGetProperty("max_tokens", out var limit) ? limit.GetInt32() : sent.GetProperty("max_completion_tokens").GetInt32());
        Assert.False(sent.GetProperty("chat_template_kwargs").GetProperty("enable_thinking").GetBoolean());
        Assert.Equal($"Bearer {Secret}", server.Keys[0]);
    }

    [Fact]
    public async Task OpenAI_StatusOfTheList_IsSentAgain()
    {
        using var server = new FakeOpenAI(503);
        using var model = OpenAIModels.OpenAI(new OpenAIOptions { Model = "m", ApiKey = Secret, BaseUrl = server.Url, NumRetries = 1 });

        Assert.Equal("Good day.", (await model.GetResponseAsync("Hello")).Text);
        Assert.Equal(2, server.Bodies.Count);
    }

    [Fact]
    public async Task OpenAI_RetryOff_FailsAtOnceWithoutTheKeyInTheMessage()
    {
        using var server = new FakeOpenAI(503, 503);
        using var model = OpenAIModels.OpenAI(new OpenAIOptions { Model = "m", ApiKey = Secret, BaseUrl = server.Url, DoAutoRetry = false });
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => model.GetResponseAsync("Hello"));

        Assert.Single(server.Bodies);
        Assert.DoesNotContain(Secret, failure.ToString());
    }

    [Fact]
    public void Azure_NoEndpoint_SaysWhatToSet() =>
        Assert.Contains("AZURE_OPENAI_ENDPOINT", Assert.Throws<HubException>(() => OpenAIModels.Azure(new AzureOpenAIOptions { Model = "m", ApiKey = Secret })).Message);

    [Fact]
    public async Task TestLlm_Replies_InTurn()
    {
        using var model = new TestChatClient(new TestLlmOptions { ResponseSeq = ["a", "b"] }, TimeProvider.System);

        Assert.Equal("aba", string.Concat((await model.GetResponseAsync("1")).Text, (await model.GetResponseAsync("2")).Text, (await model.GetResponseAsync("3")).Text));
    }
}
