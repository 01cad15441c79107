using System.Text.Json;
using Hub.Hosting;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.OpenAI;

/// <summary>A hub whose model is another hub: what is asked of the first must come back as the second says it.</summary>
public sealed class EndpointModelTests(NanoServed nano) : IClassFixture<NanoServed>
{
    [Fact]
    public async Task Completion_AtAnEndpoint_IsTheEndpoints()
    {
        await using var front = await FrontAsync("/v1");
        var tokens = await nano.TokensAsync("Thought: I need");
        object Ask(string model) => new { model, prompt = new[] { tokens, [5, 6] }, max_tokens = 4, logprobs = 2, echo = true, n = 2, seed = 3, temperature = 1.2, stop = new[] { "zz" } };

        var direct = await nano.PostAsync("/v1/completions", Ask("hub-nano"));
        var (status, forwarded) = await front.PostAsync("/v1/completions", JsonSerializer.Serialize(Ask("far")));

        Assert.Equal(200, status);
        Assert.Equal(direct.GetProperty("choices").GetRawText(), forwarded.GetProperty("choices").GetRawText());
        foreach (var count in (string[])["prompt_tokens", "completion_tokens"])
            Assert.Equal(direct.GetProperty("usage").GetProperty(count).GetInt32(), forwarded.GetProperty("usage").GetProperty(count).GetInt32());
    }

    [Fact]
    public async Task Chat_AtAnEndpoint_HasItsLogprobs()
    {
        await using var front = await FrontAsync("/v1");
        object Ask(string model) => new { model, messages = new[] { new { role = "user", content = "What is 14 times 27?" } }, logprobs = true, top_logprobs = 2 };

        var direct = await nano.PostAsync("/v1/chat/completions", Ask("hub-nano"));
        var (status, forwarded) = await front.PostAsync("/v1/chat/completions", JsonSerializer.Serialize(Ask("far")));

        Assert.Equal(200, status);
        // The client library reads log-probabilities in single precision.
        Assert.Equal(Tokens(direct).Select(t => (t.Token, (float)t.Logprob)), Tokens(forwarded).Select(t => (t.Token, (float)t.Logprob)));
        Assert.NotEmpty(Tokens(forwarded));
    }

    [Fact]
    public async Task Completion_AtAnEndpointWithoutIt_SaysSo()
    {
        await using var front = await FrontAsync("/nothing-here");

        var (status, answer) = await front.PostAsync("/v1/completions", """{"model": "far", "prompt": "x"}""");

        Assert.Equal(400, status);
        Assert.Contains("does not offer them", answer.GetProperty("error").GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    private async Task<Served> FrontAsync(string path)
    {
        var file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():n}.yml");
        await File.WriteAllTextAsync(file, $$"""
            llms:
              far: {_type: openai, model_name: hub-nano, base_url: "{{nano.Served.Http.BaseAddress!.ToString().TrimEnd('/')}}{{path}}", api_key: local, num_retries: 0}
            functions:
              clock: {_type: current_datetime}
            workflow: {_type: react_agent, llm_name: far, tool_names: [clock]}
            """);
        try
        {
            return await Served.StartAsync(await HubHost.FromWorkflowAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<(string Token, double Logprob)> Tokens(JsonElement answer) => answer.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content")
        .EnumerateArray().Select(t => (t.GetProperty("token").GetString()!, t.GetProperty("logprob").GetDouble()));
}
