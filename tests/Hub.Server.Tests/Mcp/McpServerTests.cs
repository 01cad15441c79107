using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Mcp;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hub.Server.Tests.Mcp;

/// <summary>What the hub offers beside tools, and over standard input and output, through the protocol's own client.</summary>
public sealed class McpServerTests
{
    private const string Old = "2025-11-25";
    private const string FrontEnd = """
        {"general": {"front_end": {"_type": "mcp", "name": "notes", "instructions": "Ask flow.",
          "prompts": {"greet": {"description": "Greets.", "arguments": {"who": {"required": true, "values": ["Ada", "Adam", "Bea"]}}, "messages": [{"role": "user", "content": "Greet {who}, {not_an_argument}."}]}},
          "resources": {"day": {"uri": "notes://days/{day}", "mime_type": "text/markdown", "text": "# {day}"}, "dot": {"uri": "notes://dot", "blob": "AQI="}}}}}
        """;

    [Fact]
    public async Task Prompts_OfTheFile_AreFilledIn()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), o => o.Mcp = McpOptions.From(JsonElement.Parse(FrontEnd)));
        await using var client = await ClientAsync(served);

        var greeting = await client.GetPromptAsync("greet", new Dictionary<string, object?> { ["who"] = "Ada {x}" });

        Assert.Equal(("notes", "Ask flow."), (client.ServerInfo!.Name, client.ServerInstructions));
        Assert.Equal("greet", Assert.Single(await client.ListPromptsAsync()).Name);
        Assert.Equal("Greet Ada {x}, {not_an_argument}.", Assert.IsType<TextContentBlock>(Assert.Single(greeting.Messages).Content).Text);
        Assert.Contains("'who'", (await Assert.ThrowsAsync<McpProtocolException>(async () => await client.GetPromptAsync("greet"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.GetPromptAsync("nobody"));
    }

    [Fact]
    public async Task Complete_Prefix_SuggestsValuesAndRuns()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: 1"), o => o.Mcp = McpOptions.From(JsonElement.Parse(FrontEnd)));
        await using var client = await ClientAsync(served);
        await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" });
        var run = served.Hub.Runs.List()[0].Header.RunId;

        var names = await client.CompleteAsync(new PromptReference { Name = "greet" }, "who", "ad");
        var runs = await client.CompleteAsync(new ResourceTemplateReference { Uri = "run://{id}" }, "id", run[..3]);
        var none = await client.CompleteAsync(new PromptReference { Name = "other" }, "who", "ad");

        Assert.Equal(["Ada", "Adam"], names.Completion.Values);
        Assert.Equal([run], runs.Completion.Values);
        Assert.Empty(none.Completion.Values);
    }

    [Fact]
    public async Task Resources_RunsAndThoseOfTheFile_AreRead()
    {
        await using var served = await Served.ReActAsync(
            Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: 42"), o => o.Mcp = McpOptions.From(JsonElement.Parse(FrontEnd)));
        await using var client = await ClientAsync(served);
        await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "6 times 7?" });
        var uri = $"run://{served.Hub.Runs.List()[0].Header.RunId}";

        var log = JsonElement.Parse(Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync(uri)).Contents)).Text);
        var day = Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync("notes://days/monday")).Contents));
        var dot = Assert.IsType<BlobResourceContents>(Assert.Single((await client.ReadResourceAsync("notes://dot")).Contents));

        Assert.Equal(["notes://dot", uri], (await client.ListResourcesAsync()).Select(r => r.Uri));
        Assert.Equal(["run://{id}", "notes://days/{day}"], (await client.ListResourceTemplatesAsync()).Select(t => t.UriTemplate));
        Assert.Equal(("completed", "6 times 7?"), (log.GetProperty("status").GetString(), log.GetProperty("question").GetString()));
        Assert.Contains(log.GetProperty("events").EnumerateArray(), e => e.GetProperty("kind").GetString() == "TOOL_END" && e.GetProperty("text").GetString() == "42");
        Assert.Equal(("# monday", "text/markdown"), (day.Text, day.MimeType));
        Assert.Equal([1, 2], dot.DecodedData.ToArray());
        foreach (var absent in (string[])["run://ffff", "notes://days/a/b", "notes://days/", "else://x"])
            await Assert.ThrowsAsync<McpProtocolException>(async () => await client.ReadResourceAsync(absent));
    }

    [Fact]
    public async Task Subscribe_RunThatGoesOn_TellsOfItUntilUnsubscribed()
    {
        using var gate = new SemaphoreSlim(0);
        await using var served = await Served.ReActAsync(new Script(async (_, _, cancelled) =>
        {
            await gate.WaitAsync(cancelled);
            return new ChatMessage(ChatRole.Assistant, "Final Answer: 1");
        }));
        var told = new BlockingCollection<string>();
        await using var client = await ClientAsync(served, new McpClientOptions
        {
            ProtocolVersion = Old,
            Handlers = new McpClientHandlers
            {
                NotificationHandlers = [KeyValuePair.Create<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>(NotificationMethods.ResourceUpdatedNotification, (n, _) =>
                {
                    told.Add(n.Params!["uri"]!.GetValue<string>(), CancellationToken.None);
                    return ValueTask.CompletedTask;
                })],
            },
        });
        var call = client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" }).AsTask();
        var uri = $"run://{(await UntilAsync(() => served.Hub.Runs.List() is [var only] ? only : null)).Header.RunId}";

        await client.SubscribeToResourceAsync(uri);
        gate.Release();
        await call;

        Assert.True(told.TryTake(out var first, TimeSpan.FromSeconds(20)));
        Assert.Equal(uri, first);
        await client.UnsubscribeFromResourceAsync(uri);
    }

    [Fact]
    public async Task Log_LevelSet_TellsStepsOfThatLevel()
    {
        await using var served = await Served.ReActAsync(new Script((messages, _, _) => throw new InvalidOperationException("The model is gone.")));
        var told = new ConcurrentQueue<string>();
        await using var client = await ClientAsync(served, new McpClientOptions
        {
            ProtocolVersion = Old,
            Handlers = new McpClientHandlers
            {
                NotificationHandlers = [KeyValuePair.Create<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>("notifications/message", (n, _) =>
                {
                    told.Enqueue($"{n.Params!["level"]} {n.Params["data"]!["step"]}");
                    return ValueTask.CompletedTask;
                })],
            },
        });

#pragma warning disable MCP9005 // clients of that revision set it
        await client.SetLoggingLevelAsync(LoggingLevel.Error);
#pragma warning restore MCP9005
        await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" });
        await UntilAsync(() => told.Count >= 2 ? told : null);

        Assert.All(told, t => Assert.StartsWith("error ", t, StringComparison.Ordinal));
        Assert.Contains("error LLM_END m", told);
    }

    [Fact]
    public async Task Form_FilledIn_ReachesTheRunAsJson()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new AskingForm()).Build());
        await using var client = await ClientAsync(served, new McpClientOptions
        {
            ProtocolVersion = Old,
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (request, _) => ValueTask.FromResult(new ElicitResult
                {
                    Action = "accept",
                    Content = request!.RequestedSchema!.Properties.ToDictionary(p => p.Key, p => JsonSerializer.SerializeToElement(p.Value is ElicitRequestParams.NumberSchema ? (object)30 : "Ada")),
                }),
            },
        });

        var result = await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" });

        Assert.Equal("""said {"name":"Ada","age":30}""", Text(result));
    }

    [Fact]
    public async Task State_NotGivenOut_IsRefused()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new AskingForm()).Build());
        var body = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"flow","arguments":{"input_message":"x"},"requestState":"STATE","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}""";

        foreach (var state in (string[])["", "nonsense", "ffffffffffffffff 1 0", "a b c d"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = Served.Json(body.Replace("STATE", state, StringComparison.Ordinal)) };
            request.Headers.Add("Accept", "application/json, text/event-stream");
            request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", "flow");
            using var response = await served.Http.SendAsync(request);
            Assert.Contains("requestState", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(served.Hub.Runs.List());
    }

    [Fact]
    public async Task Call_PictureAndResource_AreContentOfTheirKind()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), build: hub => hub.AddTool(HubTool.Create(
            () => new List<AIContent> { new TextContent("a dot"), new DataContent(new byte[] { 1, 2 }, "image/png"), new DataContent("{}"u8.ToArray(), "application/json") { Name = "notes://dot" } },
            "draw",
            Redo.Freely)));
        await using var client = await ClientAsync(served);

        var drawn = await client.CallToolAsync("draw");

        Assert.Equal("a dot", Assert.IsType<TextContentBlock>(drawn.Content[0]).Text);
        Assert.Equal([1, 2], Assert.IsType<ImageContentBlock>(drawn.Content[1]).DecodedData.ToArray());
        Assert.Equal(("notes://dot", "{}"), Assert.IsType<TextResourceContents>(Assert.IsType<EmbeddedResourceBlock>(drawn.Content[2]).Resource) is var r ? (r.Uri, r.Text) : default);
        Assert.Null(drawn.StructuredContent);
    }

    [Fact]
    public async Task List_Tools_SayWhatTheyReturnAndChange()
    {
        await using var served = await Served.ReActAsync(
            Script.Says("x"),
            build: hub => hub.AddTool(HubTool.Create((string name) => new Place(name, 3), "locate", Redo.Never)).AddTool(HubTool.Create(() => "done", "act", Redo.WithSameKey)));
        await using var client = await ClientAsync(served);
        var tools = (await client.ListToolsAsync()).ToDictionary(t => t.Name, t => t.ProtocolTool);

        var place = await client.CallToolAsync("locate", new Dictionary<string, object?> { ["name"] = "Oslo" });

        Assert.Equal("""{"type":"number"}""", tools["multiply"].OutputSchema!.Value.GetProperty("properties").GetProperty("value").GetRawText());
        Assert.True(tools["locate"].OutputSchema!.Value.GetProperty("properties").TryGetProperty("rank", out _));
        Assert.Equal((true, null), (tools["multiply"].Annotations?.ReadOnlyHint, tools["locate"].Annotations?.ReadOnlyHint));
        Assert.True(tools["act"].Annotations?.IdempotentHint);
        Assert.Equal(("Oslo", 3), place.StructuredContent!.Value is var found ? (found.GetProperty("name").GetString(), found.GetProperty("rank").GetInt32()) : default);
    }

    [Fact]
    public async Task ToolNames_Given_LeaveTheOthersOut()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), o => o.Mcp.ToolNames = ["multiply"]);
        await using var client = await ClientAsync(served);

        Assert.Equal("multiply", Assert.Single(await client.ListToolsAsync()).Name);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" }));
    }

    [Fact]
    public async Task Alone_OtherRoutes_AreNotThere()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), o => o.Surface = ServedSurface.Mcp);
        await using var client = await ClientAsync(served);

        var (status, tools) = await served.GetAsync("/debug/tools/list?name=multiply");

        Assert.Equal((200, "Multiplies."), (status, tools.GetProperty("tools")[0].GetProperty("description").GetString()));
        Assert.Equal(2, (await client.ListToolsAsync()).Count);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await served.Http.PostAsync("/v1/workflow", Served.Json("{}"))).StatusCode);
        Assert.Equal(200, (await served.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Streams_AClient_CallsAndTheEndOfInputEndsIt()
    {
        await using var hub = HubHost.CreateBuilder().AddReasoner("asks", new AskingForm()).AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely)).Build();
        Pipe up = new(), down = new();
        var server = HubMcpServer.RunStreamsAsync(hub, new HubServerOptions { WorkflowName = "flow" }, up.Reader.AsStream(), down.Writer.AsStream());
        var client = await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream()));

        var product = await client.CallToolAsync("multiply", new Dictionary<string, object?> { ["a"] = 6, ["b"] = 7 });
        await client.DisposeAsync();
        await up.Writer.CompleteAsync();

        Assert.Equal("42", Text(product));
        await server.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("""{"general":{"front_end":{"resources":{"a":{"uri":"nowhere","text":"x"}}}}}""", "general.front_end.resources.a.uri")]
    [InlineData("""{"general":{"front_end":{"resources":{"a":{"uri":"a://b","text":"x","blob":"AQ=="}}}}}""", "one of the two")]
    [InlineData("""{"general":{"front_end":{"resources":{"a":{"uri":"a://b","blob":"%"}}}}}""", "base64")]
    [InlineData("""{"general":{"front_end":{"prompts":{"p":{}}}}}""", "has no messages")]
    [InlineData("""{"general":{"front_end":{"prompts":{"p":{"messages":[{"role":"user"}]}}}}}""", "prompts.p.messages")]
    [InlineData("""{"general":{"front_end":{"prompts":3}}}""", "general.front_end.prompts")]
    public void Options_Wrong_SayWhere(string file, string said) =>
        Assert.Contains(said, Assert.Throws<HubException>(() => McpOptions.From(JsonElement.Parse(file))).Message, StringComparison.Ordinal);

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(t => t.Text));

    private static Task<McpClient> ClientAsync(Served served, McpClientOptions? options = null) =>
        McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(served.Http.BaseAddress!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, served.Http), options);

    private static async Task<T> UntilAsync<T>(Func<T?> find)
        where T : class
    {
        for (var i = 0; i < 400; i++)
        {
            if (find() is { } found)
                return found;
            await Task.Delay(25);
        }

        throw new TimeoutException("It did not come about.");
    }

    public sealed record Place(string Name, int Rank);

    private sealed class AskingForm : IReasoner
    {
        private static readonly JsonElement s_form = JsonElement.Parse("""{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},"required":["name"]}""");

        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync(new PersonPrompt("Who are you?", []) { Form = s_form })}");
    }
}
