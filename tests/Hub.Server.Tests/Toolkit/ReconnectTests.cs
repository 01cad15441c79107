using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Toolkit;

/// <summary>A client that lost its stream comes back with <c>Last-Event-ID</c>: nothing is lost, nothing is said twice.</summary>
public sealed class ReconnectTests
{
    private const string Ask = """{"input_message": "6 times 7?"}""";
    private const string Chat = """{"messages": [{"role": "user", "content": "6 times 7?"}]}""";

    [Theory]
    [InlineData("/v1/workflow/stream", Ask)]
    [InlineData("/generate/stream", Ask)]
    [InlineData("/v1/workflow/full?filter_steps=WORKFLOW_START,WORKFLOW_END,LLM_START,LLM_END,TOOL_START,TOOL_END", Ask)] // tokens are streamed and never stored; their LLM_END has them all
    [InlineData("/v1/workflow/atif", Ask)]
    [InlineData("/chat/stream", Chat)]
    public async Task Stream_BrokenAfterAnyEvent_GoesOnWithTheNext(string path, string body)
    {
        await using var served = await ServeAsync(Multiplies());
        var whole = await EventsAsync(served, path, body, null);

        for (var cut = 0; cut < whole.Count - 1; cut++)
        {
            if (whole[cut].Id is not { } last)
                continue;
            var rest = await EventsAsync(served, path, body, last);
            Assert.Equal(Joined(whole), Joined([.. whole.Take(cut + 1), .. rest]));
        }

        Assert.Single(served.Hub.Runs.List());
    }

    [Fact]
    public async Task Stream_BrokenWhileTheRunGoesOn_MissesNothing()
    {
        var go = new TaskCompletionSource();
        var turn = 0;
        await using var served = await ServeAsync(new Script(async (_, _, cancelled) =>
        {
            if (turn++ == 0)
                return new(ChatRole.Assistant, "Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}");
            await go.Task.WaitAsync(cancelled);
            return new(ChatRole.Assistant, "Thought: k\nFinal Answer: It is forty two.");
        }));
        List<Event> first = [];
        using (var request = Request("/v1/workflow/stream", Ask, null))
        using (var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync()))
        {
            while (first.Count < 4 || first[^1].Id is null)
                await ReadAsync(reader, first);
        }

        var back = EventsAsync(served, "/v1/workflow/stream", Ask, first[^1].Id);
        await Task.Delay(50);
        go.SetResult();
        var rest = await back;

