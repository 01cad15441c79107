using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Toolkit;

/// <summary>A run that asks a person, over HTTP.</summary>
public sealed class ExecutionTests
{
    private const string Ask = """{"input_message": "x"}""";

    [Fact]
    public async Task Whole_WaitsForAPerson_Is202AndGoesOnWithTheAnswer()
    {
        await using var served = await AskingAsync();

        var (status, waiting) = await served.PostAsync("/v1/workflow", Ask);

        // packages/nvidia_nat_core/src/nat/data_models/interactive_http.py: ExecutionAcceptedInteraction
        Assert.Equal((202, "interaction_required"), (status, waiting.GetProperty("status").GetString()));
        Assert.Equal(["execution_id", "status", "status_url", "interaction_id", "prompt", "response_url"], waiting.EnumerateObject().Select(p => p.Name));
        var prompt = waiting.GetProperty("prompt");
        Assert.Equal(("binary_choice", "Go on?", "yes"), (prompt.GetProperty("input_type").GetString(), prompt.GetProperty("text").GetString(), prompt.GetProperty("options")[0].GetProperty("value").GetString()));
        var url = waiting.GetProperty("status_url").GetString()!;
        Assert.Equal("interaction_required", (await served.GetAsync(url)).Body.GetProperty("status").GetString());
        Assert.Equal(400, (await served.PostAsync(waiting.GetProperty("response_url").GetString()!, """{"response": {}}""")).Status);
        Assert.Equal(404, (await served.PostAsync($"{url}/interactions/none/response", """{"response": {"text": "yes"}}""")).Status);

        Assert.Equal(204, (await served.PostAsync(waiting.GetProperty("response_url").GetString()!, """{"response": {"type": "binary_choice", "selected_option": {"id": "yes", "label": "yes", "value": "yes"}}}""")).Status);

        for (var i = 0; i < 200 && (await served.GetAsync(url)).Body.GetProperty("status").GetString() == "running"; i++)
            await Task.Delay(25);
        var done = (await served.GetAsync(url)).Body;
        Assert.Equal(("completed", """{"value":"said yes"}"""), (done.GetProperty("status").GetString(), done.GetProperty("result").GetRawText()));
        Assert.Equal(404, (await served.PostAsync(waiting.GetProperty("response_url").GetString()!, """{"response": {"text": "yes"}}""")).Status);
    }

    [Fact]
    public async Task Stream_WaitsForAPerson_TellsAndGoesOn()
    {
        await using var served = await AskingAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow/stream") { Content = Served.Json(Ask) };
        using var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var line = await reader.ReadLineAsync(); line != "event: interaction_required"; line = await reader.ReadLineAsync())
            Assert.NotNull(line); // steps before it; a stream that ended never says it

        var told = System.Text.Json.JsonElement.Parse((await reader.ReadLineAsync())!["data: ".Length..]);
        await served.PostAsync(told.GetProperty("response_url").GetString()!, """{"response": {"text": "no"}}""");

        var rest = await reader.ReadToEndAsync();
        Assert.Equal("said no", string.Concat(Streams.Of(rest, Streams.Data).Select(d => d.GetProperty("value").GetString())));
    }

    [Fact]
    public async Task Whole_WithoutAVersion_IsAnErrorThatSaysHowToGoOn()
    {
        await using var served = await AskingAsync();

        // docs/source/reference/rest-api/http-interactive-execution.md:68: the routes with a version alone are interactive
        var (status, body) = await served.PostAsync("/generate", Ask);

        Assert.Equal(422, status);
        Assert.Contains("Go on?", body.GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat", false, 202)]
    [InlineData("/chat", false, 422)]
    [InlineData("/v1/chat/completions", false, 422)]
    [InlineData("/v1/chat/completions", true, 202)]
    public async Task Chat_WaitsForAPerson_Is202WhereTheRouteIsInteractive(string path, bool extensions, int expected)
    {
        await using var served = await AskingAsync(extensions);

        Assert.Equal(expected, (await served.PostAsync(path, """{"messages": [{"role": "user", "content": "x"}]}""")).Status);
    }

    [Fact]
    public async Task Chat_Answered_IsAChatResponse()
    {
        await using var served = await AskingAsync();
        var (_, waiting) = await served.PostAsync("/v1/chat", """{"messages": [{"role": "user", "content": "x"}]}""");

        await served.PostAsync(waiting.GetProperty("response_url").GetString()!, """{"response": {"input_type": "checkbox", "selected_options": [{"id": "yes", "label": "yes", "value": "yes"}, {"id": "no", "label": "no", "value": "no"}]}}""");

        var url = waiting.GetProperty("status_url").GetString()!;
        for (var i = 0; i < 200 && (await served.GetAsync(url)).Body.GetProperty("status").GetString() == "running"; i++)
            await Task.Delay(25);
        Assert.Equal("said yes, no", (await served.GetAsync(url)).Body.GetProperty("result").GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    private static Task<Served> AskingAsync(bool extensions = false) =>
        Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build(), o => o.FrontEnd.EnableInteractiveExtensions = extensions);

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?", "yes", "no")}");
    }
}
