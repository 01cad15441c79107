using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Remote.A2A;
using Hub.Server.A2A;
using Hub.Server.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.A2A;

/// <summary>The hub as an agent, in both revisions. The JavaScript SDK's client asks the same in eval/peers/a2a.</summary>
public sealed class AgentTests
{
    [Fact]
    public async Task Card_OfBothRevisions_NamesTheAddressAndSkills()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), o => (o.ApiKeys, o.Agent.Name) = (["k"], "ada"));

        var (status, card) = await served.GetAsync("/.well-known/agent-card.json");

        Assert.Equal((200, "ada", "0.3.0"), (status, card.GetProperty("name").GetString(), card.GetProperty("protocolVersion").GetString()));
        Assert.Equal(new Uri(served.Http.BaseAddress!, "/a2a").ToString(), card.GetProperty("url").GetString());
        Assert.Equal(["1.0", "0.3"], card.GetProperty("supportedInterfaces").EnumerateArray().Select(i => i.GetProperty("protocolVersion").GetString()));
        Assert.Equal(["multiply", "solver"], card.GetProperty("skills").EnumerateArray().Select(s => s.GetProperty("id").GetString()).Order());
        Assert.True(card.TryGetProperty("securityRequirements", out _));
        Assert.Equal(401, (await served.PostAsync("/a2a", "{}")).Status);
    }

    [Theory]
    [InlineData("SendMessage", """{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"6 times 7?"}]}}""")]
    [InlineData("message/send", """{"message":{"kind":"message","messageId":"m","role":"user","parts":[{"kind":"text","text":"6 times 7?"}]}}""")]
    public async Task Send_AQuestion_IsATaskThatIsFoundAgain(string method, string parameters)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: 42"));

        var task = await ResultAsync(served, method, parameters);
        var isLegacy = method.Contains('/', StringComparison.Ordinal);
        task = isLegacy ? LegacyForm.TaskToCurrent(task) : task["task"]!.AsObject();
        var again = await ResultAsync(served, isLegacy ? "tasks/get" : "GetTask", $$$$"""{"id":"{{{{task["id"]}}}}"}""");

        Assert.Equal(("TASK_STATE_COMPLETED", "42"), (State(task), (string?)task["artifacts"]![0]!["parts"]![0]!["text"]));
        Assert.Equal("6 times 7?", (string?)task["history"]![0]!["parts"]![0]!["text"]);
        Assert.True(JsonNode.DeepEquals(task, isLegacy ? LegacyForm.TaskToCurrent(again) : again));
        Assert.Equal((string?)task["contextId"], served.Hub.Runs.Find((string)task["id"]!).Header.ConversationId);
    }

    [Fact]
    public async Task Send_InAContext_KnowsWhatWasSaid()
    {
        var model = Script.Says("Final Answer: Ada");
        await using var served = await Served.ReActAsync(model);

        await ResultAsync(served, "SendMessage", Message("Who wrote it?", contextId: "c1"));
        await ResultAsync(served, "SendMessage", Message("And else?", contextId: "other"));
        await ResultAsync(served, "SendMessage", Message("When?", contextId: "c1"));

        var asked = string.Join("\n", model.Messages.Select(m => m.Text));
        Assert.Contains("Who wrote it?", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("And else?", asked, StringComparison.Ordinal);
        var listed = await ResultAsync(served, "ListTasks", """{"contextId":"c1","pageSize":1}""");
        Assert.Equal((2, 1, "1"), ((int)listed["totalSize"]!, listed["tasks"]!.AsArray().Count, (string?)listed["nextPageToken"]));
    }

    [Theory]
    [InlineData("SendStreamingMessage", "ROLE_USER")]
    [InlineData("message/stream", "user")]
    public async Task Stream_AQuestion_ShowsStepsPartsAndTheEnd(string method, string role)
    {
        await using var served = await Served.ReActAsync(Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: it is 42"));

        var body = $$$$"""{"jsonrpc":"2.0","id":7,"method":"{{{{method}}}}","params":{"message":{"messageId":"m","role":"{{{{role}}}}","parts":[{"text":"6 times 7?"}]}}}""";
        var payloads = Streams.Of(await served.StreamAsync("/a2a", body), Streams.Data)
            .Select(e => JsonNode.Parse(e.GetRawText())!["result"]!.AsObject())
            .Select(p => role == "user" ? LegacyForm.PayloadToCurrent(p) : p).ToArray();

        Assert.NotNull(payloads[0]["task"]);
        Assert.Contains(payloads, p => (string?)p["statusUpdate"]?["metadata"]?["step"] == "TOOL_END multiply");
        var last = payloads.Last(p => p["artifactUpdate"] is not null)["artifactUpdate"]!;
        Assert.Equal(("it is 42", false, true), ((string?)last["artifact"]!["parts"]![0]!["text"], (bool)last["append"]!, (bool)last["lastChunk"]!));
        Assert.Equal("TASK_STATE_COMPLETED", State(payloads[^1]["statusUpdate"]!.AsObject()));
    }

    [Fact]
    public async Task Send_ToATaskThatWaits_AnswersIt()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build());

        var waiting = (await ResultAsync(served, "SendMessage", Message("x")))["task"]!.AsObject();
        var early = await ErrorAsync(served, "SendMessage", Message("yes", (string?)waiting["id"], "elsewhere"));
        var done = (await ResultAsync(served, "SendMessage", Message("yes", (string?)waiting["id"])))["task"]!.AsObject();
        var late = await ErrorAsync(served, "SendMessage", Message("again", (string?)waiting["id"]));

        Assert.Equal(("TASK_STATE_INPUT_REQUIRED", "Go on? (yes, no)"), (State(waiting), (string?)waiting["status"]!["message"]!["parts"]![0]!["text"]));
        Assert.Equal(("TASK_STATE_COMPLETED", "said yes", (string?)waiting["id"]), (State(done), (string?)done["artifacts"]![0]!["parts"]![0]!["text"], (string?)done["id"]));
        Assert.Equal((-32602, -32004), (early, late));
    }

    [Fact]
    public async Task Cancel_TaskUnderWay_EndsItOnce()
    {
        await using var served = await Served.ReActAsync(Script.Hangs());

        var task = (await ResultAsync(served, "SendMessage", """{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"x"}]},"configuration":{"returnImmediately":true}}"""))["task"]!;
        var cancelled = await ResultAsync(served, "tasks/cancel", $$$$"""{"id":"{{{{task["id"]}}}}"}""");
        var again = await ErrorAsync(served, "CancelTask", $$$$"""{"id":"{{{{task["id"]}}}}"}""");

        Assert.Equal("TASK_STATE_WORKING", State(task.AsObject()));
        Assert.Equal("canceled", State(cancelled));
        Assert.Equal(-32002, again);
    }

    [Fact]
    public async Task Subscribe_TaskUnderWay_SeesItsEnd()
    {
        using var gate = new SemaphoreSlim(0);
        await using var served = await Served.ReActAsync(new Script(async (_, _, cancelled) =>
        {
            await gate.WaitAsync(cancelled);
            return new ChatMessage(ChatRole.Assistant, "Final Answer: 1");
        }));
        var task = (await ResultAsync(served, "SendMessage", """{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"x"}]},"configuration":{"returnImmediately":true}}"""))["task"]!;

        var stream = served.StreamAsync("/a2a", $$$$"""{"jsonrpc":"2.0","id":1,"method":"SubscribeToTask","params":{"id":"{{{{task["id"]}}}}"}}""");
        await Task.Delay(100); // either order is legal; this one is the interesting one
        gate.Release();
        var payloads = Streams.Of(await stream, Streams.Data);

        Assert.Equal("TASK_STATE_COMPLETED", payloads[^1].GetProperty("result").GetProperty("statusUpdate").GetProperty("status").GetProperty("state").GetString());
        Assert.Equal(-32004, await ErrorAsync(served, "SubscribeToTask", $$$$"""{"id":"{{{{task["id"]}}}}"}"""));
    }

    [Theory]
    [InlineData("tasks/get", """{"id":"none"}""", -32001)]
    [InlineData("GetTask", "{}", -32602)]
    [InlineData("nothing", "{}", -32601)]
    [InlineData("SendMessage", """{"message":{"messageId":"m","parts":[]}}""", -32602)]
    [InlineData("SendMessage", """{"message":{"parts":[{"text":"x"}]}}""", -32602)]
    [InlineData("SendMessage", """{"message":{"messageId":"m","parts":[{"raw":"AQ=="}]}}""", -32005)]
    [InlineData("SendMessage", """{"message":{"messageId":"m","parts":[{"text":"x"}]},"configuration":{"acceptedOutputModes":["image/png"]}}""", -32005)]
    [InlineData("agent/getAuthenticatedExtendedCard", "{}", -32007)]
    [InlineData("ListTasks", """{"pageSize":0}""", -32602)]
    public async Task Request_Wrong_HasTheProtocolsCode(string method, string parameters, int code)
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));
        Assert.Equal(code, await ErrorAsync(served, method, parameters));
    }

    [Fact]
    public async Task Request_NoJsonOrAnotherRevision_HasTheProtocolsCode()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));

        Assert.Equal(-32700, (await served.PostAsync("/a2a", "{")).Body.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32600, (await served.PostAsync("/a2a", "[]")).Body.GetProperty("error").GetProperty("code").GetInt32());
        served.Http.DefaultRequestHeaders.Add("A2A-Version", "2.0");
        Assert.Equal(-32009, await ErrorAsync(served, "GetTask", """{"id":"x"}"""));
    }

    [Fact]
    public async Task Push_Config_IsKeptListedAndDeleted()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build());

        var task = (await ResultAsync(served, "SendMessage", Message("x")))["task"]!;
        var set = await ResultAsync(served, "tasks/pushNotificationConfig/set", $$$$"""{"taskId":"{{{{task["id"]}}}}","pushNotificationConfig":{"id":"p","url":"https://example.org/hook","token":"t"}}""");
        var listed = await ResultAsync(served, "ListTaskPushNotificationConfigs", $$$$"""{"taskId":"{{{{task["id"]}}}}"}""");

        Assert.Equal(("p", "p"), ((string?)set["pushNotificationConfig"]!["id"], (string?)listed["configs"]![0]!["id"]));
        await ResultAsync(served, "DeleteTaskPushNotificationConfig", $$$$"""{"taskId":"{{{{task["id"]}}}}","id":"p"}""");
        Assert.Equal(-32001, await ErrorAsync(served, "GetTaskPushNotificationConfig", $$$$"""{"taskId":"{{{{task["id"]}}}}","id":"p"}"""));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/hook")]
    [InlineData("http://[::ffff:10.1.2.3]/hook")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("https://user:word@example.org/hook")]
    [InlineData("file:///etc/passwd")]
    public async Task Push_AddressOfTheInside_IsRefusedBeforeARunBegins(string url)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: 1"));

        var code = await ErrorAsync(served, "SendMessage", $$$$"""{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"x"}]},"configuration":{"taskPushNotificationConfig":{"url":"{{{{url}}}}"}}}""");

        Assert.Equal(-32602, code);
        Assert.Empty(served.Hub.Runs.List());
    }

    [Theory]
    [InlineData("SendMessage", "taskPushNotificationConfig", "task")]
    [InlineData("message/send", "pushNotificationConfig", "kind")]
    public async Task Push_AllowedAddress_IsToldTheEnd(string method, string key, string has)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: 1"), o => o.Agent.AllowPrivateNotifications = true);
        await using var hook = await Hook.StartAsync();

        await ResultAsync(served, method, $$$$"""{"message":{"messageId":"m","role":"user","parts":[{"text":"x"}]},"configuration":{"{{{{key}}}}":{"url":"{{{{hook.Url}}}}","token":"t"} } }""");
        for (var i = 0; i < 400 && hook.Bodies.Count == 0; i++)
            await Task.Delay(25);

        var (token, body) = Assert.Single(hook.Bodies);
        Assert.Equal("t", token);
        Assert.True(body.TryGetProperty(has, out _));
    }

    private static string Message(string text, string? taskId = null, string? contextId = null) => new JsonObject
    {
        ["message"] = new JsonObject { ["messageId"] = "m", ["role"] = "ROLE_USER", ["taskId"] = taskId, ["contextId"] = contextId, ["parts"] = new JsonArray(new JsonObject { ["text"] = text }) },
    }.ToJsonString();

    private static string? State(JsonObject holder) => (string?)holder["status"]!["state"];

    private static async Task<JsonObject> ResultAsync(Served served, string method, string parameters)
    {
        var (_, body) = await served.PostAsync("/a2a", $$$$"""{"jsonrpc":"2.0","id":7,"method":"{{{{method}}}}","params":{{{{parameters}}}}}""");
        Assert.Equal(7, body.GetProperty("id").GetInt32());
        Assert.False(body.TryGetProperty("error", out var error), error.ToString());
        return JsonNode.Parse(body.GetProperty("result").GetRawText())!.AsObject();
    }

    private static async Task<int> ErrorAsync(Served served, string method, string parameters) =>
        (await served.PostAsync("/a2a", $$$$"""{"jsonrpc":"2.0","id":7,"method":"{{{{method}}}}","params":{{{{parameters}}}}}""")).Body.GetProperty("error").GetProperty("code").GetInt32();

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?", "yes", "no")}");
    }

    /// <summary>An address that is told things.</summary>
    private sealed class Hook(WebApplication app) : IAsyncDisposable
    {
        public string Url => $"{app.Urls.First()}/hook";

        public List<(string? Token, JsonElement Body)> Bodies { get; } = [];

        public static async Task<Hook> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var hook = new Hook(app);
            app.MapPost("/hook", async (HttpContext http) =>
            {
                using var document = await JsonDocument.ParseAsync(http.Request.Body);
                hook.Bodies.Add((http.Request.Headers["X-A2A-Notification-Token"], document.RootElement.Clone()));
            });
            await app.StartAsync();
            return hook;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
