using System.Globalization;
using Hub.Abstractions;
using Hub.Core;
using Hub.Dashboard.Http;
using Hub.Dashboard.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Dashboard.Runs;

/// <summary>Pages about runs, and what may be done with a run from there.</summary>
internal sealed class RunRoutes(PageServer pages, IHub hub, RunReader reader, LiveRuns live)
{
    private const int MaxPage = 1_000;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);


    /// <summary><c>GET /</c>: the list.</summary>
    public Task ListAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= MaxPage ? number : 0;
        var model = reader.List(pages.Runs(http), query["status"].ToString(), query["q"].ToString(), page);
        var version = Version(model.Rows.Select(r => $"{r.Run.Header.RunId}{r.Run.Status}{r.Run.Events}").Append(model.Looked.ToString(CultureInfo.InvariantCulture)));
        return pages.ShowAsync<RunsPage>(http, "Runs", new() { [nameof(RunsPage.Model)] = model }, version);
    }

    /// <summary><c>GET /runs/{id}?step=</c>: one run.</summary>
    public Task ShowAsync(HttpContext http)
    {
        var model = reader.Run(pages.Runs(http), Id(http), http.Request.Query["step"]);
        return pages.ShowAsync<RunPage>(http, $"Run {model.Run.Header.RunId}", new() { [nameof(RunPage.Model)] = model }, Version([$"{model.Run.Status}{model.Run.Events}{model.Selected?.Node.Id}"]));
    }

    /// <summary><c>POST /runs/{id}/cancel</c>.</summary>
    public Task<string> CancelAsync(HttpContext http, IFormCollection form)
    {
        var id = pages.Runs(http).Find(Id(http)).Header.RunId;
        hub.Runs.Cancel(id);
        return Task.FromResult(Address(id));
    }

    /// <summary><c>POST /runs/{id}/resume</c>: goes on, with an answer or a decision where the run waits for one.</summary>
    public async Task<string> ResumeAsync(HttpContext http, IFormCollection form)
    {
        live.DemandRoom();
        var id = pages.Runs(http).Find(Id(http)).Header.RunId;
        var handle = await hub.ResumeAsync(id, Said(form), http.RequestAborted);
        live.Keep(handle);
        return form["next"].ToString() is { Length: > 0 } next && next.StartsWith($"{pages.Path}/", StringComparison.Ordinal) ? next : Address(id);
    }

    /// <summary><c>POST /runs/{id}/fork</c>: a new run out of the beginning of this one, which goes on at once.</summary>
    public async Task<string> ForkAsync(HttpContext http, IFormCollection form)
    {
        live.DemandRoom();
        if (!long.TryParse(form["at"], NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            throw new PageException(StatusCodes.Status400BadRequest, "Fork where?", "'at' is the sequence of the last event to keep, a whole number.");
        string fork;
        try
        {
            fork = RunFork.Fork(hub.Runs, pages.Runs(http).Find(Id(http)).Header.RunId, at, pages.Options.Time);
        }
        catch (ArgumentOutOfRangeException wrong)
        {
            throw new PageException(StatusCodes.Status400BadRequest, "Fork where?", wrong.Message);
        }

        live.Keep(await hub.ResumeAsync(fork, null, http.RequestAborted));
        return Address(fork);
    }

    /// <summary><c>GET /runs/{id}/stream</c>: the answer's parts as they come, then <c>end</c>.</summary>
    public async Task StreamAsync(HttpContext http)
    {
        var id = pages.Runs(http).Find(Id(http)).Header.RunId;
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        if (live.Find(id) is { } handle)
        {
            await foreach (var part in handle.AnswerPartsAsync(http.RequestAborted))
                await SendAsync(http, "part", part);
            await handle.Completion.WaitAsync(http.RequestAborted);
        }
        else
        {
            // Another process writes it, or another route began it: its log says when it is done.
            while (hub.Runs.Find(id).Status == RunStatus.Running)
                await Task.Delay(s_poll, pages.Options.Time, http.RequestAborted);
        }

        await SendAsync(http, "end", id);
    }

    private static async Task SendAsync(HttpContext http, string name, string text)
    {
        await http.Response.WriteAsync($"event: {name}\ndata: {System.Text.Json.JsonSerializer.Serialize(text)}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static ResumeOptions Said(IFormCollection form)
    {
        var effect = form["effect"].ToString();
        if (effect.Length == 0)
            return new ResumeOptions();
        if (form["decision"].ToString() is not { Length: > 0 } decision)
            return new ResumeOptions { Answers = new Dictionary<string, string> { [effect] = form["answer"].ToString() } };
        try
        {
            var text = form["detail"].ToString();
            return new ResumeOptions { Decisions = new Dictionary<string, EffectDecision> { [effect] = EffectDecision.Parse(decision == "redo" ? decision : $"{decision}:{text}") } };
        }
        catch (FormatException wrong)
        {
            throw new PageException(StatusCodes.Status400BadRequest, "That is no decision", wrong.Message);
        }
    }

    private string Address(string id) => $"{pages.Path}/runs/{id}";

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static string Version(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('|', parts))))[..16];
}
