using System.Net;
using Hub.Abstractions;
using Hub.Dashboard.Tests.Kit;

namespace Hub.Dashboard.Tests.Runs;

public sealed class RunPageTests
{
    [Fact]
    public async Task List_OfRuns_HasTokensCostAndStatus()
    {
        await using var site = await Site.StartAsync();
        var done = await site.RunAsync("solver", "What is 14 times 27?");
        await site.RunAsync("broken", "Fail");

        var list = await site.PageAsync("/dashboard/");

        Assert.Contains("What is 14 times 27?", list);
        Assert.Contains($">{done.Usage.TotalTokenCount:N0}<", list);
        Assert.Contains(Cost(done), list);
        Assert.Contains("badge failed", list);
        Assert.DoesNotContain("14 times 27", await site.PageAsync("/dashboard/?status=failed"));
        Assert.Contains("14 times 27", await site.PageAsync("/dashboard/?q=times+SOLVER"));
        Assert.Contains("Nothing matches", await site.PageAsync("/dashboard/?q=nobodyaskedthis"));
    }

    [Fact]
    public async Task Run_OfAnAgent_HasItsStepsAndTheirText()
    {
        await using var site = await Site.StartAsync();
        var run = await site.RunAsync("solver", "What is 14 times 27?");
        var tool = site.Hub.Runs.Read(run.RunId).Single(e => e.Kind == RunEventKind.ToolStart);
        var second = site.Hub.Runs.Read(run.RunId).Last(e => e.Kind == RunEventKind.LlmStart);

        var whole = await site.PageAsync($"/dashboard/runs/{run.RunId[..8]}");
        var oneTool = await site.PageAsync($"/dashboard/runs/{run.RunId}?step={tool.Id}");
        var oneCall = await site.PageAsync($"/dashboard/runs/{run.RunId}?step={second.Id}");

        Assert.Contains("14 times 27 is 378.", whole);
        Assert.Equal(3, whole.Split("<rect ").Length - 1);
        Assert.Contains("\"a\": 14", oneTool);
        Assert.Contains(">378</pre>", oneTool);
        Assert.Contains("messages that earlier calls sent too", oneCall);
        Assert.Contains("What is 14 times 27?", oneCall);
        Assert.Contains("Thought: I know it now.", oneCall);
    }

    [Fact]
    public async Task Run_ThatFailed_SaysWhy()
    {
        await using var site = await Site.StartAsync();
        var run = await site.RunAsync("broken", "Fail");

        Assert.Contains("The ledger is locked. Unlock it first.", await site.PageAsync($"/dashboard/runs/{run.RunId}"));
    }

