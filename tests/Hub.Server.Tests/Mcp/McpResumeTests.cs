using System.Net.ServerSentEvents;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Server.Mcp;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Tests.Mcp;

#pragma warning disable MCP9006 // what clients of the revisions with sessions resume by

/// <summary>Clients of the Model Context Protocol that lost a connection and come back: nothing is lost, nothing comes twice.</summary>
/// <remarks>Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/transports, "Resumability and Redelivery".</remarks>
public sealed class McpResumeTests
{
    [Fact]
    public async Task Call_WhoseConnectionIsLost_IsAnsweredOnceToTheClientThatComesBack()
    {
        using var gate = new SemaphoreSlim(0);
        var calls = 0;
        await using var served = await SlowAsync(async cancelled =>
        {
            Interlocked.Increment(ref calls);
            await gate.WaitAsync(cancelled);
        });
        var session = await InitializeAsync(served);
        string last;
        using (var call = await PostAsync(served, session, Call))
        {
            var first = await FirstAsync(call);
            Assert.Equal("", first.Data); // an event without words comes first, so that there is an id to come back with
            last = first.EventId!;
            await Until.TrueAsync(() => Volatile.Read(ref calls) == 1);
        }

        gate.Release();
        var missed = await ReadAsync(served, session, last);
        Assert.Contains("slept well", Assert.Single(missed, e => e.Data.Contains("\"id\":7", StringComparison.Ordinal)).Data, StringComparison.Ordinal);
        Assert.Equal(missed.Skip(1).Select(e => e.Data), (await ReadAsync(served, session, missed[0].EventId!)).Select(e => e.Data));
        Assert.Empty(await ReadAsync(served, session, missed[^1].EventId!));
        Assert.Equal(1, calls);
        Assert.Equal(RunStatus.Completed, Assert.Single(served.Hub.Runs.List()).Status);
    }

    [Fact]
    public async Task Call_LongerThanAResponseStaysOpen_IsComeBackFor()
    {
        using var gate = new SemaphoreSlim(0);
        await using var served = await SlowAsync(gate.WaitAsync, o => o.Mcp.PollAfterSeconds = 0.2);
        var session = await InitializeAsync(served);
        using var call = await PostAsync(served, session, Call);
        var text = await call.Content.ReadAsStringAsync(); // it ends, though the call goes on
        Assert.Contains("retry: 1000", text, StringComparison.Ordinal);
        Assert.DoesNotContain("slept well", text, StringComparison.Ordinal);
        var last = text.Split('\n').Last(l => l.StartsWith("id: ", StringComparison.Ordinal))["id: ".Length..].Trim();

        var waiting = ReadAsync(served, session, last);
        gate.Release();
        var all = await waiting;
        while (!all.Exists(e => e.Data.Contains("\"id\":7", StringComparison.Ordinal)))
            all.AddRange(await ReadAsync(served, session, all[^1].EventId!)); // who polls gets what is there, and comes back

        Assert.Contains("slept well", all[^1].Data, StringComparison.Ordinal);
        Assert.Equal(all.Count, all.Select(e => e.EventId).Distinct().Count());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("00000000000000000000000000000000-0")]
    [InlineData("-1")]
    public async Task ComeBack_WithAnIdThatIsNone_IsRefused(string id)
    {
        await using var served = await SlowAsync(_ => Task.CompletedTask);
        var session = await InitializeAsync(served);

        Assert.Equal(400, (int)(await GetAsync(served, session, id)).StatusCode);
    }

    [Fact]
    public async Task ComeBack_ForAnotherSessionsStream_IsRefused()
    {
        await using var served = await SlowAsync(_ => Task.CompletedTask);
        var (mine, theirs) = (await InitializeAsync(served), await InitializeAsync(served));
        using var call = await PostAsync(served, mine, Call);
        var id = (await FirstAsync(call)).EventId!;

        Assert.Equal(400, (int)(await GetAsync(served, theirs, id)).StatusCode);
    }

    [Fact]
    public async Task Store_CutAnywhere_GivesTheRestOnceAndInOrder()
    {
        var random = new Random(7);
        for (var round = 0; round < 50; round++)
        {
            var store = new McpEventStore(TimeProvider.System);
            await using var stream = await StreamAsync(store);
            List<string> all = [];
            var count = random.Next(1, 40);
            var cut = random.Next(0, count);
            Task<List<string>>? reading = null;
            for (var i = 0; i < count; i++)
            {
                all.Add((await stream.WriteEventAsync(new SseItem<JsonRpcMessage?>(null), default)).EventId!);
                if (i == cut)
                    reading = Task.Run(async () => await RestAsync(store, all[cut]));
            }

            await stream.DisposeAsync();
            Assert.Equal(all.Skip(cut + 1), await reading!);
            Assert.Equal(all.Count, all.Distinct().Count());
        }
    }

