using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.Toolkit;

/// <summary>Every streaming route, read by a client that keeps to the rules of the toolkit's user interface.</summary>
public sealed class UiClientTests
{
    private const string Answer = "It is <42> – ünïcode.";

    public static TheoryData<string, bool, bool, int> Routes()
    {
        TheoryData<string, bool, bool, int> routes = [];
        foreach (var pieces in (int[])[1, 7, 4096])
        {
            routes.Add("/generate/stream", false, true, pieces);
            routes.Add("/v1/workflow/stream", false, true, pieces);
            routes.Add("/generate/full", false, true, pieces);
            routes.Add("/v1/workflow/full", false, true, pieces);
            routes.Add("/v1/workflow/atif", false, false, pieces);
            routes.Add("/chat/stream", true, true, pieces);
            routes.Add("/v1/chat/stream", true, true, pieces);
            routes.Add("/v1/chat/completions", true, false, pieces);
            routes.Add("/extra/stream", false, true, pieces);
            routes.Add("/extra/chat/stream", true, true, pieces);
        }

        return routes;
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Stream_ReadByTheUi_ShowsAnswerAndSteps(string path, bool isChat, bool hasSteps, int pieceBytes)
    {
        await using var served = await ServeAsync(Multiplies());

        var ui = await AskAsync(served, path, isChat, pieceBytes);

        Assert.Equal(Answer, ui.Text);
        Assert.Equal(isChat, ui.IsDone);
        Assert.Empty(ui.Errors);
        Assert.Equal(hasSteps, ui.Steps.Count > 0);
        Assert.Empty(ui.Ignored);
    }

    [Theory]
    [InlineData("/generate/stream", false, true)]
    [InlineData("/generate/full", false, true)]
    [InlineData("/v1/workflow/full", false, true)]
    [InlineData("/chat/stream", true, true)]
    [InlineData("/v1/workflow/stream", false, false)]
    public async Task Stream_OfARunThatFails_ShowsItsError(string path, bool isChat, bool isNaked)
    {
        await using var served = await ServeAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));

        var ui = await AskAsync(served, path, isChat, 16);

        // Where a person may be asked, errors are named events: http_interactive_runner.py:294.
        Assert.Equal(isNaked ? ["The model is gone."] : [], ui.Errors.Select(e => e.GetProperty("message").GetString()!));
        Assert.Equal(isNaked ? [] : ["event: error"], ui.Ignored);
        Assert.Equal("", ui.Text);
    }

    [Theory]
    [InlineData("/generate/stream")]
    [InlineData("/chat/stream")]
    public async Task Stream_WithTracing_TellsItsTraceOnce(string path)
    {
        await using var served = await ServeAsync(Multiplies(), o => o.Telemetry = new TelemetryOptions { Tracing = new Dictionary<string, TraceExporterOptions> { ["f"] = new() { Type = "file", OutputPath = Path.GetTempFileName() } } });

        var ui = await AskAsync(served, path, path == "/chat/stream", 64);

        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(ui.Traces));
    }

    [Theory]
    [InlineData("/chat/stream")]
    [InlineData("/v1/chat/stream")]
    public async Task Stream_OfAnOldClient_HasMessagesAndNoDone(string path)
    {
        await using var served = await ServeAsync(Multiplies(), o => o.FrontEnd.Compat = "aiq1");

        var ui = await AskAsync(served, path, isChat: true, 5);

        Assert.Equal((Answer, false), (ui.Text, ui.IsDone));
    }

    private static Script Multiplies() => Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", $"Thought: k\nFinal Answer: {Answer}");

    private static Task<Served> ServeAsync(Script model, Action<HubServerOptions>? configure = null) => Served.ReActAsync(model, o =>
    {
        o.FrontEnd.Endpoints = [new ServedEndpoint { Path = "/extra", OpenaiApiPath = "/extra/chat", FunctionName = "solver" }];
        configure?.Invoke(o);
    });

    private static async Task<ToolkitUi> AskAsync(Served served, string path, bool isChat, int pieceBytes)
    {
        // What the interface sends: model "placeholder", temperature 0.7 (proxy/request-transformers.js).
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = Served.Json(isChat
                ? """{"model": "placeholder", "temperature": 0.7, "stream": true, "messages": [{"role": "user", "content": "6 times 7?"}]}""".Replace("\"placeholder\"", path.StartsWith("/v1/chat/comp", StringComparison.Ordinal) ? "\"flow\"" : "\"placeholder\"", StringComparison.Ordinal)
                : """{"input_message": "6 times 7?"}"""),
        };
        using var response = await served.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return await ToolkitUi.ReadAsync(response, isChat, pieceBytes);
    }
}