    [Fact]
    public async Task Fork_BeforeAStep_IsARunOfItsOwnThatGoesOn()
    {
        await using var site = await Site.StartAsync();
        var run = await site.RunAsync("solver", "What is 14 times 27?");
        var tool = site.Hub.Runs.Read(run.RunId).Single(e => e.Kind == RunEventKind.ToolStart);
        var page = $"/dashboard/runs/{run.RunId}";

        var (status, to, body) = await site.PostAsync($"{page}/fork", $"{page}?step={tool.Id}", ("at", $"{tool.Sequence - 1}"));

        Assert.True(status == HttpStatusCode.SeeOther, body);
        var fork = to.Split('/')[^1];
        await EndAsync(site, fork);
        Assert.Equal($"{run.RunId}@{tool.Sequence - 1}", site.Hub.Runs.Find(fork).Header.ForkedFrom);
        Assert.Contains("14 times 27 is 378.", await site.PageAsync(to));
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync($"{page}/fork", $"{page}?step={tool.Id}", ("at", "999"))).Status);
    }

    [Fact]
    public async Task Resume_WithAnAnswer_GoesOn()
    {
        await using var site = await Site.StartAsync();
        var run = await site.RunAsync("asker", "Pay Ada");
        var page = $"/dashboard/runs/{run.RunId}";
        Assert.Contains("Send 12.50 to Ada?", await site.PageAsync(page));

        var (status, to, _) = await site.PostAsync($"{page}/resume", page, ("effect", run.Pending!.EffectId), ("answer", "yes"), ("next", "https://elsewhere.example/"));

        Assert.Equal((HttpStatusCode.SeeOther, page), (status, to));
        await EndAsync(site, run.RunId);
        Assert.Contains("You said yes.", await site.PageAsync(page));
    }

    [Fact]
    public async Task Cancel_RunUnderWay_EndsIt()
    {
        await using var site = await Site.StartAsync();
        var handle = site.Hub.Start("waiter", ReasonerRequest.From("Wait"));
        var page = $"/dashboard/runs/{handle.RunId}";
        Assert.Contains("data-live=\"1000\"", await site.PageAsync(page));

        await site.PostAsync($"{page}/cancel", page);

        Assert.Equal(RunStatus.Cancelled, (await handle.Completion.WaitAsync(TimeSpan.FromSeconds(30))).Status);
        Assert.DoesNotContain("data-live", await site.PageAsync(page));
    }

    [Fact]
    public async Task Stream_OfARunThatAPageBegan_IsItsWordsThenTheEnd()
    {
        await using var site = await Site.StartAsync();
        var (_, to, _) = await site.PostAsync("/dashboard/chat", "/dashboard/chat", ("with", "waiter"), ("message", "Wait"));
        var run = Assert.Single(site.Hub.Runs.List()).Header.RunId;
        using var response = await site.Http.GetAsync($"/dashboard/runs/{run}/stream", HttpCompletionOption.ResponseHeadersRead);

        site.OpenGate();
        var text = await response.Content.ReadAsStringAsync();

        Assert.Contains("conversation=chat-", to);
        Assert.EndsWith($"event: end\ndata: \"{run}\"\n\n", text);
    }

    [Fact]
    public async Task Chat_SecondMessage_ComesWithTheFirst()
    {
        await using var site = await Site.StartAsync();
        var (_, to, _) = await site.PostAsync("/dashboard/chat", "/dashboard/chat", ("with", "model/m"), ("message", "Hello"));
        await EndAsync(site, site.Hub.Runs.List()[0].Header.RunId);
        var conversation = to.Split("conversation=")[1].Split('#')[0];

        await site.PostAsync("/dashboard/chat", to, ("with", "model/m"), ("message", "And now?"), ("conversation", conversation));
        await EndAsync(site, site.Hub.Runs.List()[0].Header.RunId);

        Assert.Equal(["Hello", "Thought: I know it.\nFinal Answer: Good day to you.", "And now?"], site.Model.Messages.Select(m => m.Text));
        var page = await site.PageAsync(to.Split('#')[0]);
        Assert.Contains("And now?", page);
        Assert.Contains(conversation, (await site.PageAsync("/dashboard/chat")));
    }

    [Theory]
    [InlineData("", "solver", HttpStatusCode.BadRequest)]
    [InlineData("Hello", "nobody", HttpStatusCode.NotFound)]
    public async Task Chat_NothingToSendOrNobodyThere_SaysSo(string message, string with, HttpStatusCode expected)
    {
        await using var site = await Site.StartAsync();

        Assert.Equal(expected, (await site.PostAsync("/dashboard/chat", "/dashboard/chat", ("with", with), ("message", message))).Status);
    }

    [Fact]
    public async Task Models_Try_ShowsTheAnswerAndCounts()
    {
        await using var site = await Site.StartAsync();

        var (_, to, _) = await site.PostAsync("/dashboard/models", "/dashboard/models", ("model", "m"), ("prompt", "Hello"), ("temperature", "0.5"));
        await EndAsync(site, site.Hub.Runs.List()[0].Header.RunId);

        Assert.Contains("Good day to you.", await site.PageAsync(to.Split('#')[0]));
        Assert.Equal(HttpStatusCode.BadRequest, (await site.PostAsync("/dashboard/models", "/dashboard/models", ("model", "m"), ("prompt", "Hello"), ("temperature", "7"))).Status);
    }

    [Fact]
    public async Task Plugins_Reload_WithTheKey_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("hub-plugins").FullName;
        await using var site = await Site.StartAsync(o => o.AdminKey = Site.AdminKey, plugins: folder);
        var noOp = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "NoOp", "debug"));
        if (!Directory.Exists(noOp))
            noOp = noOp.Replace("debug", "release", StringComparison.Ordinal);
        var host = site.Plugins;
        host.Folder.Add(noOp);
        Assert.Empty(host.Sync());
        var id = Assert.Single(host.Plugins).Id;

        var (status, to, body) = await site.PostAsync($"/dashboard/plugins/{id}/reload", "/dashboard/plugins", ("key", Site.AdminKey));

        Assert.True(status == HttpStatusCode.SeeOther, body);
        Assert.Contains("is reloaded", await site.PageAsync(to));
    }

    private static async Task EndAsync(Site site, string run)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (site.Hub.Runs.Find(run).Status == RunStatus.Running)
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    private static string Cost(RunResult run) =>
        $">{((run.Usage.InputTokenCount * 2m + run.Usage.OutputTokenCount * 8m) / 1_000_000m)!.Value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture)}<";
}
