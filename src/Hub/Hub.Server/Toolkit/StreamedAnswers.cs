using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>Answers a request with a stream: a new run, or one to which the client comes back with <c>Last-Event-ID</c>.</summary>
internal sealed class StreamedAnswers(RequestRuns runs, Executions executions, HubServerOptions options)
{
    /// <summary>Streams a run to its end, through all that a person is asked meanwhile.</summary>
    /// <param name="http">The request.</param>
    /// <param name="start">Begins the run where the client does not come back to one.</param>
    /// <param name="form">How it is shown.</param>
    /// <param name="isInteractive">Whether a person may be asked.</param>
    public async Task WriteAsync(HttpContext http, Func<IRunHandle> start, Func<EventStream, string, StreamForm> form, bool isInteractive)
    {
        var from = StreamPosition.Start;
        var isJoined = false;
        IRunHandle handle;
        if (http.Request.Headers["Last-Event-ID"].FirstOrDefault() is { Length: > 0 } last)
        {
            from = StreamPosition.Parse(last) ?? throw new RequestException(StatusCodes.Status400BadRequest, "'Last-Event-ID' is none that this server gave.");
            (handle, isJoined) = await ReturnAsync(http, from.RunId);
        }
        else
        {
            handle = start();
        }

        http.Response.Headers["X-Run-Id"] = handle.RunId;
        var trace = options.Telemetry.IsTracing ? TraceIds.Of(runs.Hub.Runs.Find(handle.RunId).Header) : null;
        if (trace is not null)
            http.Response.Headers[TraceIds.Header] = trace;
        var stream = await EventStream.OpenAsync(http);
        var shown = form(stream, handle.RunId);
        var show = new RunStream(shown, from, runs.Streamed.MayReturn, needed => TellAsync(stream, needed, isInteractive));
        try
        {
            if (trace is not null && from == StreamPosition.Start)
                await stream.TraceAsync(new Dictionary<string, string> { ["observability_trace_id"] = trace });
            var result = await ShowAsync(http, show, handle, isJoined);
            while (isInteractive && Executions.Waiting(result) is { } waiting)
            {
                await stream.NamedAsync("interaction_required", waiting.AsEvent());
                result = await ShowAsync(http, show, await executions.AnsweredAsync(result.RunId, http.RequestAborted), isJoined: false);
            }

            result.OrThrow();
        }
        catch (RunFailedException failed)
        {
            await shown.FailAsync(Failures.Toolkit(failed));
        }
        catch (RequestException late)
        {
            await shown.FailAsync(Failures.Toolkit(late)); // nobody answered in time
        }
    }

    private async Task<RunResult> ShowAsync(HttpContext http, RunStream show, IRunHandle handle, bool isJoined)
    {
        await using var guard = runs.GuardStream(http, handle);
        using var watch = runs.Flows?.Watch(handle.RunId);
        try
        {
            return await show.WriteAsync(handle, isJoined, watch, http.RequestAborted);
        }
        catch (OperationCanceledException) when (!runs.Streamed.MayReturn)
        {
            runs.Flows?.GiveUp(handle.RunId); // nobody is there to open the address
            throw;
        }
    }

    private async Task TellAsync(EventStream stream, AuthorizationRequired needed, bool isInteractive)
    {
        if (isInteractive)
            await stream.NamedAsync("oauth_required", needed.AsEvent());
        else
            runs.Flows!.GiveUp(needed.ExecutionId); // the form that old clients know has no such event
    }

    private async Task<(IRunHandle Run, bool IsJoined)> ReturnAsync(HttpContext http, string runId)
    {
        var record = Caller.Of(http).Find(runs.Hub, runId);
        if (runs.Streamed.Find(runId) is { Completion.IsCompleted: false } live)
            return (live, true);
        if (record.Status != RunStatus.Interrupted)
            return (new StoredRun(runs.Hub, record, record.Status == RunStatus.Suspended ? executions.PendingOf(runId) : null), false);
        try
        {
            return (await runs.Hub.ResumeAsync(runId, cancellationToken: http.RequestAborted), false); // its server went away: it goes on here
        }
        catch (HubException cannot)
        {
            throw new RequestException(StatusCodes.Status409Conflict, cannot.Message);
        }
    }
}
