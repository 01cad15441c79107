using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.OpenAI;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>A function's own routes: whole, streamed with steps for people, streamed with raw steps.</summary>
internal sealed class WorkflowRoutes(RequestRuns runs, ServedFunctions functions, ChatRoutes chat, Executions executions, HubServerOptions options)
{
    /// <summary>The whole answer: <c>/v1/workflow</c>, <c>/generate</c>.</summary>
    public Func<HttpContext, Task> Whole(string function) => async http =>
    {
        var tool = functions.Tool(function);
        var (request, asked) = await ReadAsync(http, tool);
        if (asked is not null)
        {
            await chat.WholeAsync(http, asked, function);
            return;
        }

        var handle = runs.Start(http, function, request);
        var result = await runs.WaitAsync(http, handle);
        http.Response.Headers["X-Run-Id"] = result.RunId;
        if (options.FrontEnd.EnableInteractiveExtensions && Executions.Waiting(result) is { } waiting)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.WriteAsJsonAsync(waiting, Wire.Options, http.RequestAborted);
            return;
        }

        await http.Response.WriteAsJsonAsync(WorkflowInput.Output(result.OrThrow().Text, tool), Wire.Options, http.RequestAborted);
    };

    /// <summary>Steps for people and the answer in parts: <c>/v1/workflow/stream</c>, <c>/generate/stream</c>.</summary>
    public Func<HttpContext, Task> Stream(string function) => http => StreamAsync(http, function, isRaw: false);

    /// <summary>Raw steps and the answer: <c>/v1/workflow/full</c>, <c>/generate/full</c>.</summary>
    public Func<HttpContext, Task> Full(string function) => http => StreamAsync(http, function, isRaw: true);

    private static async Task<(ReasonerRequest Request, ChatRequest? Chat)> ReadAsync(HttpContext http, HubFunction? tool) =>
        HttpMethods.IsGet(http.Request.Method) ? (ReasonerRequest.From(tool is null ? "" : "{}"), null) : WorkflowInput.Read(await JsonBody.ReadAsync(http), tool);

    private async Task StreamAsync(HttpContext http, string function, bool isRaw)
    {
        var tool = functions.Tool(function);
        var (request, _) = await ReadAsync(http, tool);
        var handle = runs.Start(http, function, request);
        http.Response.Headers["X-Run-Id"] = handle.RunId;
        var stream = await EventStream.OpenAsync(http);
        var show = new StepStream(stream, tool, options.FrontEnd.StepAdaptor, isRaw ? http.Request.Query["filter_steps"].ToString() : null);
        try
        {
            var result = await ShowAsync(http, show, handle);
            while (options.FrontEnd.EnableInteractiveExtensions && Executions.Waiting(result) is { } waiting)
            {
                await stream.NamedAsync("interaction_required", waiting.AsEvent());
                result = await ShowAsync(http, show, await executions.AnsweredAsync(result.RunId, http.RequestAborted));
            }

            result.OrThrow();
        }
        catch (RunFailedException failed)
        {
            await stream.NakedAsync(Failures.Toolkit(failed));
        }
    }

    private async Task<RunResult> ShowAsync(HttpContext http, StepStream show, IRunHandle handle)
    {
        await using var guard = runs.Guard(http, handle);
        return await show.WriteAsync(handle, http.RequestAborted);
    }
}
