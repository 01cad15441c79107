using System.Net;
using Hub.Abstractions;
using Hub.Dashboard.Tests.Kit;

namespace Hub.Dashboard.Tests.Http;

public sealed class SecurityTests
{
    private static readonly string[] s_pages = ["/dashboard/", "/dashboard/chat", "/dashboard/models", "/dashboard/components", "/dashboard/plugins", "/dashboard/health"];

    [Fact]
    public async Task Get_WithoutSession_LeadsToSignIn()
    {
        await using var site = await Site.StartAsync(o => o.ApiKeys = [Site.Key]);
        var run = await site.RunAsync("solver", "Hello");

        foreach (var page in s_pages.Append($"/dashboard/runs/{run.RunId}").Append($"/dashboard/runs/{run.RunId}/stream"))
        {
            using var response = await site.Http.GetAsync(page);
            Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
            Assert.Equal($"/dashboard/sign-in?next={Uri.EscapeDataString(page)}", response.Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task SignIn_WithAKey_OpensPagesUntilSignOut()
    {
        await using var site = await Site.StartAsync(o => o.ApiKeys = ["other", Site.Key]);

        var (status, to, _) = await site.PostAsync("/dashboard/sign-in", "/dashboard/sign-in", ("key", Site.Key), ("next", "/dashboard/health"));

        Assert.Equal((HttpStatusCode.SeeOther, "/dashboard/health"), (status, to));
        Assert.Contains("all is well", await site.PageAsync("/dashboard/health"));
        var session = Cookies(site)["hub-dashboard"]!.Value;
        Assert.Equal(HttpStatusCode.SeeOther, (await site.PostAsync("/dashboard/sign-out", "/dashboard/")).Status);
        using var with = new HttpRequestMessage(HttpMethod.Get, "/dashboard/health");
        with.Headers.Add("Cookie", $"hub-dashboard={session}"); // a copy of the cookie is worth nothing either
        using var after = await site.Http.SendAsync(with);
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task SignIn_Cookie_IsForThisSiteAndNotForScripts()
    {
        await using var site = await Site.StartAsync(o => o.ApiKeys = [Site.Key]);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = site.Http.BaseAddress };
        var html = await http.GetStringAsync("/dashboard/sign-in");
        var token = html.Split("name=\"csrf\" value=\"")[1].Split('"')[0];

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["csrf"] = token, ["key"] = Site.Key });
        using var response = await http.PostAsync("/dashboard/sign-in", form);

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("hub-dashboard=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.Contains("path=/dashboard", cookie);
    }

    [Theory]
    [InlineData("wrong", "", HttpStatusCode.Unauthorized)]
    [InlineData("", "", HttpStatusCode.Unauthorized)]
    [InlineData(Site.Key, "https://elsewhere.example/", HttpStatusCode.SeeOther)]
    [InlineData(Site.Key, "//elsewhere.example/", HttpStatusCode.SeeOther)]
    public async Task SignIn_WrongKeyOrForeignTarget_StaysHere(string key, string next, HttpStatusCode expected)
    {
        await using var site = await Site.StartAsync(o => o.ApiKeys = [Site.Key]);

        var (status, to, body) = await site.PostAsync("/dashboard/sign-in", "/dashboard/sign-in", ("key", key), ("next", next));

        Assert.Equal(expected, status);
        if (status == HttpStatusCode.SeeOther)
            Assert.Equal("/dashboard/", to);
        else
            Assert.Contains("not a key", body);
    }

    [Fact]
    public async Task SignIn_ManyTries_AreStopped()
    {
        await using var site = await Site.StartAsync(o => o.ApiKeys = [Site.Key]);
        List<HttpStatusCode> seen = [];
        for (var i = 0; i < 12; i++)
            seen.Add((await site.PostAsync("/dashboard/sign-in", "/dashboard/sign-in", ("key", $"guess {i}"))).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, seen[^1]);
        Assert.Equal(10, seen.Count(s => s == HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData("/dashboard/chat")]
    [InlineData("/dashboard/models")]
    [InlineData("/dashboard/sign-out")]
    [InlineData("/dashboard/plugins/x/reload")]
    [InlineData("/dashboard/runs/x/cancel")]
    [InlineData("/dashboard/runs/x/resume")]
    [InlineData("/dashboard/runs/x/fork")]
    public async Task Post_WithoutToken_IsRefused(string path)
    {
        await using var site = await Site.StartAsync(o => o.AdminKey = Site.AdminKey);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["with"] = "solver", ["message"] = "x", ["key"] = Site.AdminKey });

        using var response = await site.Http.PostAsync(path, form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(site.Hub.Runs.List());
    }

    [Fact]
    public async Task Post_WithoutSession_IsRefused()
    {
        await using var site = await Site.StartAsync(o => o.ApiKeys = [Site.Key]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync("/dashboard/chat", "/dashboard/sign-in", ("with", "solver"), ("message", "x"))).Status);
        Assert.Empty(site.Hub.Runs.List());
    }

    [Fact]
    public async Task Pages_OfAServerWithKeys_ShowNoneOfThem()
    {
        await using var site = await Site.StartAsync(o => (o.ApiKeys, o.AdminKey) = ([Site.Key], Site.AdminKey));
        await site.PostAsync("/dashboard/sign-in", "/dashboard/sign-in", ("key", Site.Key));

        foreach (var page in s_pages)
        {
            var text = await site.PageAsync(page);
            Assert.DoesNotContain(Site.Key, text);
            Assert.DoesNotContain(Site.AdminKey, text);
        }
    }

    [Fact]
    public async Task Pages_OfAnAllowedOrigin_AreStillNotForIt()
    {
        await using var site = await Site.StartAsync(o => o.FrontEnd = Server.FrontEndOptions.From(System.Text.Json.JsonElement.Parse(
            """{"general": {"front_end": {"_type": "fastapi", "cors": {"allow_origins": ["https://friend.example"]}}}}""")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/");
        request.Headers.Add("Origin", "https://friend.example");

        using var response = await site.Http.SendAsync(request);

        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Reload_WrongAdminKey_IsRefused()
    {
        await using var site = await Site.StartAsync(o => o.AdminKey = Site.AdminKey);

        var (status, _, body) = await site.PostAsync("/dashboard/plugins/x/reload", "/dashboard/chat", ("key", "wrong"));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("not the administrator's key", body);
    }

    private static CookieCollection Cookies(Site site) => site.Cookies.GetCookies(new Uri(site.Http.BaseAddress!, "/dashboard/"));
}