        var run = Assert.Single(served.Hub.Runs.List());
        Assert.Equal(RunStatus.Completed, run.Status);
        var whole = await EventsAsync(served, "/v1/workflow/stream", Ask, $"{run.Header.RunId}:0:0");
        Assert.Equal(Joined(whole), Joined([.. first, .. rest]));
    }

    [Fact]
    public async Task Client_ThatDoesNotComeBack_CancelsItsRunAfterTheTime()
    {
        await using var served = await Served.ReActAsync(Script.Hangs(), o => o.FrontEnd.ReconnectSeconds = 1);
        using (var request = Request("/v1/workflow/stream", Ask, null))
        using (await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            // and away
        }

        await Until.TrueAsync(() => served.Hub.Runs.List() is [{ Status: RunStatus.Cancelled }]);
    }

    [Fact]
    public async Task Client_OfAServerThatEnded_GoesOnAtTheNext()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("hub-reconnect-").FullName, "runs.db");
        IHub Hub(IChatClient model) => HubHost.CreateBuilder().AddModel("m", model).AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely))
            .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["multiply"])).UseRunLog(file).Build();
        var turn = 0;
        List<Event> first = [];
        await using (var served = await Served.StartAsync(Hub(new Script(async (_, _, cancelled) =>
        {
            if (turn++ == 0)
                return new(ChatRole.Assistant, "Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}");
            await Task.Delay(Timeout.Infinite, cancelled);
            return new();
        })), o => o.FrontEnd.ReconnectSeconds = 60))
        {
            using var request = Request("/v1/workflow/stream", Ask, null);
            using var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (first.Count < 4 || first[^1].Id is null)
                await ReadAsync(reader, first);
            await served.Hub.DisposeAsync(); // the run is interrupted, not cancelled
        }

        await using var next = await Served.StartAsync(Hub(Script.Says("Thought: k\nFinal Answer: It is 42.")), o => o.FrontEnd.ReconnectSeconds = 60);
        var rest = await EventsAsync(next, "/v1/workflow/stream", Ask, first[^1].Id);

        Assert.Contains("It is 42.", string.Concat(rest.Select(e => e.Text)), StringComparison.Ordinal);
        Assert.Single(next.Hub.Runs.List());
    }

    [Theory]
    [InlineData("nonsense", 400)]
    [InlineData("0123456789abcdef:1:x", 400)]
    [InlineData("0123456789abcdef:1:0", 404)]
    public async Task LastEventId_OfNoStream_IsRefused(string last, int expected)
    {
        await using var served = await ServeAsync(Multiplies());
        using var request = Request("/v1/workflow/stream", Ask, last);

        Assert.Equal(expected, (int)(await served.Http.SendAsync(request)).StatusCode);
        Assert.Empty(served.Hub.Runs.List());
    }

    [Fact]
    public async Task Stream_WhereNobodyMayComeBack_HasNoIds()
    {
        await using var served = await Served.ReActAsync(Multiplies());

        Assert.All(await EventsAsync(served, "/v1/workflow/stream", Ask, null), e => Assert.Null(e.Id));
    }

    private static Script Multiplies() => Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Thought: k\nFinal Answer: It is forty two.");

    private static Task<Served> ServeAsync(IChatClient model) => Served.ReActAsync(model, o => o.FrontEnd.ReconnectSeconds = 60);

    private static HttpRequestMessage Request(string path, string body, string? last)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Served.Json(body) };
        if (last is not null)
            request.Headers.Add("Last-Event-ID", last);
        return request;
    }

    private static async Task<List<Event>> EventsAsync(Served served, string path, string body, string? last)
    {
        using var request = Request(path, body, last);
        using var response = await served.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        List<Event> events = [];
        while (await ReadAsync(reader, events))
        {
            // to the end
        }

        return events;
    }

    /// <summary>One block of the stream: an event, or the place of the one before it; false at its end.</summary>
    private static async Task<bool> ReadAsync(StreamReader reader, List<Event> events)
    {
        List<string> lines = [];
        string? line;
        while ((line = await reader.ReadLineAsync()) is { Length: > 0 })
            lines.Add(line);
        if (lines is [{ } id] && id.StartsWith("id: ", StringComparison.Ordinal))
            events[^1] = events[^1] with { Id = id["id: ".Length..] };
        else if (lines.Count > 0)
            events.Add(new Event(string.Join('\n', lines), null));
        return line is not null || lines.Count > 0;
    }

    /// <summary>Events in their order, the parts of the answer as one text: how it was cut into parts is nobody's business.</summary>
    private static string Joined(IReadOnlyList<Event> events)
    {
        List<string> steps = [];
        var text = "";
        foreach (var e in events)
        {
            var data = e.Text.StartsWith("data: {", StringComparison.Ordinal) ? System.Text.Json.JsonElement.Parse(e.Text["data: ".Length..]) : default;
            if (data.ValueKind == System.Text.Json.JsonValueKind.Object && data.TryGetProperty("value", out var value))
                text += value.GetString();
            else if (data.ValueKind == System.Text.Json.JsonValueKind.Object && data.TryGetProperty("choices", out var choices) && choices[0].GetProperty("finish_reason").ValueKind == System.Text.Json.JsonValueKind.Null)
                text += choices[0].GetProperty("delta").GetProperty("content").GetString();
            else
                steps.Add(System.Text.RegularExpressions.Regex.Replace(e.Text, "\"created\":[0-9]+", "\"created\":0"));
        }

        return $"{string.Join('\n', steps)}\n{text}";
    }

    private sealed record Event(string Text, string? Id);
}
