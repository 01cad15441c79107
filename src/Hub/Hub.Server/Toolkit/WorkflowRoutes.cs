using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.OpenAI;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>A function's own routes: whole, streamed with steps for people, with raw steps, with turns.</summary>
internal sealed class WorkflowRoutes(RequestRuns runs, ServedFunctions functions, ToolkitChat chat, StreamedAnswers streamed, HubServerOptions options)
{
    /// <summary>The whole answer: <c>/v1/workflow</c>, <c>/generate</c>.</summary>
    public Func<HttpContext, Task> Whole(string function, bool isInteractive) => async http =>
    {
        var tool = functions.Tool(function);
        var (request, asked) = await ReadAsync(http, tool);
        if (asked is not null)
        {
            await chat.WholeAsync(http, asked, function, isInteractive);
            return;
        }

        var (result, needed) = await runs.AuthorizedAsync(http, function, request, null, isInteractive);
        if (result is null)
        {
            await Answers.WaitingAsync(http, needed!);
            return;
        }

        Answers.Tell(http, runs, result, options);
        if (isInteractive && Executions.Waiting(result) is { } waiting)
            await Answers.WaitingAsync(http, waiting);
        else
            await http.Response.WriteAsJsonAsync(WorkflowInput.Output(result.OrThrow().Text, tool), Wire.Options, http.RequestAborted);
    };

    /// <summary>Steps for people and the answer in parts: <c>/v1/workflow/stream</c>, <c>/generate/stream</c>.</summary>
    public Func<HttpContext, Task> Stream(string function, bool isInteractive) => http => StreamAsync(
        http, function, isInteractive, (stream, tool) => new WorkflowForm(stream, tool, options.FrontEnd.StepAdaptor, Aiq1.Wants(http, options.FrontEnd), isInteractive));

    /// <summary>Raw steps and the answer: <c>/v1/workflow/full</c>, <c>/generate/full</c>.</summary>
    public Func<HttpContext, Task> Full(string function, bool isInteractive) => http => StreamAsync(
        http, function, isInteractive, (stream, tool) => new RawForm(stream, tool, http.Request.Query["filter_steps"].ToString()));

    /// <summary>Turns of the agent, the answer and a summary: <c>/v1/workflow/atif</c>.</summary>
    public Func<HttpContext, Task> Atif(string function) => http => StreamAsync(http, function, isInteractive: false, (stream, tool) => new AtifForm(stream, tool));

    private static async Task<(ReasonerRequest Request, ChatRequest? Chat)> ReadAsync(HttpContext http, HubFunction? tool) =>
        HttpMethods.IsGet(http.Request.Method) ? (ReasonerRequest.From(tool is null ? "" : "{}"), null) : WorkflowInput.Read(await JsonBody.ReadAsync(http), tool);

    private async Task StreamAsync(HttpContext http, string function, bool isInteractive, Func<EventStream, HubFunction?, StreamForm> form)
    {
        var tool = functions.Tool(function);
        var (request, _) = await ReadAsync(http, tool);
        await streamed.WriteAsync(http, () => runs.Start(http, function, request, isStreamed: true), (stream, _) => form(stream, tool), isInteractive);
    }
}
