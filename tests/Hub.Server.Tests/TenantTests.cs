using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hub.Server.Tests;

/// <summary>Keys and tokens belong to tenants; a tenant sees its own runs and no others; a key may ask only so much.</summary>
public sealed class TenantTests : IDisposable
{
    private const string Ask = """{"input_message": "x"}""";
    private const string Issuer = "https://id.example";
    private const string Audience = "hub";
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-tenants-").FullName;
    private readonly RSA _rsa = RSA.Create(2048);

    public void Dispose()
    {
        _rsa.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Tenant_AsksForAnothersRun_FindsNothing()
    {
        await using var served = await AskingAsync();
        var (_, waiting) = await SendAsync(served, HttpMethod.Post, "/v1/workflow", "key-a", Ask);
        var run = waiting.GetProperty("execution_id").GetString()!;
        await SendAsync(served, HttpMethod.Post, "/v1/workflow/async", "key-a", """{"input_message": "x", "job_id": "j"}""");
        var answer = waiting.GetProperty("response_url").GetString()!;

        Assert.Equal(200, (await SendAsync(served, HttpMethod.Get, $"/executions/{run}", "key-a")).Status);
        Assert.Equal(404, (await SendAsync(served, HttpMethod.Get, $"/executions/{run}", "key-b")).Status);
        Assert.Equal(404, (await SendAsync(served, HttpMethod.Get, $"/executions/{run[..4]}", "key-a")).Status);
        Assert.Equal(404, (await SendAsync(served, HttpMethod.Post, answer, "key-b", """{"response": {"text": "yes"}}""")).Status);
        Assert.Equal(200, (await SendAsync(served, HttpMethod.Get, "/v1/workflow/async/job/j", "key-a")).Status);
        Assert.Equal(404, (await SendAsync(served, HttpMethod.Get, "/v1/workflow/async/job/j", "key-b")).Status);
        Assert.Equal(202, (await SendAsync(served, HttpMethod.Post, "/v1/workflow/async", "key-b", """{"input_message": "x", "job_id": "j"}""")).Status);
        Assert.Equal(404, (await SendAsync(served, HttpMethod.Post, "/v1/workflow/stream", "key-b", Ask, ("Last-Event-ID", $"{run}:0:0"))).Status);
        Assert.Equal(204, (await SendAsync(served, HttpMethod.Post, answer, "key-a", """{"response": {"text": "yes"}}""")).Status);
        Assert.Equal(["a", "b"], served.Hub.Runs.List().Select(r => r.Header.Tenant!).Distinct().Order());
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Mcp_AnothersRun_IsNotFound(string version)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), o => o.Clients = [new ApiClient { ApiKey = "key-a", Tenant = "a", User = "alice" }, Clients[1]]);
        using HttpClient ofA = Client(served, "key-a"), ofB = Client(served, "key-b");
        await using var a = await McpAsync(ofA, version);
        await using var b = await McpAsync(ofB, version);
        await a.CallToolAsync("flow", new Dictionary<string, object?> { ["input_message"] = "x" });
        var header = Assert.Single(served.Hub.Runs.List()).Header;
        var uri = $"run://{header.RunId}";
        var template = new ResourceTemplateReference { Uri = "run://{id}" };

