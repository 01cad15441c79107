using System.Net;
using Hub.Abstractions;
using Hub.Dashboard.Tests.Kit;
using Hub.Server;

namespace Hub.Dashboard.Tests.Http;

/// <summary>Pages where there are tenants: each key shows its own tenant's runs, the administrator's all.</summary>
public sealed class TenantPageTests
{
    private const string Acme = "the-key-of-acme";
    private const string Other = "the-key-of-other";

    [Fact]
    public async Task Pages_OfATenant_ShowItsOwnRunsAlone()
    {
        await using var site = await SiteAsync(Acme);
        var own = await RunAsync(site, "acme", "What is acme's own?", "chat-shared");
        var foreign = await RunAsync(site, "other", "What is 14 times 27, secretly?", "chat-shared");

        foreach (var page in (string[])["/dashboard/", "/dashboard/?q=secretly", $"/dashboard/?q={foreign}", "/dashboard/chat", "/dashboard/chat?conversation=chat-shared", "/dashboard/models", "/dashboard/components"])
        {
            var text = await site.PageAsync(page);
            Assert.DoesNotContain("14 times 27", text, StringComparison.Ordinal);
            Assert.DoesNotContain($"runs/{foreign}", text, StringComparison.Ordinal);
        }

        Assert.Contains("acme's own", await site.PageAsync("/dashboard/"), StringComparison.Ordinal);
        Assert.Contains("acme's own", await site.PageAsync("/dashboard/chat?conversation=chat-shared"), StringComparison.Ordinal);
        Assert.Contains(own, await site.PageAsync($"/dashboard/runs/{own}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAnotherTenant_IsAsOneThatIsNotThere()
    {
        await using var site = await SiteAsync(Acme);
        await RunAsync(site, "acme", "mine", null);
        var foreign = await RunAsync(site, "other", "theirs", null);
        var nowhere = new string(foreign.Select(c => c == 'f' ? '0' : 'f').ToArray());

        foreach (var path in (string[])["/dashboard/runs/{0}", "/dashboard/runs/{0}/stream", "/dashboard/models?run={0}"])
        {
            var (absent, theirs) = (string.Format(null, path, nowhere), string.Format(null, path, foreign));
            Assert.Equal(Blank(await site.PageAsync(absent, HttpStatusCode.NotFound), nowhere), Blank(await site.PageAsync(theirs, HttpStatusCode.NotFound), foreign));
        }

        Assert.DoesNotContain(foreign, await site.PageAsync($"/dashboard/runs/{foreign[..4]}", HttpStatusCode.NotFound), StringComparison.Ordinal);
        foreach (var act in (string[])["cancel", "resume", "fork"])
            Assert.Equal(HttpStatusCode.NotFound, (await site.PostAsync($"/dashboard/runs/{foreign}/{act}", "/dashboard/", ("at", "1"))).Status);
        Assert.Equal(2, site.Hub.Runs.List().Count);
    }

    [Fact]
    public async Task Chat_OfATenant_BeginsRunsOfItsOwnAndKnowsNothingOfOthers()
    {
        await using var site = await SiteAsync(Acme);
        await RunAsync(site, "other", "Remember the word swordfish.", "chat-shared");

        await site.PostAsync("/dashboard/chat", "/dashboard/chat", ("with", "solver"), ("message", "Hello"), ("conversation", "chat-shared"));
        await EndAsync(site);
        Assert.Contains(site.Model.Messages, m => m.Text.Contains("Hello", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Model.Messages, m => m.Text.Contains("swordfish", StringComparison.Ordinal));
        await site.PostAsync("/dashboard/models", "/dashboard/models", ("model", "m"), ("prompt", "Hello"));
        await EndAsync(site);

        var begun = site.Hub.Runs.List().Where(r => r.Header.Tenant == "acme").ToArray();
        Assert.Equal(2, begun.Length);
        Assert.All(begun, r => Assert.Equal("ann", r.Header.UserId));
    }

    [Theory]
    [InlineData("/dashboard/health")]
    [InlineData("/dashboard/plugins")]
    public async Task Pages_AboutTheServer_AreTheAdministrators(string page)
    {
        await using (var site = await SiteAsync(Acme))
        {
            Assert.Contains("for its administrator", await site.PageAsync(page, HttpStatusCode.Forbidden), StringComparison.Ordinal);
            Assert.DoesNotContain($"href=\"{page}\"", await site.PageAsync("/dashboard/"), StringComparison.Ordinal);
        }

        await using var admin = await SiteAsync(Site.AdminKey);
        await RunAsync(admin, "acme", "one of acme", null);
        await RunAsync(admin, "other", "one of other", null);
        await admin.PageAsync(page);
        var list = await admin.PageAsync("/dashboard/");
        Assert.Contains("one of acme", list, StringComparison.Ordinal);
        Assert.Contains("one of other", list, StringComparison.Ordinal);
        Assert.Contains($"href=\"{page}\"", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithAKeyThatIsNone_IsRefusedWhereThereAreTenants()
    {
        await using var site = await Site.StartAsync(Tenants);

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync("/dashboard/sign-in", "/dashboard/sign-in", ("key", "guess"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await site.PostAsync("/dashboard/sign-in", "/dashboard/sign-in", ("key", Other))).Status);
    }

    private static void Tenants(HubServerOptions options)
    {
        options.AdminKey = Site.AdminKey;
        options.Clients = [new ApiClient { ApiKey = Acme, Tenant = "acme", User = "ann" }, new ApiClient { ApiKey = Other, Tenant = "other" }];
    }

    private static async Task<Site> SiteAsync(string key)
    {
        var site = await Site.StartAsync(Tenants);
        Assert.Equal(HttpStatusCode.SeeOther, (await site.PostAsync("/dashboard/sign-in", "/dashboard/sign-in", ("key", key))).Status);
        return site;
    }

    private static async Task EndAsync(Site site)
    {
        for (var i = 0; i < 400 && site.Hub.Runs.List().Any(r => r.Status == RunStatus.Running); i++)
            await Task.Delay(25);
    }

    private static async Task<string> RunAsync(Site site, string tenant, string question, string? conversation) =>
        (await site.Hub.RunAsync("solver", ReasonerRequest.From(question), new RunOptions { Tenant = tenant, ConversationId = conversation })).RunId;

    /// <summary>A page without the id that it was asked for, and without the token of its forms.</summary>
    private static string Blank(string page, string id) => System.Text.RegularExpressions.Regex.Replace(page.Replace(id, "ID", StringComparison.Ordinal), "name=\"csrf\" value=\"[^\"]+\"", "");
}