    [Fact]
    public async Task Store_EventsThatAreGone_AreRefusedRatherThanSkipped()
    {
        var store = new McpEventStore(TimeProvider.System);
        await using var stream = await StreamAsync(store);
        List<string> ids = [];
        for (var i = 0; i < McpEventStore.MaxEvents + 10; i++)
            ids.Add((await stream.WriteEventAsync(new SseItem<JsonRpcMessage?>(null), default)).EventId!);

        Assert.Null(await store.GetStreamReaderAsync(ids[8]));
        Assert.NotNull(await store.GetStreamReaderAsync(ids[9]));
        await stream.DisposeAsync();
        Assert.Equal(McpEventStore.MaxEvents, (await RestAsync(store, ids[9])).Count);
    }

    [Fact]
    public async Task Store_OfTooManyStreams_ForgetsThoseThatEndedFirst()
    {
        var time = new FakeTimeProvider();
        var store = new McpEventStore(time);
        List<string> ids = [];
        for (var i = 0; i < McpEventStore.MaxStreams; i++)
        {
            var stream = await StreamAsync(store);
            ids.Add((await stream.WriteEventAsync(new SseItem<JsonRpcMessage?>(null), default)).EventId!);
            time.Advance(TimeSpan.FromMilliseconds(1));
            if (i is 5 or 3)
                await stream.DisposeAsync();
        }

        await StreamAsync(store);
        Assert.Null(await store.GetStreamReaderAsync(ids[3]));
        Assert.NotNull(await store.GetStreamReaderAsync(ids[5]));
        time.Advance(McpEventStore.Kept + TimeSpan.FromMinutes(1));
        Assert.Null(await store.GetStreamReaderAsync(ids[5])); // it ended too long ago
        Assert.NotNull(await store.GetStreamReaderAsync(ids[0]));
    }

    private const string Call = """{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "sleep", "arguments": {}, "_meta": {"progressToken": "p"}}}""";

    private static Task<Served> SlowAsync(Func<CancellationToken, Task> sleep, Action<HubServerOptions>? configure = null) => Served.ReActAsync(
        Script.Says("x"), configure, hub => hub.AddTool(HubTool.Create(
            async (CancellationToken cancelled) =>
            {
                await sleep(cancelled);
                return "slept well";
            },
            "sleep",
            Redo.Freely,
            "Sleeps.")));

    private static async Task<string> InitializeAsync(Served served)
    {
        using var answer = await PostAsync(served, null, """{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}""");
        var session = answer.Headers.GetValues("Mcp-Session-Id").Single();
        using var told = await PostAsync(served, session, """{"jsonrpc": "2.0", "method": "notifications/initialized"}""");
        Assert.Equal(202, (int)told.StatusCode);
        return session;
    }

    private static Task<HttpResponseMessage> PostAsync(Served served, string? session, string body) => SendAsync(served, session, new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = Served.Json(body) });

    private static Task<HttpResponseMessage> GetAsync(Served served, string session, string lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Add("Last-Event-ID", lastEventId);
        return SendAsync(served, session, request);
    }

    private static async Task<HttpResponseMessage> SendAsync(Served served, string? session, HttpRequestMessage request)
    {
        request.Headers.Add("Accept", "application/json, text/event-stream");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
            request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        }

        using (request)
            return await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<SseItem<string>> FirstAsync(HttpResponseMessage response)
    {
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            return item;
        throw new InvalidOperationException("The stream was empty.");
    }

    private static async Task<List<SseItem<string>>> ReadAsync(Served served, string session, string lastEventId)
    {
        using var response = await GetAsync(served, session, lastEventId);
        response.EnsureSuccessStatusCode();
        List<SseItem<string>> all = [];
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
            all.Add(item);
        return all;
    }

    private static ValueTask<ISseEventStreamWriter> StreamAsync(McpEventStore store) => store.CreateStreamAsync(new SseEventStreamOptions { SessionId = "s", StreamId = "1", Mode = SseEventStreamMode.Streaming });

    private static async Task<List<string>> RestAsync(McpEventStore store, string after)
    {
        List<string> rest = [];
        await foreach (var item in (await store.GetStreamReaderAsync(after))!.ReadEventsAsync())
            rest.Add(item.EventId!);
        return rest;
    }
}
