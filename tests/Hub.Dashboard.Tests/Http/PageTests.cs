using System.Net;
using Hub.Abstractions;
using Hub.Dashboard.Tests.Kit;

namespace Hub.Dashboard.Tests.Http;

public sealed class PageTests
{
    [Theory]
    [InlineData("/dashboard/", "No runs yet")]
    [InlineData("/dashboard/chat", "What should the hub think about?")]
    [InlineData("/dashboard/models", "Try a prompt")]
    [InlineData("/dashboard/memory", "No graph memory")]
    [InlineData("/dashboard/components", "react_agent")]
    [InlineData("/dashboard/plugins", "No plugins yet")]
    [InlineData("/dashboard/health", "all is well")]
    public async Task Get_Page_HasItsContentAndAStrictPolicy(string path, string expected)
    {
        await using var site = await Site.StartAsync();
        using var response = await site.Http.GetAsync(path);

        Assert.Contains(expected, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Get_Root_LeadsToTheRuns()
    {
        await using var site = await Site.StartAsync();

        using var response = await site.Http.GetAsync("/");

        Assert.Equal("/dashboard/", response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Get_UnderARootPath_StaysUnderIt()
    {
        await using var site = await Site.StartAsync(o => o.FrontEnd = Server.FrontEndOptions.From(System.Text.Json.JsonElement.Parse(
            """{"general": {"front_end": {"_type": "fastapi", "root_path": "/hub"}}}""")));

        Assert.Contains("href=\"/hub/dashboard/chat\"", await site.PageAsync("/hub/dashboard/"));
        Assert.Contains("/hub/dashboard/assets/hub.css", await site.PageAsync("/hub/dashboard/health"));
    }

    [Theory]
    [InlineData("/dashboard/none", "no such page")]
    [InlineData("/dashboard/runs/abc", "abc")]
    [InlineData("/dashboard/assets/none.js", "no such file")]
    public async Task Get_WhatIsNotThere_Is404WithAWord(string path, string expected)
    {
        await using var site = await Site.StartAsync();

        Assert.Contains(expected, await site.PageAsync(path, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Get_SameAgain_IsNotModified()
    {
        await using var site = await Site.StartAsync();
        await site.RunAsync("solver", "What is 14 times 27?");
        using var first = await site.Http.GetAsync("/dashboard/");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/dashboard/");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await site.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);

        await site.RunAsync("solver", "Hello");
        using var changed = new HttpRequestMessage(HttpMethod.Get, "/dashboard/");
        changed.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var third = await site.Http.SendAsync(changed);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Text_OfARun_IsNeverMarkup()
    {
        await using var site = await Site.StartAsync();
        var run = await site.RunAsync("solver", "<script>alert(1)</script>");

        foreach (var path in new[] { "/dashboard/", $"/dashboard/runs/{run.RunId}" })
        {
            using var response = await site.Http.GetAsync(path);
            var html = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script>alert", html);
            Assert.Contains("&lt;script&gt;alert(1)", html);
        }
    }

    [Fact]
    public async Task Components_Filtered_ShowsWhatMatches()
    {
        await using var site = await Site.StartAsync();

        var reasoners = await site.PageAsync("/dashboard/components?kind=reasoner");

        Assert.Contains("rewoo_agent", reasoners);
        Assert.DoesNotContain(">current_datetime<", reasoners);
        Assert.Contains("Nothing matches", await site.PageAsync("/dashboard/components?q=nothinghasthisname"));
    }

    [Fact]
    public async Task Assets_Get_AreKeptForGoodUnderTheirVersion()
    {
        await using var site = await Site.StartAsync();
        using var response = await site.Http.GetAsync("/dashboard/assets/hub.js");

        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", response.Headers.CacheControl?.ToString());
    }
}
