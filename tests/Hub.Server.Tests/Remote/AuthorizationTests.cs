using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Hub.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Tests.Remote;

/// <summary>A run that needs a user's authorization: the user is told, their browser comes back, the run goes on; nobody else gets in between.</summary>
/// <remarks>
/// Forms: NeMo-Agent-Toolkit 201f3dc, docs/source/reference/rest-api/http-interactive-execution.md:137-149, 196-204, 345-356, 440-456; words of the page:
/// front_ends/fastapi/routes/auth.py:40-90; prompt over web sockets: data_models/interactive.py:157-163. Checks: RFC 6749 4.1, RFC 7636, RFC 9700 2.1.
/// </remarks>
public sealed class AuthorizationTests : IAsyncLifetime
{
    private const string Ask = """{"input_message": "What is 6 times 7?"}""";
    private readonly List<IFormCollection> _asked = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-auth-").FullName;
    private WebApplication _issuer = null!;
    private Served _far = null!;
    private Func<IFormCollection, IResult> _give = _ => Results.Json(new { access_token = "at-1", refresh_token = "rt-1", expires_in = 3600 });

    public async Task InitializeAsync()
    {
        _issuer = WebApplication.CreateSlimBuilder().Build();
        _issuer.Urls.Add("http://127.0.0.1:0");
        _issuer.MapPost("/token", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            lock (_asked)
                _asked.Add(form);
            return http.Request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:s3cret"))}" ? _give(form) : Results.StatusCode(401);
        });
        await _issuer.StartAsync();
        _far = await Served.ReActAsync(Script.Says("x"), o => o.Clients = [new ApiClient { ApiKey = "at-1", User = "first" }, new ApiClient { ApiKey = "at-2", User = "second" }]);
    }

    public async Task DisposeAsync()
    {
        await _far.DisposeAsync();
        await _issuer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Workflow_UserAuthorizes_GoesOnAndAsksThatUserNoMore()
    {
        await using var served = await ServedAsync();
        var told = await AskAsync(served, "alice", 202);
        Assert.Equal(("oauth_required", $"/executions/{told.GetProperty("execution_id").GetString()}"), (told.GetProperty("status").GetString(), told.GetProperty("status_url").GetString()));
        var waiting = (await served.GetAsync(told.GetProperty("status_url").GetString()!)).Body;
        Assert.Equal((told.GetProperty("auth_url").GetString(), told.GetProperty("oauth_state").GetString()), (waiting.GetProperty("auth_url").GetString(), waiting.GetProperty("oauth_state").GetString()));

        var query = HttpUtility.ParseQueryString(new Uri(told.GetProperty("auth_url").GetString()!).Query);
        Assert.Equal(("code", "me", "S256", "a b", "there"), (query["response_type"], query["client_id"], query["code_challenge_method"], query["scope"], query["audience"]));
        Is(200, "The hub has what it needs", await BrowserAsync(served, $"code=c0de&state={query["state"]}", "alice"));
        Assert.Equal("42 it is", (await EndAsync(served, told)).GetProperty("result").GetProperty("value").GetString());

        var exchange = Assert.Single(_asked);
        Assert.Equal(("authorization_code", "c0de", "http://localhost:8000/auth/redirect"), ((string?)exchange["grant_type"], (string?)exchange["code"], (string?)exchange["redirect_uri"]));
        Assert.Equal(query["code_challenge"], System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(exchange["code_verifier"]!))));
        await AskAsync(served, "alice", 200);
        Assert.Single(_asked);
        AssertNoSecrets(served, "c0de", "at-1", "rt-1", "s3cret", query["state"]!, exchange["code_verifier"]!);
    }

    [Fact]
    public async Task Users_HaveTokensAndSessionsOfTheirOwn()
    {
        await using var served = await ServedAsync();
        await AuthorizeAsync(served, "alice");
        _give = _ => Results.Json(new { access_token = "at-2", expires_in = 3600 });
        await AuthorizeAsync(served, "bob");
        await AskAsync(served, "alice", 200);

        Assert.Equal(["first", "second", "first"], _far.Hub.Runs.List(10).Reverse().Select(r => r.Header.UserId!));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Token_ThatEnds_IsRenewedWithoutThePerson()
    {
        _give = form => Results.Json(new { access_token = "at-1", refresh_token = form["grant_type"] == "refresh_token" ? "rt-2" : "rt-1", expires_in = 0 });
        await using var served = await ServedAsync();
        await AuthorizeAsync(served, "alice");
        await AskAsync(served, "alice", 200);

        Assert.Equal(["authorization_code", "refresh_token"], _asked.Take(2).Select(f => (string)f["grant_type"]!));
        Assert.Equal(["rt-1", "rt-2"], _asked.Skip(1).Take(2).Select(f => (string)f["refresh_token"]!));
    }

    [Fact]
    public async Task Redirect_WhatIsNotTheUsersOwn_IsRefused()
    {
        await using var served = await ServedAsync();
        var told = await AskAsync(served, "alice", 202);
        var state = told.GetProperty("oauth_state").GetString();

        Is(400, "Invalid state", await BrowserAsync(served, "code=c&state=unknown", "alice"));
        Is(400, "Invalid state", await BrowserAsync(served, "code=c", "alice"));
        Is(400, "Invalid state", await BrowserAsync(served, $"code=c&state={state}&state={state}", "alice"));
        Is(403, "Somebody else asked", await BrowserAsync(served, $"code=mallorys&state={state}", "mallory"));
        Assert.Empty(_asked);
        Is(200, "The hub has", await BrowserAsync(served, $"code=c&state={state}", "alice"));
        Is(400, "Invalid state", await BrowserAsync(served, $"code=c&state={state}", "alice"));
        Assert.Single(_asked);
    }

    [Theory]
    [InlineData("error=access_denied<script>", "The authorization server refused")]
    [InlineData("code=bad", "gave no token: status 400")]
    [InlineData("nothing=at+all", "brought no code")]
    public async Task Redirect_AuthorizationFails_EndsTheRunAndSaysWhy(string brought, string says)
    {
        _give = _ => Results.StatusCode(400);
        await using var served = await ServedAsync();
        var told = await AskAsync(served, "alice", 202);

        Is(502, "Authorization failed. Ask again to begin anew.", await BrowserAsync(served, $"{brought}&state={told.GetProperty("oauth_state").GetString()}", "alice"));
        var ended = await EndAsync(served, told);
        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.Contains(says, ended.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_UserAuthorizes_GoesOn()
    {
        await using var served = await ServedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow/stream") { Content = Served.Json(Ask) };
        request.Headers.Add("Cookie", "nat-session=alice");
        using var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (!line.StartsWith("data: {\"event_type\":\"oauth_required\"", StringComparison.Ordinal))
                continue;
            var told = JsonElement.Parse(line["data: ".Length..]);
            Assert.Equal(response.Headers.GetValues("X-Run-Id").Single(), told.GetProperty("execution_id").GetString());
            await BrowserAsync(served, $"code=c&state={told.GetProperty("oauth_state").GetString()}", "alice");
        }

        Assert.Contains("event: oauth_required\n", text.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("data: {\"value\":\"42 it is\"}", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_UserAuthorizes_GoesOn()
    {
        await using var served = await ServedAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(served.Http.BaseAddress!) { Scheme = "ws", Path = "/websocket", Query = "session=alice" }.Uri, CancellationToken.None);
        await socket.SendAsync(
            """{"type":"user_message","schema_type":"chat","id":"m1","conversation_id":"c1","content":{"messages":[{"role":"user","content":[{"type":"text","text":"x"}]}]}}"""u8.ToArray(),
            WebSocketMessageType.Text, true, CancellationToken.None);

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[1 << 16];
        List<string> said = [];
        while (said.Count == 0 || !said[^1].Contains("\"status\":\"complete\"", StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer, late.Token);
            Assert.True(part.EndOfMessage);
            said.Add(Encoding.UTF8.GetString(buffer, 0, part.Count));
            var message = JsonElement.Parse(said[^1]);
            if (message.GetProperty("type").GetString() != "system_interaction_message")
                continue;
            var prompt = message.GetProperty("content");
            Assert.Equal("oauth_consent", prompt.GetProperty("input_type").GetString());
            await BrowserAsync(served, $"code=c&state={HttpUtility.ParseQueryString(new Uri(prompt.GetProperty("text").GetString()!).Query)["state"]}", "alice");
        }

        Assert.Contains(said, m => m.Contains("42 it is", StringComparison.Ordinal));
        Assert.Single(_asked);
    }

    [Theory]
    [InlineData("/generate", """{"input_message": "x"}""")]
    [InlineData("/generate/stream", """{"input_message": "x"}""")]
    [InlineData("/v1/chat/completions", """{"messages": [{"role": "user", "content": "x"}]}""")]
    public async Task Route_ThatCannotAsk_EndsTheRunAndNamesTheAddress(string path, string body)
    {
        await using var served = await ServedAsync();
        var refused = await SendAsync(served, path, body, "alice");
        Assert.Contains("needs an authorization: open http://127.0.0.1", refused, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, served.Hub.Runs.List(1)[0].Status);

        var state = refused.Split("state=")[1].Split('&', ' ', '\\')[0];
        Is(200, "The hub has", await BrowserAsync(served, $"code=c&state={state}", "alice"));
        Assert.Contains("42 it is", await SendAsync(served, path, body, "alice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfNobody_SaysThatTheUserMustBeKnown()
    {
        await using var served = await ServedAsync();

        var (status, body) = await served.PostAsync("/v1/workflow", Ask);

        Assert.Equal(422, status);
        Assert.Contains("nobody said who the user is", body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolList_OfAUser_ShowsTheirSession()
    {
        await using var served = await ServedAsync();
        Assert.Equal("""{"mcp_clients":[]}""", await served.Http.GetStringAsync("/mcp/client/tool/list"));
        await AuthorizeAsync(served, "alice");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp/client/tool/list/per_user");
        request.Headers.Add("Cookie", "nat-session=alice");
        var said = JsonElement.Parse(await (await served.Http.SendAsync(request)).Content.ReadAsStringAsync()).GetProperty("mcp_clients")[0];

        Assert.Equal(("far", true, true), (said.GetProperty("function_group").GetString(), said.GetProperty("session_healthy").GetBoolean(), said.GetProperty("protected").GetBoolean()));
        Assert.Equal(2, said.GetProperty("available_tools").GetInt32());
    }

    private static void Is(int status, string words, (int Status, string Words) page)
    {
        Assert.Equal(status, page.Status);
        Assert.StartsWith(words, page.Words, StringComparison.Ordinal);
    }

    private async Task<Served> ServedAsync()
    {
        var file = Path.Combine(_folder, "flow.yml");
        await File.WriteAllTextAsync(file, $$$$"""
            llms: {m: {_type: nat_test_llm, response_seq: ["Thought: t\nAction: far__multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: 42 it is"]}}
            function_groups: {far: {_type: per_user_mcp_client, server: {url: "{{{{new Uri(_far.Http.BaseAddress!, "/mcp")}}}}", auth_provider: account} } }
            authentication:
              account:
                _type: oauth2_auth_code_flow
                client_id: me
                client_secret: s3cret
                authorization_url: {{{{_issuer.Urls.First()}}}}/authorize
                token_url: {{{{_issuer.Urls.First()}}}}/token
                redirect_uri: http://localhost:8000/auth/redirect
                scopes: [a, b]
                authorization_kwargs: {audience: there, state: not-this}
            workflow: {_type: react_agent, llm_name: m, tool_names: [far]}
            """);
        return await Served.StartAsync(await HubHost.FromWorkflowAsync(file), o => o.FrontEnd = FrontEndOptions.From(WorkflowDocument.Load(file).EffectiveConfiguration));
    }

    private static async Task<string> SendAsync(Served served, string path, string body, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Served.Json(body) };
        request.Headers.Add("Cookie", $"nat-session={user}");
        using var response = await served.Http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<JsonElement> AskAsync(Served served, string user, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow") { Content = Served.Json(Ask) };
        request.Headers.Add("Cookie", $"nat-session={user}");
        using var response = await served.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {body}");
        return JsonElement.Parse(body);
    }

    private static async Task AuthorizeAsync(Served served, string user)
    {
        var told = await AskAsync(served, user, 202);
        await BrowserAsync(served, $"code=c&state={told.GetProperty("oauth_state").GetString()}", user);
        Assert.Equal("completed", (await EndAsync(served, told)).GetProperty("status").GetString());
    }

    /// <summary>A browser comes back.</summary>
    private static async Task<(int Status, string Words)> BrowserAsync(Served served, string query, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/auth/redirect?{query}");
        request.Headers.Add("Cookie", $"nat-session={user}");
        using var response = await served.Http.SendAsync(request);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("script", page, StringComparison.Ordinal);
        return ((int)response.StatusCode, page.Split("<p>")[1].Split("</p>")[0]);
    }

    private static async Task<JsonElement> EndAsync(Served served, JsonElement told)
    {
        for (var i = 0; i < 800; i++)
        {
            var (_, body) = await served.GetAsync($"/executions/{told.GetProperty("execution_id").GetString()}");
            if (body.GetProperty("status").GetString() is "completed" or "failed")
                return body;
            await Task.Delay(25);
        }

        throw new TimeoutException("The run did not end.");
    }

    private static void AssertNoSecrets(Served served, params string[] secrets)
    {
        foreach (var record in served.Hub.Runs.List(100))
        {
            var log = JsonSerializer.Serialize(record) + string.Concat(served.Hub.Runs.Read(record.Header.RunId).Select(e => JsonSerializer.Serialize(e)
                + (e.Input is { } input ? Encoding.UTF8.GetString(served.Hub.Runs.Payload(input)!) : "") + (e.Output is { } output ? Encoding.UTF8.GetString(served.Hub.Runs.Payload(output)!) : "")));
            Assert.All(secrets, s => Assert.DoesNotContain(s, log, StringComparison.Ordinal));
        }
    }
}
