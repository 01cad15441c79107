using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Hub.Dashboard.Tests.Browser;
using Microsoft.Playwright;

namespace Hub.Cli.Tests;

/// <summary>A store on the hub's server, alone and beside a workflow: over HTTP, and its page in a real browser, light and dark, on a desk and on a phone.</summary>
public sealed class KgServeTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int Phone = 360;
    private const int Desk = 1280;
    private const string Key = "a-key-that-no-page-shows";
    private const string Workflow = "llms: {m: {_type: nat_test_llm, response_seq: ['Final Answer: hello']}}\nfunctions: {now: {_type: current_datetime}}\nworkflow: {_type: react_agent, llm_name: m, tool_names: [now]}\n";

    private const string Family = """
        @prefix : <http://example.org/family#> .
        :ada a :Person ; :parent :bea ; :name "Ada"@en ; :age 71 .
        :bea a :Person ; :parent :cleo ; :name "Bea" .
        """;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task KgServe_Store_AnswersSparqlAndShowsItsPageAlone()
    {
        await using var site = await Site.StartAsync(["kg", "serve", "--store", await Stored()]);
        Assert.Contains("family#bea", await site.Http.GetStringAsync("sparql?query=" + Uri.EscapeDataString("SELECT ?p { :ada :parent ?p }")), StringComparison.Ordinal);
        Assert.Contains(":parent :cleo", await site.Http.GetStringAsync("data?default"), StringComparison.Ordinal);
        var page = await site.Http.GetStringAsync("");
        Assert.Contains("data-base=\"/dashboard/knowledge/\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("dashboard/chat", page, StringComparison.Ordinal);
        foreach (var path in new[] { "v1/models", "mcp", "dashboard/chat" })
            Assert.Equal(HttpStatusCode.NotFound, (await site.Http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Serve_WorkflowAndStore_HasBoth()
    {
        await using var site = await Site.StartAsync(["serve", "--config_file", _scratch.Write("flow.yml", Workflow), "--run-log", "none", "--store", await Stored()]);
        Assert.Contains("family#bea", await site.Http.GetStringAsync("sparql?query=" + Uri.EscapeDataString("SELECT ?p { :ada :parent ?p }")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await site.Http.GetAsync("v1/models")).StatusCode);
        Assert.Contains("/dashboard/knowledge", await site.Http.GetStringAsync("dashboard/chat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_StoreWhereThereAreTenants_IsAskedAndNotChanged()
    {
        var flow = _scratch.Write("flow.yml", Workflow + "general: {front_end: {clients: [{api_key: '${ACME_KEY}', tenant: acme}]}}\n");
        await using var site = await Site.StartAsync(["serve", "--config_file", flow, "--run-log", "none", "--store", await Stored()], Key, "ACME_KEY");
        site.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");
        Assert.Contains("family#bea", await site.Http.GetStringAsync("sparql?query=" + Uri.EscapeDataString("SELECT ?p { :ada :parent ?p }")), StringComparison.Ordinal);
        using var update = new FormUrlEncodedContent([new("update", "CLEAR ALL")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.Http.PostAsync("sparql", update)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.Http.DeleteAsync("data?default")).StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.NoContent)]
    [InlineData("http://elsewhere.example", HttpStatusCode.Forbidden)]
    public async Task KgServe_UpdateOfAForm_IsTakenFromItsOwnPagesAndFromPrograms(string? origin, HttpStatusCode expected)
    {
        await using var site = await Site.StartAsync(["kg", "serve", "--store", await Stored()]);
        foreach (var path in new[] { "sparql", "dashboard/knowledge/sparql" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("update", "CLEAR ALL")]) };
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            Assert.Equal(expected, (await site.Http.SendAsync(request)).StatusCode);
        }

        using var upload = new HttpRequestMessage(HttpMethod.Post, "data?default") { Content = new StringContent("<urn:a> <urn:b> <urn:c> .", null, "text/turtle") };
        if (origin is not null)
            upload.Headers.Add("Origin", origin);
        Assert.Equal(expected == HttpStatusCode.Forbidden, (await site.Http.SendAsync(upload)).StatusCode == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task KgServe_WithAKey_AsksForItEverywhere()
    {
        await using var site = await Site.StartAsync(["kg", "serve", "--store", await Stored()], Key);
        foreach (var path in new[] { "sparql?query=ASK%20%7B%7D", "data?default", "dashboard/knowledge/sparql?query=ASK%20%7B%7D", "dashboard/knowledge/vocabulary" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.Http.GetAsync(path)).StatusCode);
        Assert.Contains("Sign in", await site.Http.GetStringAsync("dashboard/knowledge"), StringComparison.Ordinal);
        site.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");
        Assert.Contains("true", await site.Http.GetStringAsync("sparql?query=ASK%20%7B%7D"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no key", "0.0.0.0")]
    [InlineData("no address to listen on", "nix")]
    public async Task KgServe_WrongAddress_SaysWhatIsNeeded(string message, string host)
    {
        var run = await CliRun.Of("kg", "serve", "--store", await Stored(), "--host", host);
        Assert.Equal(1, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [BrowserTheory]
    [InlineData(Desk, false)]
    [InlineData(Desk, true)]
    [InlineData(Phone, false)]
    [InlineData(Phone, true)]
    public async Task Page_InTheDashboard_SignsInAsksAndChanges(int width, bool dark)
    {
        await using var site = await Site.StartAsync(["serve", "--config_file", _scratch.Write("flow.yml", Workflow), "--run-log", "none", "--store", await Stored()], Key);
        await using var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!, width, dark);
        var page = visit.Page;
        var look = $"{(width == Phone ? "phone" : "desk")}-{(dark ? "dark" : "light")}";
        await page.GotoAsync("/dashboard/knowledge?query=" + Uri.EscapeDataString("SELECT ?who ?p ?what { ?who ?p ?what }"));
        await page.FillAsync("#key", Key);
        await page.ClickAsync("main button");
        await page.Locator("#about", new() { HasText = "7 quads" }).WaitForAsync(); // the page's scripts are there
        await page.ClickAsync("#run");
        await page.Locator("#status", new() { HasText = "7 solutions" }).WaitForAsync();
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.Equal("Knowledge", await page.TextContentAsync("nav [aria-current]"));
        await visit.CheckAsync($"knowledge-table-{look}");
        await page.ClickAsync("#tab-graph");
        await page.Locator("#graph canvas").First.WaitForAsync();
        await visit.CheckAsync($"knowledge-graph-{look}");
        await page.ClickAsync("#theme");
        await visit.CheckAsync($"knowledge-graph-{look}-switched");
        await page.ClickAsync("#theme");
        await page.ClickAsync("#tab-table");
        Assert.Empty(await visit.BarriersAsync());

        await page.GotoAsync("/dashboard/knowledge?query=" + Uri.EscapeDataString("PREFIX f: <http://example.org/family#> INSERT DATA { f:cleo f:parent f:dan }"));
        await page.Locator("#about", new() { HasText = "7 quads" }).WaitForAsync();
        await page.ClickAsync("#run");
        await page.Locator("#about", new() { HasText = "8 quads" }).WaitForAsync();
        await visit.CheckAsync($"knowledge-updated-{look}");
    }

    private async Task<string> Stored()
    {
        var folder = Path.Combine(_scratch.Folder, "family.db");
        Assert.Equal(0, (await CliRun.Of("kg", "load", _scratch.Write("family.ttl", Family), "--store", folder)).Code);
        return folder;
    }

    /// <summary>A command that serves, as a process on a free port.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private readonly Process _server;

        private Site(Process server, string url) => (_server, Http) = (server, new HttpClient { BaseAddress = new Uri(url) });

        public HttpClient Http { get; }

        public static async Task<Site> StartAsync(string[] command, string? key = null, string variable = "HUB_API_KEY")
        {
            var server = CliRun.Start(key is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [variable] = key }, [.. command, "--port", "0", "--json"]);
            var line = await server.StandardOutput.ReadLineAsync();
            return new Site(server, JsonElement.Parse(line ?? throw new InvalidOperationException(await server.StandardError.ReadToEndAsync())).GetProperty("url").GetString()!);
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            using (Process.Start("kill", ["-TERM", $"{_server.Id}"]))
                await _server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, _server.ExitCode);
            _server.Dispose();
        }
    }
}
