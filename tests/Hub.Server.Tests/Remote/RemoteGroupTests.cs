using Hub.Abstractions;
using Hub.Hosting;
using Hub.Remote.A2A;
using Hub.Remote.Auth;
using Hub.Remote.Mcp;
using Hub.Server.Tests.Kit;
using Hub.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Server.Tests.Remote;

/// <summary>What a workflow file uses of other servers, against a hub that is such a server.</summary>
public sealed class RemoteGroupTests
{
    [Fact]
    public async Task McpClient_OfAnotherHub_RunsItsToolsUnderTheirNewNames()
    {
        await using var other = await Served.ReActAsync(Script.Says("x"), build: hub => hub.AddTool(HubTool.Create(string () => throw new InvalidOperationException("No luck."), "fail", Redo.Never)));
        using var flow = Build($$$$"""
            function_groups:
              far:
                _type: mcp_client
                server: {transport: streamable-http, url: "{{{{new Uri(other.Http.BaseAddress!, "/mcp")}}}}"}
                tool_overrides: {multiply: {alias: times, description: Multiplies far away.}}
                include: [times, fail]
            workflow: {_type: react_agent, llm_name: m, tool_names: [far__times, far]}
            llms: {m: {_type: nat_test_llm, response_seq: [x]}}
            """);

        var tools = await Task.Run(() => flow.Tools("far"));
        var product = await Assert.Single(tools, t => t.Name == "far__times").InvokeAsync(new AIFunctionArguments { ["a"] = 6, ["b"] = 7 });
        var failed = await Assert.ThrowsAsync<HubException>(async () => await Assert.Single(tools, t => t.Name == "far__fail").InvokeAsync());

        Assert.Equal(["far__fail", "far__times"], tools.Select(t => t.Name).Order());
        Assert.Equal(("42", "Multiplies far away."), (RunTools.ResultText(product), tools.First(t => t.Name == "far__times").Description));
        Assert.Equal((Redo.Freely, Redo.Never), (HubTool.RedoOf(tools.First(t => t.Name == "far__times")), HubTool.RedoOf(tools.First(t => t.Name == "far__fail"))));
        Assert.Contains("No luck.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task McpClient_ServerNotThere_IsSaidWhenItIsNeededAndCanBeThereLater()
    {
        using var flow = Build("""
            function_groups:
              far: {_type: mcp_client, server: {url: "http://127.0.0.1:1/mcp"}, reconnect_max_attempts: 1, reconnect_initial_backoff: 0}
            workflow: {_type: react_agent, llm_name: m, tool_names: [far]}
            llms: {m: {_type: nat_test_llm, response_seq: [x]}}
            """);

        var failed = await Assert.ThrowsAsync<HubException>(() => Task.Run(() => flow.Tools("far")));

        Assert.Contains("http://127.0.0.1:1/mcp cannot be reached", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(flow.Functions, f => f.Name.StartsWith("far", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("transport: carrier-pigeon", "'carrier-pigeon' is no transport")]
    [InlineData("transport: stdio", "needs a command")]
    [InlineData("url: u, auth_provider: nobody", "nobody")]
    public void McpClient_OptionsWrong_AreMistakesOfTheFile(string server, string said)
    {
        var wrong = Assert.Throws<WorkflowException>(() => Build($$$$"""
            function_groups: {far: {_type: mcp_client, server: { {{{{server}}}} } } }
            workflow: {_type: react_agent, llm_name: m, tool_names: [far]}
            llms: {m: {_type: nat_test_llm, response_seq: [x]}}
            """));

        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A2AClient_OfAnotherHub_AsksItAndAnswersItsQuestions(bool streaming)
    {
        await using var other = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build());
        using var flow = Build($$$$"""
            function_groups: {agent: {_type: a2a_client, url: "{{{{other.Http.BaseAddress}}}}", streaming: {{{{(streaming ? "true" : "false")}}}} } }
            workflow: {_type: react_agent, llm_name: m, tool_names: [agent]}
            llms: {m: {_type: nat_test_llm, response_seq: [x]}}
            """);
        var tools = (await Task.Run(() => flow.Tools("agent"))).ToDictionary(t => t.Name);

        var question = RunTools.ResultText(await tools["agent__call"].InvokeAsync(new AIFunctionArguments { ["query"] = "Do it." }));
        var task = question.Split("task_id \"")[1].Split('"')[0];
        var done = RunTools.ResultText(await tools["agent__call"].InvokeAsync(new AIFunctionArguments { ["query"] = "yes", ["task_id"] = task }));
        var again = RunTools.ResultText(await tools["agent__get_task"].InvokeAsync(new AIFunctionArguments { ["task_id"] = task }));

        Assert.StartsWith("The agent asks: Go on? (yes, no)", question, StringComparison.Ordinal);
        Assert.Equal("said yes", done);
        Assert.Contains("TASK_STATE_COMPLETED", again, StringComparison.Ordinal);
        Assert.Contains("asks", tools["agent__call"].Description, StringComparison.Ordinal);
        Assert.Equal(7, tools.Count);
    }

    [Fact]
    public async Task A2AClient_CardOfAnotherHost_IsNotFollowed()
    {
        await using var other = await Served.ReActAsync(Script.Says("x"), o => o.Agent.PublicUrl = "http://elsewhere.example");
        using var flow = Build($$$$"""
            function_groups: {agent: {_type: a2a_client, url: "{{{{other.Http.BaseAddress}}}}"} }
            workflow: {_type: react_agent, llm_name: m, tool_names: [agent]}
            llms: {m: {_type: nat_test_llm, response_seq: [x]}}
            """);

        var refused = await Assert.ThrowsAsync<HubException>(() => Task.Run(() => flow.Tools("agent")));
        Assert.Contains("not on its own host", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LegacyForm_ThereAndBack_IsTheSame()
    {
        var payload = System.Text.Json.Nodes.JsonNode.Parse("""
            {"task": {"id": "t", "contextId": "c", "status": {"state": "TASK_STATE_INPUT_REQUIRED", "message": {"messageId": "m", "role": "ROLE_AGENT", "parts": [{"text": "?"}, {"data": {"a": 1}}, {"raw": "AQ==", "mediaType": "image/png", "filename": "f"}]}},
             "artifacts": [{"artifactId": "a", "parts": [{"url": "http://x/y"}]}], "history": [{"messageId": "n", "role": "ROLE_USER", "parts": [{"text": "!"}]}]}}
            """)!.AsObject();

        var legacy = LegacyForm.PayloadToLegacy(payload);

        Assert.Equal(("task", "input-required", "file"), ((string?)legacy["kind"], (string?)legacy["status"]!["state"], (string?)legacy["artifacts"]![0]!["parts"]![0]!["kind"]));
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(payload, LegacyForm.PayloadToCurrent(legacy)));
    }

    [Fact]
    public async Task ServiceAccount_TokenAboutToEnd_IsRenewed()
    {
        var time = new FakeTimeProvider();
        var asked = 0;
        await using var issuer = WebApplication.CreateSlimBuilder().Build();
        issuer.Urls.Add("http://127.0.0.1:0");
        issuer.MapPost("/token", (HttpContext http) => Results.Json(new { access_token = http.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal) ? $"t{++asked}" : "none", expires_in = 1000 }));
        await issuer.StartAsync();
        var account = RemoteAuthentication.ServiceAccount(new ServiceAccountOptions { ClientId = "i", ClientSecret = "s", TokenUrl = $"{issuer.Urls.First()}/token" }, time);

        var tokens = new List<string?>();
        foreach (var seconds in (int[])[0, 600, 200])
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://server/mcp");
            await account.ApplyAsync(request, CancellationToken.None);
            tokens.Add(request.Headers.Authorization?.Parameter);
        }

        Assert.Equal(["t1", "t1", "t2"], tokens); // 1000 seconds, renewed 300 before
    }

    private static WorkflowComponents Build(string yaml) =>
        Workflow.Build(WorkflowDocument.Parse(yaml, "f.yml"), HubHost.Registry(), new NoServices()).Components;

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?", "yes", "no")}");
    }
}
