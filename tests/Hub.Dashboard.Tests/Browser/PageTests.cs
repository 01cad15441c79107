using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Dashboard.Tests.Kit;
using Microsoft.Playwright;

namespace Hub.Dashboard.Tests.Browser;

/// <summary>Every page with data, empty and in error; light and dark; on a desk and on a phone.</summary>
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Phone = 360;
    private const int Desk = 1280;

    [BrowserTheory]
    [InlineData(Desk, false)]
    [InlineData(Desk, true)]
    [InlineData(Phone, false)]
    [InlineData(Phone, true)]
    public async Task Pages_WithData_FitAndComplainOfNothing(int width, bool dark)
    {
        await using var site = await Site.StartAsync(o => o.AdminKey = Site.AdminKey);
        var ids = await FillAsync(site);
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!, width, dark);
        var look = $"{(width == Phone ? "phone" : "desk")}-{(dark ? "dark" : "light")}";
        (string Name, string Path)[] pages =
        [
            ("runs", "/dashboard/"), ("run", $"/dashboard/runs/{ids["solver"]}"), ("step", $"/dashboard/runs/{ids["solver"]}?step=2"),
            ("wide", $"/dashboard/runs/{ids["wide"]}"), ("failed", $"/dashboard/runs/{ids["broken"]}"), ("asks", $"/dashboard/runs/{ids["asker"]}"),
            ("models", $"/dashboard/models?run={ids["model/m"]}"), ("components", "/dashboard/components?kind=reasoner"), ("plugins", "/dashboard/plugins"), ("health", "/dashboard/health"),
            ("chat", $"/dashboard/chat?conversation=chat-1"), ("notfound", "/dashboard/runs/none"),
        ];
        foreach (var (name, path) in pages)
        {
            await visit.Page.GotoAsync(path);
            Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
            await visit.CheckAsync($"{name}-{look}");
        }
    }

    [BrowserTheory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Pages_Empty_SayWhatToDo(int width)
    {
        await using var site = await Site.StartAsync(o => o.ApiKeys = [Site.Key]);
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!, width);
        await visit.Page.GotoAsync("/dashboard/");
        await visit.CheckAsync($"signin-{width}");
        await visit.Page.FillAsync("#key", "wrong");
        await visit.Page.ClickAsync("main button");
        await visit.CheckAsync($"signin-wrong-{width}");
        await visit.Page.FillAsync("#key", Site.Key);
        await visit.Page.ClickAsync("main button");

        foreach (var path in new[] { "", "chat", "models", "plugins", "components?q=nothinghasthisname" })
        {
            await visit.Page.GotoAsync($"/dashboard/{path}");
            await visit.CheckAsync($"empty-{(path.Length == 0 ? "runs" : path.Split('?')[0])}-{width}");
        }
    }

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_WithData_HaveNoBarriers(bool dark)
    {
        await using var site = await Site.StartAsync();
        var ids = await FillAsync(site);
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!, Desk, dark);
        List<string> found = [];
        foreach (var path in new[] { "/dashboard/", $"/dashboard/runs/{ids["wide"]}?step=3", $"/dashboard/runs/{ids["asker"]}", "/dashboard/chat?conversation=chat-1", "/dashboard/models", "/dashboard/health" })
        {
            await visit.Page.GotoAsync(path);
            found.AddRange(await visit.BarriersAsync());
        }

        Assert.Empty(found);
    }

    [BrowserFact]
    public async Task Keyboard_Alone_ReachesContentRunAndStep()
    {
        await using var site = await Site.StartAsync();
        var ids = await FillAsync(site);
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        var page = visit.Page;
        await page.GotoAsync("/dashboard/");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await FocusedAsync(visit));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("New chat", await FocusedAsync(visit));
        for (var i = 0; i < 4; i++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/dashboard/runs/[0-9a-f]+$"), new() { Timeout = 30_000 }); // asks until it holds: waiting for a navigation misses one that is over before the wait begins

        await page.GotoAsync($"/dashboard/runs/{ids["solver"]}");
        await page.Locator("ol.steps a").First.FocusAsync();
        Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#step .close").WaitForAsync();
        Assert.Contains("Prompt", await page.Locator("#step").TextContentAsync());
        Assert.Equal(0, await page.Locator("input:not([type=hidden]):not([aria-label])").EvaluateAllAsync<int>("all => all.filter(i => !i.labels.length).length"));
    }

    [BrowserFact]
    public async Task Runs_FetchedAgain_KeepTheFocusOnTheirLink()
    {
        await using var site = await Site.StartAsync();
        await FillAsync(site);
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.Page.GotoAsync("/dashboard/");
        await visit.Page.Locator("#runs a[href*='/runs/']").First.FocusAsync();
        var focused = await visit.Page.EvaluateAsync<string>("() => { document.getElementById('runs').dataset.old = 'yes'; return document.activeElement.getAttribute('href'); }");

        await visit.Page.WaitForFunctionAsync("() => !document.getElementById('runs').dataset.old");

        Assert.Equal(focused, await visit.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
    }

    [BrowserFact]
    public async Task Theme_Switched_StaysOnTheNextPage()
    {
        await using var site = await Site.StartAsync();
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.Page.GotoAsync("/dashboard/");
        var light = await GroundAsync(visit);

        await visit.Page.ClickAsync("#theme");
        var dark = await GroundAsync(visit);
        await visit.Page.GotoAsync("/dashboard/health");

        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await GroundAsync(visit));
        await visit.CheckAsync("switched");
    }

    [BrowserFact]
    public async Task Chat_Message_IsAnsweredInPlace()
    {
        await using var site = await Site.StartAsync();
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.Page.GotoAsync("/dashboard/chat");
        await visit.Page.FillAsync("#message", "What is 14 times 27?");
        await visit.Page.PressAsync("#message", "Enter");

        await visit.Page.Locator(".bubble.hub", new() { HasText = "14 times 27 is 378." }).WaitForAsync();
        await visit.CheckAsync("chat-answered");
    }

    [BrowserFact]
    public async Task Chat_RunThatAsks_IsAnsweredWithAButton()
    {
        await using var site = await Site.StartAsync();
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.Page.GotoAsync("/dashboard/chat?with=asker");
        await visit.Page.FillAsync("#message", "Pay Ada");
        await visit.Page.ClickAsync(".composer button.primary");
        await visit.Page.Locator(".ask").WaitForAsync();
        await visit.CheckAsync("chat-asks");

        await visit.Page.ClickAsync(".ask button[value=yes]");

        await visit.Page.Locator(".bubble.hub", new() { HasText = "You said yes." }).WaitForAsync();
        await visit.CheckAsync("chat-asked");
    }

    [BrowserFact]
    public async Task Live_RunThatEnds_ShowsWithoutReloading()
    {
        await using var site = await Site.StartAsync();
        var handle = site.Hub.Start("waiter", ReasonerRequest.From("Wait for it"));
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.Page.GotoAsync($"/dashboard/runs/{handle.RunId}");
        await visit.Page.Locator(".badge.running").WaitForAsync();
        await visit.CheckAsync("running");

        site.OpenGate();

        await visit.Page.Locator(".badge.completed").WaitForAsync();
        Assert.Contains("The gate is open.", await visit.Page.Locator(".answer").InnerTextAsync());
        await visit.CheckAsync("ran");
    }

    private static async Task<Dictionary<string, string>> FillAsync(Site site)
    {
        Dictionary<string, string> ids = [];
        (string Reasoner, string Question)[] runs =
        [
            ("solver", "What is 14 times 27?"), ("wide", "Count the letters of one, two and three, and say which of these words is the longest of all"),
            ("broken", "Fail"), ("asker", "Pay Ada"), ("model/m", "Hello"),
        ];
        foreach (var (reasoner, question) in runs)
            ids[reasoner] = (await site.RunAsync(reasoner, question)).RunId;
        await site.Hub.Start("solver", ReasonerRequest.From("What is 14 times 27?"), new RunOptions { ConversationId = "chat-1" }).Completion;
        _ = site.Hub.Start("waiter", ReasonerRequest.From("Wait for the gate")).RunId;
        return ids;
    }

    private static Task<string> FocusedAsync(Visit visit) => visit.Page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()");

    private static Task<string> GroundAsync(Visit visit) => visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
