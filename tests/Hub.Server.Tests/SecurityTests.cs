using System.Net;
using System.Net.Http.Headers;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests;

public sealed class SecurityTests
{
    private const string Ask = """{"input_message": "x"}""";

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.5")]
    [InlineData("::")]
    public async Task Host_ReachableByOthersWithoutKey_IsRefused(string host)
    {
        await using var hub = Hosting.HubHost.CreateBuilder().AddModel("m", Script.Says("x")).AddTool(HubTool.Create(() => 1, "one")).AddReAct("r", o => (o.Llm, o.Tools) = ("m", ["one"])).Build();

        var refused = Assert.Throws<HubException>(() => HubServer.Build(hub, new HubServerOptions { Host = host, Port = 0 }));

        Assert.Contains("HUB_API_KEY", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Bearer k1", 200)]
    [InlineData("bearer k2", 200)]
    public async Task Key_Needed_IsAskedForEverywhereButHealth(string? authorization, int expected)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), o => o.ApiKeys = ["k1", "k2"]);
        if (authorization is not null)
            served.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        Assert.Equal(expected, (await served.PostAsync("/v1/workflow", Ask)).Status);
        Assert.Equal(expected, (await served.GetAsync("/v1/models")).Status);
        Assert.Equal(200, (await served.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Key_Missing_IsOpenAIsErrorOnItsRoutes()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), o => o.ApiKeys = ["k1"]);

        var (_, body) = await served.PostAsync("/v1/chat/completions", "{}");

        Assert.Equal("invalid_api_key", body.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("key", (await served.PostAsync("/v1/workflow", Ask)).Body.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_OfAnotherName_IsNotServed()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await served.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Origin_OfAnotherSite_MayReadNothingUnlessTheFileSays()
    {
        await using var closed = await Served.ReActAsync(Script.Says("x"));
        await using var open = await Served.ReActAsync(Script.Says("x"), o => o.FrontEnd.Cors = new CrossOriginOptions { AllowOriginRegex = "http://.*\\.example", AllowMethods = ["*"] });

        Assert.False((await Preflight(closed)).Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("http://ui.example", (await Preflight(open)).Headers.GetValues("Access-Control-Allow-Origin").Single());

        static async Task<HttpResponseMessage> Preflight(Served served)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/chat");
            request.Headers.Add("Origin", "http://ui.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            return await served.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Body_TooLargeOrTooDeep_IsRefused()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"), o => o.MaxRequestBytes = 10_000);

        Assert.Equal(413, (int)(await served.Http.PostAsync("/v1/workflow", Served.Json($$"""{"input_message": "{{new string('x', 20_000)}}"}"""))).StatusCode);
        Assert.Equal(400, (await served.PostAsync("/v1/workflow", string.Concat(Enumerable.Repeat("{\"a\":", 80)) + "1" + new string('}', 80))).Status);
    }

    [Fact]
    public async Task Runs_TooMany_WaitAndThenAreRefused()
    {
        await using var served = await Served.ReActAsync(Script.Hangs(), o => (o.MaxConcurrentRuns, o.MaxQueuedRequests, o.RunTimeout) = (1, 1, TimeSpan.FromSeconds(2)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => served.Http.PostAsync("/v1/chat/completions", Served.Json("""{"model":"m","messages":[{"role":"user","content":"x"}]}"""))));

        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToArray();
        Assert.InRange(refused.Length, 4, 4);
        Assert.All(refused, r => Assert.True(r.Headers.RetryAfter is RetryConditionHeaderValue));
        Assert.Contains("rate_limit_error", await refused[0].Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestId_OfTheClient_ComesBack()
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Add("X-Request-Id", "my-7");

        Assert.Equal("my-7", (await served.Http.SendAsync(request)).Headers.GetValues("X-Request-Id").Single());
        Assert.NotEmpty((await served.Http.GetAsync("/health")).Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task Log_OfARun_HoldsNoCredentials()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), o => o.ApiKeys = ["the-secret-key"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/workflow") { Content = Served.Json(Ask) };
        request.Headers.Add("X-API-Key", "the-secret-key");
        request.Headers.Add("Cookie", "nat-session=u1; token=the-secret-key");
        request.Headers.Add("Conversation-Id", "c7");
        (await served.Http.SendAsync(request)).EnsureSuccessStatusCode();

        var header = Assert.Single(served.Hub.Runs.List()).Header;

        Assert.Equal(("c7", UserIds.From("u1"), "/v1/workflow"), (header.ConversationId, header.UserId, header.Request!.UrlPath));
        Assert.DoesNotContain("the-secret-key", System.Text.Json.JsonSerializer.Serialize(header), StringComparison.Ordinal);
    }
}
