using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.OpenAI;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>The toolkit's chat routes: <c>/v1/chat</c>, <c>/chat</c> and their streams. They always ask the route's own function; the model's name, and <c>n</c>, are the client's business.</summary>
internal sealed class ToolkitChat(RequestRuns runs, StreamedAnswers streamed, HubServerOptions options)
{
    /// <summary>The whole answer.</summary>
    public Func<HttpContext, Task> Whole(string function, bool isInteractive) => async http => await WholeAsync(http, await ReadAsync(http), function, isInteractive);

    /// <summary>Steps and chunks.</summary>
    public Func<HttpContext, Task> Stream(string function, bool isInteractive) => async http => await StreamAsync(http, await ReadAsync(http), function, isInteractive);

    /// <summary>One or the other, as <c>stream</c> says.</summary>
    public Func<HttpContext, Task> Either(string function, bool isInteractive) => async http =>
    {
        var request = await ReadAsync(http);
        await (request.Stream ? StreamAsync(http, request, function, isInteractive) : WholeAsync(http, request, function, isInteractive));
    };

    /// <summary>The whole answer to a chat request, or 202 where it waits for a person.</summary>
    public async Task WholeAsync(HttpContext http, ChatRequest request, string function, bool isInteractive)
    {
        var created = options.Time.GetUtcNow();
        var (result, needed) = await runs.AuthorizedAsync(http, function, request.Request, request.User, isInteractive);
        if (result is null)
        {
            await Answers.WaitingAsync(http, needed!);
            return;
        }

        Answers.Tell(http, runs, result, options);
        if (isInteractive && Executions.Waiting(result) is { } waiting)
            await Answers.WaitingAsync(http, waiting);
        else if (Aiq1.Wants(http, options.FrontEnd))
            await http.Response.WriteAsJsonAsync(Aiq1.Whole(result.OrThrow(), created), Wire.Options, http.RequestAborted);
        else
            await http.Response.WriteAsJsonAsync(ChatAnswer.Whole([result.OrThrow()], request.Model ?? options.WorkflowName, created.ToUnixTimeSeconds()), Wire.Options, http.RequestAborted);
    }

    /// <summary>A GET has no body, and asks nothing in words.</summary>
    private static async Task<ChatRequest> ReadAsync(HttpContext http) =>
        ChatRequest.Read(HttpMethods.IsGet(http.Request.Method) ? s_nothing : await JsonBody.ReadAsync(http));

    private static readonly System.Text.Json.JsonElement s_nothing = System.Text.Json.JsonElement.Parse("""{"messages":[{"role":"user","content":""}]}""");

    private Task StreamAsync(HttpContext http, ChatRequest request, string function, bool isInteractive) => streamed.WriteAsync(
        http,
        () => runs.Start(http, function, request.Request, request.User, isStreamed: true),
        (stream, run) => new ChatForm(stream, run, request.Model ?? options.WorkflowName, options, Aiq1.Wants(http, options.FrontEnd)),
        isInteractive);
}
