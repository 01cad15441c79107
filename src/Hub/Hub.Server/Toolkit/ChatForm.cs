using System.Globalization;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.OpenAI;

namespace Hub.Server.Toolkit;

/// <summary>The form of <c>/v1/chat/stream</c> and <c>/chat/stream</c>: steps for people, and chunks of a chat completion.</summary>
/// <param name="stream">Where to.</param>
/// <param name="runId">The run.</param>
/// <param name="model">Name of the model, as the request says.</param>
/// <param name="options">Which steps people see, and the clock.</param>
/// <param name="isAiq1">Whether chunks are those of AIQ Toolkit 1.0 and 1.1.</param>
internal sealed class ChatForm(EventStream stream, string runId, string model, HubServerOptions options, bool isAiq1) : StreamForm(stream)
{
    private readonly DateTimeOffset _created = options.Time.GetUtcNow();
    private StepAdaptor? _steps;

    public override void Begin(IRunHandle run) => _steps = new StepAdaptor(options.FrontEnd.StepAdaptor, run);

    public override object? Step(RunEvent entry) => _steps?.Step(entry);

    public override Task PartAsync(string text) => isAiq1
        ? Stream.DataAsync(Aiq1.Chunk(runId, text, _created))
        : ChunkAsync(new ChunkDelta(text, "assistant", null), null);

    public override IEnumerable<Func<Task>> Ends(RunResult result)
    {
        if (isAiq1)
            yield break;
        WireToolCall[] calls = [.. ChatAnswer.Calls(result.Response).Select((c, i) => c with { Index = i })];
        if (calls.Length > 0)
            yield return () => ChunkAsync(new ChunkDelta(null, "assistant", calls), null);
        yield return () => ChunkAsync(new ChunkDelta("", "assistant", null), ChatAnswer.FinishReason(result.Response));
        yield return () =>
        {
            Stream.Position = null; // after the last event of all there is nothing to come back for
            return Stream.DoneAsync();
        };
    }

    private Task ChunkAsync(ChunkDelta delta, string? finish) =>
        Stream.DataAsync(new ChatChunk($"chatcmpl-{runId}", [new ChunkChoice(finish, 0, delta)], _created.ToUnixTimeSeconds(), model));
}

/// <summary>Answers as AIQ Toolkit 1.0 and 1.1 wrote them: no deltas, times as text, each part as if it were the last.</summary>
/// <remarks>Source: tag v1.1.0, <c>src/aiq/data_models/api_server.py</c>, <c>AIQChatResponse</c> and <c>AIQChatResponseChunk</c>.</remarks>
internal static class Aiq1
{
    /// <summary>A part of an answer.</summary>
    public static object Chunk(string runId, string text, DateTimeOffset created) => new
    {
        id = $"chatcmpl-{runId}",
        choices = Choices(text),
        created = Iso(created),
        model = "",
        @object = "chat.completion.chunk",
    };

    /// <summary>A whole answer.</summary>
    public static object Whole(RunResult result, DateTimeOffset created) => new
    {
        id = $"chatcmpl-{result.RunId}",
        @object = "chat.completion",
        model = "",
        created = Iso(created),
        choices = Choices(result.Text),
        usage = ChatAnswer.Usage([result]),
    };

    /// <summary>Whether a request is to be answered so.</summary>
    public static bool Wants(Microsoft.AspNetCore.Http.HttpContext http, FrontEndOptions options) =>
        options.Compat == FrontEndOptions.Aiq1 || http.Request.Headers["X-Hub-Compat"].ToString().Equals(FrontEndOptions.Aiq1, StringComparison.OrdinalIgnoreCase);

    private static object[] Choices(string text) => [new { message = new { content = text, role = (string?)null }, finish_reason = "stop", index = 0 }];

    private static string Iso(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