        Assert.Equal(("a", "alice"), (header.Tenant, header.UserId));
        Assert.Single((await a.ReadResourceAsync(uri)).Contents);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await b.ReadResourceAsync(uri));
        Assert.Equal([uri], (await a.ListResourcesAsync()).Select(r => r.Uri));
        Assert.Empty(await b.ListResourcesAsync());
        Assert.Equal([header.RunId], (await a.CompleteAsync(template, "id", "")).Completion.Values);
        Assert.Empty((await b.CompleteAsync(template, "id", "")).Completion.Values);
    }

    [Fact]
    public async Task Mcp_SessionOfAnotherKey_IsRefused()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), o => o.Clients = Clients);
        using HttpClient ofA = Client(served, "key-a"), ofB = Client(served, "key-b");
        await using var a = await McpAsync(ofA, "2025-11-25");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = Served.Json("""{"jsonrpc":"2.0","id":1,"method":"resources/list"}""") };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("Mcp-Session-Id", a.SessionId);
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");

        using var refused = await ofB.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Agent_AnothersTask_IsNotFound()
    {
        await using var served = await AskingAsync();
        const string Message = """{"message":{"messageId":"m","contextId":"c","role":"ROLE_USER","parts":[{"text":"x"}]}}""";
        var task = (await AgentAsync(served, "key-a", "SendMessage", Message)).GetProperty("result").GetProperty("task").GetProperty("id").GetString()!;
        var named = $$"""{"id":"{{task}}","taskId":"{{task}}","url":"https://example.org/"}""";
        var answer = $$$"""{"message":{"messageId":"m","taskId":"{{{task}}}","role":"ROLE_USER","parts":[{"text":"yes"}]}}""";

        Assert.Equal("a", served.Hub.Runs.Find(task).Header.Tenant);
        foreach (var method in (string[])["GetTask", "tasks/get", "CancelTask", "SubscribeToTask", "CreateTaskPushNotificationConfig", "ListTaskPushNotificationConfigs", "DeleteTaskPushNotificationConfig"])
            Assert.Equal(-32001, (await AgentAsync(served, "key-b", method, named)).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32001, (await AgentAsync(served, "key-b", "SendMessage", answer)).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(0, (await AgentAsync(served, "key-b", "ListTasks", "{}")).GetProperty("result").GetProperty("totalSize").GetInt32());
        Assert.Equal(1, (await AgentAsync(served, "key-a", "ListTasks", "{}")).GetProperty("result").GetProperty("totalSize").GetInt32());
        Assert.Equal(task, (await AgentAsync(served, "key-a", "GetTask", named)).GetProperty("result").GetProperty("id").GetString());
        Assert.Equal(RunStatus.Suspended, served.Hub.Runs.Find(task).Status);
    }

    [Fact]
    public async Task Agent_ContextOfAnother_IsNotRemembered()
    {
        var model = Script.Says("Final Answer: x");
        await using var served = await Served.ReActAsync(model, o => o.Clients = Clients);
        await AgentAsync(served, "key-a", "SendMessage", """{"message":{"messageId":"m","contextId":"c","role":"ROLE_USER","parts":[{"text":"the secret of a"}]}}""");
        var asked = model.Messages.Count;

        await AgentAsync(served, "key-b", "SendMessage", """{"message":{"messageId":"m","contextId":"c","role":"ROLE_USER","parts":[{"text":"and then?"}]}}""");

        Assert.True(asked > 0);
        Assert.Contains(model.Messages, m => m.Text.Contains("and then?", StringComparison.Ordinal));
        Assert.DoesNotContain(model.Messages, m => m.Text.Contains("secret of a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_OfAnotherTenant_AreNotShown()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), o => (o.Clients, o.FrontEnd.EnablePerUserMonitoring) = (Clients, true));
        await SendAsync(served, HttpMethod.Post, "/v1/workflow", "key-a", Ask, ("Cookie", "nat-session=alice"));

        Assert.Equal(1, (await SendAsync(served, HttpMethod.Get, "/monitor/users", "key-a")).Body.GetProperty("total_active_users").GetInt32());
        Assert.Equal(0, (await SendAsync(served, HttpMethod.Get, "/monitor/users", "key-b")).Body.GetProperty("total_active_users").GetInt32());
    }

    [Fact]
    public async Task Key_ThatAsksTooOften_IsToldWhenToAskAgain()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), o => (o.Clients, o.FrontEnd.RequestsPerMinute) = (Clients, 3));

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await SendAsync(served, HttpMethod.Post, "/v1/workflow", "key-a", Ask)).Status);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow") { Content = Served.Json(Ask) };
        request.Headers.Add("X-API-Key", "key-a");
        using var refused = await served.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(200, (await SendAsync(served, HttpMethod.Post, "/v1/workflow", "key-b", Ask)).Status);
        Assert.Equal(200, (await SendAsync(served, HttpMethod.Get, "/health", "key-a")).Status);
    }

    [Fact]
    public async Task Key_WithTooManyAtOnce_IsRefusedAndOthersAreNot()
    {
        await using var served = await Served.ReActAsync(Script.Hangs(), o => (o.Clients, o.FrontEnd.MaxConcurrentRequests, o.RunTimeout) = (Clients, 1, TimeSpan.FromSeconds(5)));
        var first = SendAsync(served, HttpMethod.Post, "/v1/workflow", "key-a", Ask);
        await Until.TrueAsync(() => served.Hub.Runs.List().Count == 1);

        Assert.Equal(429, (await SendAsync(served, HttpMethod.Post, "/v1/workflow", "key-a", Ask)).Status);
        Assert.Equal(200, (await SendAsync(served, HttpMethod.Get, "/v1/models", "key-b")).Status);
        Assert.Equal(504, (await first).Status);
    }

    [Fact]
    public async Task Token_ThatIsGood_IsItsUserAndTenant()
    {
        await using var served = await WithTokensAsync();

        var (status, _) = await SendAsync(served, HttpMethod.Post, "/v1/workflow", Token(), Ask, ("Cookie", "nat-session=somebody-else"));

        Assert.Equal(200, status);
        var header = Assert.Single(served.Hub.Runs.List()).Header;
        Assert.Equal(("acme", Http.UserIds.From("alice")), (header.Tenant, header.UserId));
    }

    public static TheoryData<string> BadTokens() => ["audience", "issuer", "expired", "future", "no-expiry", "other-key", "none", "symmetric", "no-subject", "cut", "huge"];

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task Token_ThatIsNotGood_Is401(string fault)
    {
        await using var served = await WithTokensAsync();

        Assert.Equal(401, (await SendAsync(served, HttpMethod.Post, "/v1/workflow", Token(fault), Ask)).Status);
        Assert.Empty(served.Hub.Runs.List());
    }

    [Theory]
    [InlineData("missing.json", null, "cannot be read")]
    [InlineData("empty.json", "{\"keys\":[]}", "no keys")]
    [InlineData("broken.json", "{", "cannot be read")]
    public void Keys_ThatCannotBeRead_AreSaidAtTheStart(string name, string? content, string expected)
    {
        var file = Path.Combine(_folder, name);
        if (content is not null)
            File.WriteAllText(file, content);

        var refused = Assert.Throws<HubException>(() => new Http.TokenCheck(new JwtOptions { JwksFile = file, Issuer = Issuer, Audience = Audience }, TimeProvider.System));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_WithoutAnAudience_AreRefusedAtTheStart() =>
        Assert.Contains("audience", Assert.Throws<HubException>(() => new Http.TokenCheck(new JwtOptions { Authority = Issuer }, TimeProvider.System)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Secrets_OfRequests_ReachNeitherLogNorAnswer()
    {
        const string Secret = "s3cr3t-value-of-this-test";
        await using var served = await Served.ReActAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")), o => o.Clients = [new ApiClient { ApiKey = Secret, Tenant = "a" }]);

        var answers = new List<string>();
        foreach (var path in (string[])[$"/v1/workflow?api_key={Secret}&token={Secret}&session={Secret}", "/generate/stream", "/v1/workflow/async"])
            answers.Add((await SendAsync(served, HttpMethod.Post, path, Secret, Ask, ("Cookie", $"nat-session={Secret}"), ("X-API-Key", Secret))).Body.ToString());
        answers.Add((await SendAsync(served, HttpMethod.Post, "/v1/workflow", "wrong-" + Secret, Ask)).Body.ToString());

        Assert.All(answers, a => Assert.DoesNotContain(Secret, a, StringComparison.Ordinal));
        Assert.All(served.Hub.Runs.List(), r => Assert.DoesNotContain(Secret, JsonSerializer.Serialize(r) + JsonSerializer.Serialize(served.Hub.Runs.Read(r.Header.RunId)), StringComparison.Ordinal));
    }

    private static ApiClient[] Clients => [new ApiClient { ApiKey = "key-a", Tenant = "a" }, new ApiClient { ApiKey = "key-b", Tenant = "b" }];

    private static Task<Served> AskingAsync() => Served.StartAsync(HubHost.CreateBuilder().AddReasoner("asks", new Asking()).Build(), o => o.Clients = Clients);

    private static HttpClient Client(Served served, string key) =>
        new() { BaseAddress = served.Http.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };

    private static Task<McpClient> McpAsync(HttpClient http, string version) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(http.BaseAddress!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, http),
        new McpClientOptions { ProtocolVersion = version, DiscoverProbeTimeout = TimeSpan.FromMinutes(1) });

    private static async Task<JsonElement> AgentAsync(Served served, string key, string method, string parameters) =>
        (await SendAsync(served, HttpMethod.Post, "/a2a", key, $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""")).Body;

    private Task<Served> WithTokensAsync()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_rsa.ExportParameters(includePrivateParameters: false)) { KeyId = "k" });
        var file = Path.Combine(_folder, "jwks.json");
        File.WriteAllText(file, $$"""{"keys":[{"kty":"RSA","kid":"k","use":"sig","alg":"RS256","n":"{{key.N}}","e":"{{key.E}}"}]}""");
        return Served.ReActAsync(Script.Says("Final Answer: x"), o => o.FrontEnd.Jwt = new JwtOptions { JwksFile = file, Issuer = Issuer, Audience = Audience });
    }

    private string Token(string fault = "")
    {
        using var other = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var credentials = fault switch
        {
            "other-key" => new SigningCredentials(new RsaSecurityKey(other.ExportParameters(true)) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
            "none" => null,
            "symmetric" => new SigningCredentials(new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k" }, SecurityAlgorithms.HmacSha256),
            _ => new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "k", CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.RsaSha256),
        };
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = fault == "issuer" ? "https://other.example" : Issuer,
            Audience = fault == "audience" ? "another-service" : Audience,
            NotBefore = fault == "future" ? now.AddHours(1) : now.AddMinutes(-1),
            Expires = fault switch { "expired" => now.AddMinutes(-5), "no-expiry" => null, "future" => now.AddHours(2), _ => now.AddMinutes(5) },
            Claims = fault == "no-subject" ? new Dictionary<string, object> { ["tid"] = "acme" } : new Dictionary<string, object> { ["sub"] = "alice", ["tid"] = "acme", ["pad"] = fault == "huge" ? new string('x', 20_000) : "" },
            SigningCredentials = credentials,
        });
        return fault == "cut" ? token[..^10] : token;
    }

    private static async Task<(int Status, JsonElement Body)> SendAsync(Served served, HttpMethod method, string path, string key, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Served.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await served.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonElement.Parse(text) : JsonSerializer.SerializeToElement(text));
    }

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?")}");
    }
}
