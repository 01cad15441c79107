using System.Collections.Concurrent;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hub.Server.Tests.Mcp;

/// <summary>The hub's functions through the protocol's own client.</summary>
public sealed class McpToolsTests
{
    [Fact]
    public async Task List_HasTheWorkflowAndItsTools()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));
        await using var client = await ClientAsync(served);

        var tools = await client.ListToolsAsync();

        Assert.Equal(["flow", "multiply"], tools.Select(t => t.Name).Order());
        Assert.Equal("Multiplies.", tools.Single(t => t.Name == "multiply").Description);
        Assert.Contains("input_message", tools.Single(t => t.Name == "flow").JsonSchema.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AWorkflowAndATool_AnswerInTextAndStructure()
    {
        await using var served = await Served.ReActAsync(Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: 42"));
        ConcurrentQueue<string> steps = [];
        await using var client = await ClientAsync(served, new McpClientOptions
        {
            Handlers = new McpClientHandlers
            {
                // The SDK forgets a call's own handler once its result is read, and a busy machine reads it first.
                NotificationHandlers = [KeyValuePair.Create<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>("notifications/progress", (n, _) =>
                {
                    steps.Enqueue(n.Params!["message"]!.GetValue<string>());
                    return ValueTask.CompletedTask;
                })],
            },
        });

        var asked = await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "6 times 7?" }, new NoProgress());
        var multiplied = await client.CallToolAsync("multiply", new Dictionary<string, object?> { ["a"] = 3, ["b"] = 4 });

        Assert.Equal(("42", """{"value":"42"}"""), (Text(asked), asked.StructuredContent!.Value.GetRawText()));
        Assert.Equal(("12", """{"value":12}"""), (Text(multiplied), multiplied.StructuredContent!.Value.GetRawText()));
        for (var i = 0; i < 200 && !steps.Contains("TOOL_END multiply"); i++)
            await Task.Delay(25); // a notification may be read after the result
        Assert.Contains("TOOL_END multiply", steps);
        Assert.Equal(2, served.Hub.Runs.List().Count);
    }

    [Fact]
    public async Task Call_Failing_IsAnErrorOfTheTool()
    {
        await using var served = await Served.ReActAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));
        await using var client = await ClientAsync(served);

        var failed = await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" });

        Assert.True(failed.IsError);
        Assert.Contains("The model is gone.", Text(failed), StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallToolAsync("none"));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallToolAsync("flow", new Dictionary<string, object?>()));
    }

    [Fact]
    public async Task Call_Cancelled_CancelsItsRun()
    {
        await using var served = await Served.ReActAsync(Script.Hangs());
        await using var client = await ClientAsync(served);
        using var stop = new CancellationTokenSource();

        var call = client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" }, cancellationToken: stop.Token).AsTask();
        for (var i = 0; i < 200 && served.Hub.Runs.List().Count == 0; i++)
            await Task.Delay(25);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        for (var i = 0; i < 200 && served.Hub.Runs.List()[0].Status == RunStatus.Running; i++)
            await Task.Delay(25);
        Assert.Equal(RunStatus.Cancelled, served.Hub.Runs.List()[0].Status);
    }

    [Theory]
    [InlineData("2025-11-25", "yes", "said yes")]
    [InlineData("2025-11-25", null, "declined")]
    [InlineData("2026-07-28", "yes", "said yes")]
    [InlineData("2026-07-28", null, "declined")]
    public async Task Call_AsksAPerson_AsksTheClient(string version, string? says, string answer)
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build());
        var elicited = new List<string>();
        await using var client = await ClientAsync(served, new McpClientOptions
        {
            ProtocolVersion = version,
            DiscoverProbeTimeout = TimeSpan.FromMinutes(1), // on a busy machine the first answer takes its time
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (request, _) =>
                {
                    elicited.Add(request!.Message);
                    return ValueTask.FromResult(says is null
                        ? new ElicitResult { Action = "decline" }
                        : new ElicitResult { Action = "accept", Content = new Dictionary<string, System.Text.Json.JsonElement> { ["answer"] = System.Text.Json.JsonSerializer.SerializeToElement(says) } });
                },
            },
        });

        var result = await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" });

        Assert.Equal(["Go on?"], elicited);
        Assert.Contains(answer, Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Needed_IsAskedFor()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), o => o.ApiKeys = ["k1"]);

        await Assert.ThrowsAnyAsync<Exception>(() => ClientAsync(served));
        served.Http.DefaultRequestHeaders.Add("Authorization", "Bearer k1");
        await using var client = await ClientAsync(served);
        Assert.NotEmpty(await client.ListToolsAsync());
    }

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(t => t.Text));

    private static Task<McpClient> ClientAsync(Served served, McpClientOptions? options = null) =>
        McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(served.Http.BaseAddress!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, served.Http), options);

    private sealed class NoProgress : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
        }
    }

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?", "yes", "no")}");
    }
}
