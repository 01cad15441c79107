using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Hub.SemanticKernel.Tests;

public sealed class RemoteTests
{
    private const string Key = "a-key-of-the-test";

    [Fact]
    public async Task ImportHub_Served_AnswersThroughItsReasoners()
    {
        await using var hub = Build("Thought: known\nFinal Answer: 378");
        await using var app = await ServeAsync(hub);
        var kernel = Kernel.CreateBuilder().Build();

        var plugin = await kernel.ImportHubAsync(Address(app));
        var answer = await kernel.InvokeAsync("hub", "solver2", new() { ["question"] = "14 times 27?" });

        Assert.Contains("solver2", plugin.Select(f => f.Name));
        Assert.Contains("flow", plugin.Select(f => f.Name));
        Assert.Equal("378", answer.ToString());
        Assert.Equal(Replies.TokensACall, ((UsageDetails)answer.Metadata!["usage"]!).TotalTokenCount);
    }

    [Fact]
    public async Task AddHub_Served_BringsItsModels()
    {
        await using var hub = Build("Good day");
        await using var app = await ServeAsync(hub);

        var kernel = (await Kernel.CreateBuilder().AddHubAsync(Address(app))).Build();

        Assert.Equal("Good day", (await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync("Hello")).Content);
        Assert.Equal("Good day", (await kernel.GetRequiredService<IChatClient>("m").GetResponseAsync("Hello")).Text);
    }

    [Fact]
    public async Task ImportHub_KeyNeeded_IsSaidAndTaken()
    {
        await using var hub = Build("Thought: known\nFinal Answer: 378");
        await using var app = await ServeAsync(hub, o => o.ApiKeys = [Key]);
        var kernel = Kernel.CreateBuilder().Build();

        var refused = await Assert.ThrowsAsync<HubException>(() => kernel.ImportHubAsync(Address(app)));
        await kernel.ImportHubAsync(Address(app), new RemoteHubOptions { ApiKey = Key, PluginName = "remote" });

        Assert.Contains("asks for a key", refused.Message);
        Assert.Equal("378", (await kernel.InvokeAsync("remote", "flow", new() { ["question"] = "14 times 27?" })).ToString());
    }

    [Fact]
    public async Task ImportHub_NobodyThere_SaysWhatToDo()
    {
        using var http = new HttpClient(new Nobody());

        var silent = await Assert.ThrowsAsync<HubException>(() => Kernel.CreateBuilder().Build().ImportHubAsync(new Uri("http://localhost:20999"), new RemoteHubOptions { HttpClient = http }));

        Assert.Contains("hub serve", silent.Message);
    }

    [Fact]
    public async Task ImportHub_NameTaken_SaysSo()
    {
        var kernel = Kernel.CreateBuilder().Build();
        kernel.ImportPluginFromFunctions("hub", []);

        Assert.Contains("already", (await Assert.ThrowsAsync<HubException>(() => kernel.ImportHubAsync(new Uri("http://localhost:20999")))).Message);
    }

    private static IHub Build(string reply) => HubHost.CreateBuilder()
        .AddModel("m", new Replies(reply))
        .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely, "Multiplies."))
        .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["multiply"]))
        .AddReAct("solver2", o => (o.Llm, o.Tools) = ("m", ["multiply"]))
        .Build();

    private static async Task<WebApplication> ServeAsync(IHub hub, Action<HubServerOptions>? configure = null)
    {
        var options = new HubServerOptions { Port = 0, WorkflowName = "flow" };
        configure?.Invoke(options);
        var app = HubServer.Build(hub, options);
        await app.StartAsync();
        return app;
    }

    private static Uri Address(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private sealed class Nobody : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("Connection refused.");
    }
}
