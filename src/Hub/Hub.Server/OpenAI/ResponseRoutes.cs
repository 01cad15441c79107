using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary><c>/v1/responses</c>: a question that may go on from an earlier response or in a conversation.</summary>
internal sealed class ResponseRoutes(RequestRuns runs, ServedModels models, ResponseStore store, Conversations conversations, HubServerOptions options)
{
    public async Task CreateAsync(HttpContext http)
    {
        var request = ResponseRequest.Read(await JsonBody.ReadAsync(http));
        var echo = request.Echo with { Created = options.Time.GetUtcNow().ToUnixTimeSeconds() };
        var function = models.Function(echo.Model);
        var context = echo.PreviousResponseId is { } previous ? await store.ContextAsync(previous)
            : echo.Conversation is { } conversation ? conversations.Messages(conversation) : [];
        IEnumerable<ChatMessage> instructions = echo.Instructions is { } told ? [new ChatMessage(ChatRole.System, told)] : [];
        var asked = new ReasonerRequest([.. instructions, .. context, .. request.Input], request.Options);
        var handle = runs.Start(http, function, asked, echo.User, request.Stream, ResponseStore.Header(echo));
        http.Response.Headers["X-Run-Id"] = handle.RunId;
        if (echo.Background)
            await WriteAsync(http, store.Object(handle.RunId, echo, "queued"));
        else
            await (request.Stream ? StreamAsync(http, request, echo, handle) : WholeAsync(http, request, echo, (handle, function)));
    }

    public async Task GetAsync(HttpContext http)
    {
        var (record, echo) = store.Find(Id(http));
        await WriteAsync(http, await store.ReadAsync(record, echo));
    }

    public async Task CancelAsync(HttpContext http)
    {
        var (record, echo) = store.Find(Id(http));
        if (!echo.Background)
            throw new RequestException(StatusCodes.Status400BadRequest, "Only a response in the background can be cancelled; others end when their request does.", "response_id");
        if (record.Status is RunStatus.Running or RunStatus.Suspended or RunStatus.Interrupted)
        {
            runs.Hub.Runs.Cancel(record.Header.RunId);
            await WriteAsync(http, store.Object(record.Header.RunId, echo, "cancelled"));
        }
        else
            await WriteAsync(http, await store.ReadAsync(record, echo));
    }

    public async Task DeleteAsync(HttpContext http)
    {
        var (record, _) = store.Find(Id(http));
        if (!runs.Hub.Runs.Remove(record.Header.RunId))
            throw new RequestException(StatusCodes.Status400BadRequest, $"Response '{Id(http)}' is under way. Cancel it first.", "response_id");
        await http.Response.WriteAsJsonAsync(new Deleted(Id(http), "response", true), Wire.Options, http.RequestAborted);
    }

    public async Task InputItemsAsync(HttpContext http)
    {
        var (record, echo) = store.Find(Id(http));
        await http.Response.WriteAsJsonAsync(Conversations.List(ResponseItem.Of(store.Input(record, echo), record.Header.RunId), http), Wire.Options, http.RequestAborted);
    }

    private async Task WholeAsync(HttpContext http, ResponseRequest request, ResponseEcho echo, (IRunHandle Handle, string Function) run)
    {
        var result = ServedModels.OrThrow(await runs.WaitAsync(http, run.Handle), run.Function);
        Remember(request, echo, result);
        await WriteAsync(http, store.Of(result, echo));
    }

    private async Task StreamAsync(HttpContext http, ResponseRequest request, ResponseEcho echo, IRunHandle handle)
    {
        await using var guard = runs.Guard(http, handle);
        var stream = new ResponseStream(await EventStream.OpenAsync(http), handle.RunId);
        await stream.BeginAsync(store.Object(handle.RunId, echo, "in_progress"));
        await foreach (var entry in handle.ReadEventsAsync(0, http.RequestAborted))
        {
            if (entry.IsAnswerPart)
                await stream.TextAsync(entry.Chunk!);
        }

        var result = await handle.Completion;
        Remember(request, echo, result);
        await stream.EndAsync(store.Of(result, echo));
    }

    private void Remember(ResponseRequest request, ResponseEcho echo, RunResult result)
    {
        if (echo.Conversation is { } conversation && result is { Status: RunStatus.Completed, Response: { } response })
            conversations.Add(conversation, [.. request.Input, .. ResponseStore.Written(response)]);
    }

    private static string Id(HttpContext http) => (string?)http.Request.RouteValues["id"] ?? "";

    private static Task WriteAsync(HttpContext http, ResponseObject response) => http.Response.WriteAsJsonAsync(response, Wire.Options, http.RequestAborted);
}
