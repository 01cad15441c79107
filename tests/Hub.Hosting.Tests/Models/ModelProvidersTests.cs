using System.Text.Json;
using Hub.Abstractions;
using Hub.Core.Models;
using Hub.Hosting.Models;
using Hub.Workflows;
using Microsoft.Extensions.AI;

namespace Hub.Hosting.Tests.Models;

/// <summary>Model providers as a workflow file reaches them.</summary>
public sealed class ModelProvidersTests
{
    private const string Secret = "sk-secret-of-the-test";

    [Fact]
    public async Task File_EveryKeyOfTheToolkit_ReachesTheEndpointOrTheClient()
    {
        using var server = new FakeOpenAI();
        using var components = Built($"""
            _type: openai
            model: m
            api_key: {Secret}
            base_url: {server.Url}
            temperature: 1e-1
            top_p: "0.5"
            max_tokens: 64
            seed: 7
            max_retries: 3
            do_auto_retry: true
            num_retries: 0
            retry_on_status_codes: [429]
            retry_on_errors: [overloaded]
            request_timeout: 5
            verify_ssl: true
            thinking: null
            api_type: chat_completion
            optimizable_params: [temperature]
            search_space: {"{"}temperature: {"{"}low: 0, high: 1{"}"}{"}"}
            presence_penalty: 0.25
            """);

        await components.Model("m").GetResponseAsync("Hello");

        using var sent = JsonDocument.Parse(server.Bodies[0]);
        Assert.Equal(
            ["max_tokens:64", "messages", "model:m", "presence_penalty:0.25", "seed:7", "temperature:0.1", "top_p:0.5"],
            sent.RootElement.EnumerateObject().Select(p => p.Name == "messages" ? p.Name : $"{p.Name}:{p.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Call_WithItsOwnOptions_WinsOverTheFile()
    {
        using var server = new FakeOpenAI();
        using var components = Built($"_type: nim\nmodel_name: m\napi_key: {Secret}\nbase_url: {server.Url}\ntemperature: 0.9");

        await components.Model("m").GetResponseAsync("Hello", new ChatOptions { Temperature = 0, MaxOutputTokens = 11 });

        var sent = JsonElement.Parse(server.Bodies[0]);
        Assert.Equal((0.0, 11), (sent.GetProperty("temperature").GetDouble(), sent.GetProperty("max_tokens").GetInt32()));
        Assert.False(sent.TryGetProperty("max_completion_tokens", out _)); // compatible endpoints know the older name only
    }

    [Fact]
    public async Task Retry_TwiceByTheList_WaitsLongerEachTime()
    {
        var time = new InstantTime();
        using var server = new FakeOpenAI(429, 500);
        using var model = OpenAIModels.OpenAI(new OpenAIOptions { Model = "m", ApiKey = Secret, BaseUrl = server.Url }, time);

        Assert.Equal("Good day.", (await model.GetResponseAsync("Hello")).Text);
        Assert.Equal((3, 2), (server.Bodies.Count, time.Waits.Count));
        Assert.True(time.Waits[1] > time.Waits[0]);
    }

    [Theory]
    [InlineData(400, 1)] // not of the list
    [InlineData(429, 4)] // three more attempts, and then the failure
    public async Task Retry_Exhausted_FailsWithTheStatus(int status, int attempts)
    {
        using var server = new FakeOpenAI([.. Enumerable.Repeat(status, 10)]);
        using var model = OpenAIModels.OpenAI(new OpenAIOptions { Model = "m", ApiKey = Secret, BaseUrl = server.Url, NumRetries = 3 }, new InstantTime());

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => model.GetResponseAsync("Hello"));

        Assert.Equal(attempts, server.Bodies.Count);
        Assert.Contains($"{status}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_File_AsksTheDeploymentOfTheResource()
    {
        using var server = new FakeOpenAI();
        using var components = Built($"_type: azure_openai\nazure_deployment: mine\napi_key: {Secret}\nazure_endpoint: {server.Url}\napi_version: 2025-04-01-preview");

        await components.Model("m").GetResponseAsync("Hello");

        Assert.Equal("mine", JsonElement.Parse(server.Bodies[0]).GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("nvidia/llama-3.3-nemotron-super-49b-v1", true, "detailed thinking on")]
    [InlineData("nvidia/nemotron-3-nano", false, "/no_think")]
    [InlineData("meta/llama", true, null)]
    public async Task Nim_Thinking_IsTheSwitchOfTheModel(string name, bool thinking, string? prompt)
    {
        using var server = new FakeOpenAI();
        using var model = OpenAIModels.Nim(new NimOptions { Model = name, ApiKey = Secret, BaseUrl = server.Url, Thinking = thinking });

        await model.GetResponseAsync("Hello");

        var first = JsonElement.Parse(server.Bodies[0]).GetProperty("messages")[0];
        Assert.Equal(prompt ?? "Hello", first.GetProperty("content").ValueKind == JsonValueKind.String ? first.GetProperty("content").GetString() : first.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("openai", "encoding_format:base64,input,model:m")]
    [InlineData("nim", "encoding_format:base64,input,input_type:passage,model:m,truncate:END")]
    [InlineData("azure_openai", "encoding_format:base64,input,model:m")]
    public async Task Embedder_File_SendsWhatItsProviderKnows(string type, string sent)
    {
        using var server = new FakeOpenAI();
        var address = type == "azure_openai" ? "azure_endpoint" : "base_url";
        var own = type == "nim" ? ", input_type: passage, truncate: END" : "";
        var yaml = $"""
            embedders:
              e: {"{"}_type: {type}, model_name: m, api_key: {Secret}, {address}: "{server.Url}"{own}{"}"}
            llms:
              m: {"{"}_type: nat_test_llm{"}"}
            workflow: {"{"}_type: chat_completion, llm_name: m{"}"}
            """;
        using var components = Workflow.Build(WorkflowDocument.Parse(yaml, "f.yml"), HubHost.Registry(), new NoServices()).Components;

        var vector = await components.Embedder("e").GenerateVectorAsync("Hello");

        Assert.Equal([1f, 2f], vector.ToArray());
        var body = JsonElement.Parse(server.Bodies[0]);
        Assert.Equal(sent, string.Join(',', body.EnumerateObject().Select(p => p.Name == "input" ? p.Name : $"{p.Name}:{p.Value}").Order(StringComparer.Ordinal)));
        Assert.Equal("Hello", body.GetProperty("input")[0].GetString());
    }

    [Fact]
    public void Key_Missing_IsAnErrorOfTheFirstUseAndNotOfTheFile()
    {
        var kept = Environment.GetEnvironmentVariable("NVIDIA_API_KEY");
        Environment.SetEnvironmentVariable("NVIDIA_API_KEY", null);
        try
        {
            using var components = Built("_type: nim\nmodel_name: m");

            Assert.Contains("NVIDIA_API_KEY", Assert.Throws<HubException>(() => components.Model("m")).Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NVIDIA_API_KEY", kept);
        }
    }

    [Fact]
    public async Task Tape_RecordThenStrict_PlaysBackAndRefusesWhatItDoesNotKnow()
    {
        var folder = Directory.CreateTempSubdirectory("hub-tape-");
        try
        {
            var tape = Path.Combine(folder.FullName, "t.jsonl");
            string Models(TapeMode mode) => $"_type: tape\npath: {tape}\nmode: {mode.ToString().ToLowerInvariant()}\nllm: inner";
            const string Inner = "_type: nat_test_llm\nresponse_seq: [one, two]";
            using (var recorder = Built(Models(TapeMode.Record), Inner))
            {
                Assert.Equal("one", (await recorder.Model("m").GetResponseAsync("a")).Text);
                Assert.Equal("two", (await recorder.Model("m").GetResponseAsync("a")).Text);
            }

            using var player = Built($"_type: tape\npath: {tape}");
            Assert.Equal("one", (await player.Model("m").GetResponseAsync("a")).Text);
            Assert.Equal("two", (await player.Model("m").GetResponseAsync("a")).Text);
            var unknown = await Assert.ThrowsAsync<HubException>(() => player.Model("m").GetResponseAsync("b"));
            Assert.Contains("\"b\"", unknown.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static WorkflowComponents Built(string model, string? inner = null)
    {
        static string Indented(string text) => string.Join('\n', text.Split('\n').Select(l => $"    {l}"));
        var yaml = $"llms:\n  m:\n{Indented(model)}\n{(inner is null ? "" : $"  inner:\n{Indented(inner)}\n")}workflow:\n  _type: chat_completion\n  llm_name: m\n";
        return Workflow.Build(WorkflowDocument.Parse(yaml, "f.yml"), HubHost.Registry(), new NoServices()).Components;
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
