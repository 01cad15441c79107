using System.Net;
using System.Text.Json;
using Hub.Dashboard.Tests.Browser;
using Microsoft.Playwright;

namespace Knowledge.Endpoint.Tests;

/// <summary>The page for people, in a real browser: with data, empty and in error; light and dark; on a desk and on a phone.</summary>
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Phone = 360;
    private const int Desk = 1280;

    private const string Data = """
        @prefix : <http://example.org/family#> .
        :ada a :Person ; :parent :bea ; :name "Ada"@en ; :age 71 .
        :bea a :Person ; :parent :cleo, _:someone ; :name "Bea \\ \"B\"" .
        """;

    [Fact]
    public async Task Vocabulary_Store_HasItsPrefixesAndCounts()
    {
        await using var served = await Served.Of(Data);
        var vocabulary = JsonDocument.Parse(await served.Client.GetStringAsync(new Uri("/vocabulary", UriKind.Relative))).RootElement;
        Assert.Equal("http://example.org/family#", vocabulary.GetProperty("prefixes").GetProperty("").GetString());
        var parent = vocabulary.GetProperty("predicates").EnumerateArray().Single(p => p.GetProperty("iri").GetString()!.EndsWith("#parent", StringComparison.Ordinal));
        Assert.Equal(3, parent.GetProperty("count").GetInt64());
        Assert.Equal(2, Assert.Single(vocabulary.GetProperty("classes").EnumerateArray()).GetProperty("count").GetInt64());
        Assert.Equal(8, vocabulary.GetProperty("quads").GetInt64());
    }

    [Fact]
    public async Task Page_ItsFiles_AreServedAndOthersAreNot()
    {
        await using var served = await Served.Of(Data);
        var page = await served.Client.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var name in new[] { "page.css", "query.css", "query.js", "theme.js", "editor.js", "cytoscape.js", "licenses.txt" })
            Assert.Equal(HttpStatusCode.OK, (await served.Client.GetAsync(new Uri($"/page/{name}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await served.Client.GetAsync(new Uri("/page/page.html", UriKind.Relative))).StatusCode);
    }

    [BrowserTheory]
    [InlineData(Desk, false)]
    [InlineData(Desk, true)]
    [InlineData(Phone, false)]
    [InlineData(Phone, true)]
    public async Task Page_QueryRun_ShowsTableGraphAndText(int width, bool dark)
    {
        await using var served = await Served.Of(Data);
        await using var visit = await Visit.StartAsync(chromium, served.Client.BaseAddress!, width, dark);
        var look = $"{(width == Phone ? "phone" : "desk")}-{(dark ? "dark" : "light")}";
        await visit.Page.GotoAsync("/?query=" + Uri.EscapeDataString("SELECT ?who ?p ?what { ?who ?p ?what }"));
        await visit.Page.ClickAsync("#run");
        await visit.Page.Locator("#pane-table tbody tr").Nth(7).WaitForAsync();
        Assert.StartsWith("8 solutions", await visit.Page.TextContentAsync("#status"), StringComparison.Ordinal);
        Assert.Contains(":ada", await visit.Page.TextContentAsync("#pane-table"), StringComparison.Ordinal);
        await visit.CheckAsync($"sparql-table-{look}");
        await visit.Page.ClickAsync("#tab-graph");
        await visit.Page.Locator("#graph canvas").First.WaitForAsync();
        Assert.Equal("8 links", await visit.Page.TextContentAsync("#graph-note"));
        await visit.CheckAsync($"sparql-graph-{look}");
        await visit.Page.ClickAsync("#tab-text");
        Assert.Contains("\"bindings\"", await visit.Page.TextContentAsync("#text"), StringComparison.Ordinal);
        await visit.CheckAsync($"sparql-text-{look}");
        await visit.Page.ClickAsync("#tab-table");
        Assert.Empty(await visit.BarriersAsync());
    }

    [BrowserTheory]
    [InlineData(Desk)]
    [InlineData(Phone)]
    public async Task Page_EmptyStoreAndWrongQuery_SayWhatToDo(int width)
    {
        await using var served = await Served.Of("");
        await using var visit = await Visit.StartAsync(chromium, served.Client.BaseAddress!, width);
        await visit.Page.GotoAsync("/");
        await visit.Page.Locator("#about", new() { HasText = "The store is empty" }).WaitForAsync();
        await visit.Page.ClickAsync("#run");
        await visit.Page.Locator(".empty", new() { HasText = "Nothing matches" }).WaitForAsync();
        await visit.CheckAsync($"sparql-empty-{width}");
        await visit.Page.GotoAsync("/?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20");
        await visit.Page.ClickAsync("#run");
        await visit.Page.Locator(".wrong", new() { HasText = "Line 1, column" }).WaitForAsync();
        await visit.CheckAsync($"sparql-wrong-{width}");
        Assert.Empty(await visit.BarriersAsync());
    }

    [BrowserFact]
    public async Task Page_KeyboardAlone_CompletesRunsAndDescribes()
    {
        await using var served = await Served.Of(Data);
        await using var visit = await Visit.StartAsync(chromium, served.Client.BaseAddress!);
        var page = visit.Page;
        await page.GotoAsync("/?query=");
        await page.Locator("#about", new() { HasText = "8 quads" }).WaitForAsync();
        await page.FocusAsync(".cm-content");
        await page.Keyboard.TypeAsync("SELECT * { ?who :par");
        await page.Locator(".cm-tooltip-autocomplete", new() { HasText = ":parent" }).WaitForAsync();
        await page.WaitForTimeoutAsync(150); // the list takes a moment before it takes keys
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync(" ?child ");
        Assert.Contains(":parent ?child", await page.TextContentAsync(".cm-content"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#status", new() { HasText = "3 solutions" }).WaitForAsync();
        await page.Locator("#pane-table .iri").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#status", new() { HasText = "triple" }).WaitForAsync();
        await page.FocusAsync("#tab-table");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator("#graph canvas").First.WaitForAsync();
        await visit.CheckAsync("sparql-described");
    }

    [BrowserFact]
    public async Task Page_Update_ChangesTheStore()
    {
        await using var served = await Served.Of(Data);
        await using var visit = await Visit.StartAsync(chromium, served.Client.BaseAddress!);
        await visit.Page.GotoAsync("/?query=" + Uri.EscapeDataString("# more\nPREFIX f: <http://example.org/family#> INSERT DATA { f:cleo f:parent f:dan }"));
        await visit.Page.ClickAsync("#run");
        await visit.Page.Locator("#about", new() { HasText = "9 quads" }).WaitForAsync();
        Assert.Equal(9, served.Store.Count);
        await visit.CheckAsync("sparql-updated");
    }
}
