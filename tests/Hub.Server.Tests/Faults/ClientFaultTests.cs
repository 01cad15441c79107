using System.Net.Sockets;
using System.Text;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Faults;

/// <summary>Clients that go away, that do not read, and that send what is no request.</summary>
public sealed class ClientFaultTests
{
    [Theory]
    [InlineData("/generate/stream", """{"input_message": "x"}""")]
    [InlineData("/v1/workflow/stream", """{"input_message": "x"}""")]
    [InlineData("/v1/workflow/full", """{"input_message": "x"}""")]
    [InlineData("/chat/stream", """{"messages": [{"role": "user", "content": "x"}]}""")]
    [InlineData("/v1/workflow", """{"input_message": "x"}""")]
    [InlineData("/v1/chat", """{"messages": [{"role": "user", "content": "x"}]}""")]
    public async Task Client_DropsAtAnyMoment_LeavesNoRunBehind(string path, string body)
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("slow", new Drips(parts: 400, chars: 8, TimeSpan.FromMilliseconds(1))).Build());
        var random = new Random(11);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 250)));
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Served.Json(body) };
                using var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gone.Token);
                await response.Content.ReadAsStringAsync(gone.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
            {
                // that is the point
            }
        }));

        await Until.TrueAsync(() => served.Hub.Runs.List().All(r => r.Status is RunStatus.Cancelled or RunStatus.Completed));
    }

    [Fact]
    public async Task Reader_ThatIsSlow_GetsEveryCharacterOnce()
    {
        // 12,000 parts at once: three times as many as wait for a reader that is behind.
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("fast", new Drips(parts: 12_000, chars: 100, TimeSpan.Zero)).Build());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate/stream") { Content = Served.Json("""{"input_message": "x"}""") };
        using var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await Task.Delay(500);

        var ui = await ToolkitUi.ReadAsync(response, isChat: false, 64 * 1024);

        Assert.Equal(Drips.Whole(12_000, 100), ui.Text);
    }

    [Fact]
    public async Task Reader_ThatNeverReads_HoldsNoMoreThanItsBuffer()
    {
        await using var served = await Served.StartAsync(HubHost.CreateBuilder().AddReasoner("fast", new Drips(parts: 60_000, chars: 1000, TimeSpan.Zero, isKept: false)).Build());
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync("127.0.0.1", served.Http.BaseAddress!.Port);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        const string Body = """{"input_message": "x"}""";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /generate/stream HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));

        await Until.TrueAsync(() => served.Hub.Runs.List() is [{ Status: RunStatus.Completed or RunStatus.Cancelled }]);

        // 60 MB went through the run; what waits for the reader is 4,096 parts of 2 KB and the socket's buffers.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 40 << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("{\"input_message\": \"a\",}")]
    [InlineData("{'input_message': 'a'}")]
    [InlineData("{\"input_message\": \"a\"} trailing")]
    [InlineData("{\"input_message\": NaN}")]
    [InlineData("HALF")]
    [InlineData("<xml/>")]
    [InlineData("{\"input_message\": \"\\ud800\"}")]
    [InlineData("{\"input_message\\udc00\": \"x\"}")]
    public async Task Body_ThatIsNoJson_Is400(string body)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"));
        using var content = new ByteArrayContent(body == "HALF" ? [.. Encoding.ASCII.GetBytes("{\"input_message\": \""), 0xED, 0xA0, 0x80, .. "\"}"u8] : Encoding.UTF8.GetBytes(body));

        Assert.Equal(400, (int)(await served.Http.PostAsync("/v1/workflow", content)).StatusCode);
        Assert.Empty(served.Hub.Runs.List());
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public async Task Body_ThatIsHuge_IsRefusedAndTheServerLivesOn(int bytes)
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: x"), o => o.MaxRequestBytes = 64 * 1024);

        foreach (var body in (string[])[$$"""{"input_message": "{{new string('x', bytes)}}"}""", string.Concat(Enumerable.Repeat("[", bytes)), $$"""{"messages": [{{string.Join(',', Enumerable.Repeat("{}", bytes / 3))}}]}"""])
        {
            try
            {
                Assert.Contains((int)(await served.Http.PostAsync("/v1/workflow", Served.Json(body))).StatusCode, (int[])[400, 413]);
            }
            catch (HttpRequestException)
            {
                // The server answered and closed before it was sent whole, as it may.
            }
        }

        Assert.Equal(200, (await served.PostAsync("/v1/workflow", """{"input_message": "x"}""")).Status);
    }

    private sealed class Drips(int parts, int chars, TimeSpan pause, bool isKept = true) : IReasoner
    {
        public static string Whole(int parts, int chars) => string.Concat(Enumerable.Range(0, parts).Select(i => Part(i, chars)));

        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
        {
            for (var i = 0; i < parts; i++)
            {
                run.Cancelled.ThrowIfCancellationRequested();
                await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, Part(i, chars)));
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, run.Cancelled);
            }

            return run.Answer(isKept ? Whole(parts, chars) : "done");
        }

        private static string Part(int i, int chars) => i.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(chars - 1, '.') + " ";
    }
}
